"""How a day went: its best moment, the first step of the next, in the words of screen and message."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.coaching.day_end import DaySummary, best_moment, first_step, next_entry, streak_words
from domain.coaching.streaks import DayState, Streak
from domain.facts import ActivityEntry, EventEntry
from domain.records import ActivityType, EventKind, EventStatus, Outcome
from tests.builders import NOON, TUESDAY

CALL = ActivityEntry(
    id=1,
    agent_id=1,
    agent_name="Ann",
    type=ActivityType.CALL,
    outcome=None,
    direction=None,
    subject="",
    notes="",
    category="",
    lead_id=1,
    lead_name="Lena",
    deal_id=None,
    deal_name=None,
    duration_seconds=None,
    occurred_at=NOON,
    local_on=TUESDAY,
    local_hour=12,
    origin="app",
)
TALK = replace(CALL, outcome=Outcome.CONNECTED, duration_seconds=725)
SHORT = replace(CALL, outcome=Outcome.CONNECTED, duration_seconds=60)
SET = replace(CALL, outcome=Outcome.APPOINTMENT_SET, occurred_at=NOON + timedelta(hours=2))
KEEN = replace(CALL, outcome=Outcome.INTERESTED)


def event(title: str, hour: int, status: EventStatus = EventStatus.PLANNED) -> EventEntry:
    at = NOON.replace(hour=hour) + timedelta(days=1)
    return EventEntry(
        id=hour,
        agent_id=1,
        agent_name="Ann",
        time_zone="Europe/Berlin",
        kind=EventKind.CALL,
        title=title,
        notes="",
        starts_at=at,
        ends_at=at + timedelta(minutes=30),
        local_on=at.date(),
        status=status,
        lead_id=None,
        lead_name=None,
        deal_id=None,
        activity_id=None,
        version=1,
    )


@pytest.mark.parametrize(
    ("entries", "sales", "said"),
    [
        ([TALK, SET, KEEN], [100_000, 900_000], "a sale worth €9,000."),
        ([TALK, SET, KEEN], [], "an appointment agreed with Lena at 15:00."),
        ([TALK, KEEN], [], "interest with Lena at 13:00."),
        ([SHORT, TALK], [], "a talk of 12 minutes with Lena at 13:00."),
        ([SHORT, SHORT], [], "2 conversations."),
        ([CALL], [], None),
        ([], [], None),
    ],
)
def test_the_best_moment_is_the_first_there_is(entries: list[ActivityEntry], sales: list[int], said: str | None) -> None:
    assert best_moment(entries, sales, "EUR", "Europe/Berlin") == said


def test_tomorrow_begins_with_what_is_planned_else_with_what_is_left() -> None:
    off = event("Called off", 7, EventStatus.CANCELLED)
    assert first_step(next_entry([event("Later", 12), off, event("Call Omar", 8)]), "Contact Lena") == "09:00 Call Omar"
    assert first_step(next_entry([off]), "Contact Lena") == "Contact Lena (left from today)"
    assert first_step(None, None) is None


@pytest.mark.parametrize(("days", "said"), [(1, "Tomorrow"), (6, "Monday"), (7, "On 17 Mar"), (None, "Tomorrow")])
def test_the_next_step_names_the_day_it_is_for(days: int | None, said: str) -> None:
    on = None if days is None else TUESDAY + timedelta(days=days)
    found = DaySummary(day=TUESDAY, done=0, asked=0, activities=0, best_moment=None, insight=None, first_step="Call", next_on=on)
    assert found.lines == (f"{said} first: Call",)


def streak(today: DayState, length: int = 5, freezes: int = 2) -> Streak:
    return Streak(length=length, best=9, freezes=freezes, today=today, kept=5, asked=6, minimum=3, done=1)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (streak(DayState.KEPT), "5 days in a row; today is kept."),
        (streak(DayState.KEPT, 1), "1 day in a row; today is kept."),
        (streak(DayState.OPEN), "5 days in a row. Today is still open, and if it stays so one of your freezes keeps them."),
        (streak(DayState.OPEN, freezes=0), "5 days in a row. Today is still open: 2 more of anything you do keeps them."),
        (streak(DayState.OPEN, 0), None),
        (streak(DayState.PAUSED), None),
        (streak(DayState.NEUTRAL), None),
    ],
)
def test_a_streak_is_told_kindly_and_not_where_nothing_is_asked(found: Streak, said: str | None) -> None:
    assert streak_words(found) == said


def test_points_and_streak_stand_after_the_best_moment_and_no_points_are_no_line() -> None:
    day = DaySummary(day=TUESDAY, done=0, asked=0, activities=1, best_moment="2 conversations.", insight="Well.", first_step=None)
    assert replace(day, points=1068, streak="Kept.").lines == (
        "Best moment: 2 conversations.",
        "Points: 1,068 today",
        "Streak: Kept.",
        "Worth knowing: Well.",
    )
    assert replace(day, points=0).lines == day.lines


def test_the_words_leave_out_what_is_not_known() -> None:
    full = DaySummary(day=TUESDAY, done=2, asked=3, activities=1200, best_moment="2 conversations.", insight="Well.", first_step="Call")
    assert full.title == "Your day: 2 of 3 must-dos done (67 %), 1,200 logged"
    assert full.lines == ("Best moment: 2 conversations.", "Worth knowing: Well.", "Tomorrow first: Call")
    empty = DaySummary(day=TUESDAY, done=0, asked=0, activities=0, best_moment=None, insight=None, first_step=None)
    assert (empty.title, empty.lines, empty.completion_share) == ("Your day: no must-dos, 0 logged", (), None)
