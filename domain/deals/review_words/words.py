"""What a language brings to the rules' review of a deal: its sentences, and how it writes figures and days.

A sentence names its figures, such as `{quiet_days}`; `domain.deals.review_values` says which there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.conversations.words import Objection
from domain.records import EventKind


class Say(StrEnum):
    """What a review can say beside its actions."""

    IN_STAGE = "in_stage"
    IN_STAGE_UNDATED = "in_stage_undated"
    IN_NO_STAGE = "in_no_stage"
    CREATED = "created"
    WORTH = "worth"

    NOW_GHOSTED = "now_ghosted"
    NOW_GIVEN_UP = "now_given_up"
    NOW_OVERDUE = "now_overdue"
    NOW_QUIET = "now_quiet"
    NOW_STALLED = "now_stalled"
    NOW_STALLED_UNUSUALLY = "now_stalled_unusually"
    NOW_UNPLANNED = "now_unplanned"
    NOW_WATCHED = "now_watched"
    NOW_MOVING = "now_moving"
    NOW_FINE = "now_fine"

    GOOD_ANSWERED = "good_answered"
    GOOD_PLANNED = "good_planned"
    GOOD_MEETINGS = "good_meetings"
    GOOD_INCOMING = "good_incoming"
    GOOD_CALLS = "good_calls"
    GOOD_TASKS = "good_tasks"
    GOOD_PACE = "good_pace"
    GOOD_CONTACTS = "good_contacts"
    GOOD_WAY = "good_way"

    CONCERN_PUSHED = "concern_pushed"
    CONCERN_NOTE = "concern_note"
    CONCERN_OBJECTIONS = "concern_objections"
    CONCERN_TASKS = "concern_tasks"
    CONCERN_CONTACTS = "concern_contacts"
    CONCERN_UNTOUCHED = "concern_untouched"
    CONCERN_PAUSE = "concern_pause"
    CONCERN_SLOW = "concern_slow"
    CONCERN_ONE_SIDED = "concern_one_sided"
    CONCERN_CLOSES_SOON = "concern_closes_soon"
    CONCERN_NO_AMOUNT = "concern_no_amount"
    CONCERN_NO_CLOSE = "concern_no_close"

    FLAG_GHOSTED = "flag_ghosted"
    FLAG_QUIET = "flag_quiet"
    FLAG_OVERDUE = "flag_overdue"
    FLAG_STALLED = "flag_stalled"
    FLAG_STALLED_UNUSUALLY = "flag_stalled_unusually"
    FLAG_UNPLANNED = "flag_unplanned"

    AT_STAKE = "at_stake"
    """Behind the reason of an action of a pressing deal."""
    CHANCE = "chance"
    """Behind the reason to decide."""
    PLAN_TODAY = "plan_today"
    PLAN_NEXT = "plan_next"
    PLAN_AFTER = "plan_after"
    PLAN_WRITE_DOWN = "plan_write_down"
    PLAN_LOOK_AGAIN = "plan_look_again"


class Deed(StrEnum):
    """What a review can ask for."""

    REACH = "reach"
    """Nobody answers."""
    FIRST_TALK = "first_talk"
    """Nothing was ever done for it."""
    CALL = "call"
    """It is quiet."""
    CLOSE_DAY = "close_day"
    """Its closing day is past."""
    FINISH = "finish"
    """Its closing day is near."""
    NEXT_STEP = "next_step"
    """Nothing is planned."""
    TASKS = "tasks"
    READ_NOTE = "read_note"
    UNSTICK = "unstick"
    """It stays in its stage."""
    HOLD_DAY = "hold_day"
    """Its closing day was put off again and again."""
    DECIDE = "decide"
    """It was left for a quarter."""
    PREPARE = "prepare"
    """Something is planned."""
    SECOND_CONTACT = "second_contact"
    MEET = "meet"
    """Nobody has met yet."""
    ASK_AMOUNT = "ask_amount"
    ASK_DAY = "ask_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedWords:
    """How an action is told, and what could be said to the client with it."""

    what: str
    """Without a full stop: it stands in the plan as well."""
    why: str
    how: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWords:
    """One language."""

    name: str
    """What the language calls itself."""
    sentences: Mapping[Say, str]
    deeds: Mapping[Deed, DeedWords]
    kinds: Mapping[EventKind, str]
    """What is planned, as it stands inside a sentence."""
    objections: Mapping[Objection, str]
    """What a client can hold against buying, as it stands before a number in brackets."""
    number: Callable[[float], str]
    days: Callable[[float], str]
    """`3 days`."""
    span: Callable[[int], str]
    """`for 3 days`, `since today`."""
    ago: Callable[[int], str]
    """`3 days ago`, `today`."""
    ahead: Callable[[int], str]
    """`in 3 days`, `today`."""
    day: Callable[[date], str]
    money: Callable[[int, str], str]
    """An amount of minor units in a currency."""
