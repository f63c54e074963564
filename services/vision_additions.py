"""Cards put on a vision board: one's own, suggested ones, those of a template, and the unfinished ones of the week before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goals, links
from data.queries import vision as queries
from data.writes import vision as writes
from data.writes.vision import CardRow
from domain.coaching.vision import MOST_CARDS, CardState
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.periods import Period
from services.access import Viewer
from services.agents import agent_seen
from services.vision_board import is_own, owned_week, running_week
from services.vision_input import CardDetails

OWN_BOARD: Final = "Only a person can suggest a card, and to somebody else; on your own board, add it."
FULL: Final = f"A week holds {MOST_CARDS} cards at most. Finish or remove some first."
STILL_RUNS: Final = "The week before is not over. What is left of it can be taken over from Monday on."
NOT_THEIRS: Final = "The goal, deal or lead of the card is not among this agent's own."


def add_card(session: Session, viewer: Viewer, agent_id: int, day: date, details: CardDetails, today: date) -> int:
    """Put a card of one's own below the others of the day's week; its id. A new card is in nobody's way: it needs no version.

    Raises NotFoundError, AccessError on somebody else's board, InputError, and ConflictError for a week that is over or full.
    """
    week = owned_week(session, viewer, agent_id, day, today)
    check_links(session, viewer, agent_id, details, today)
    (card_id,) = _put(session, agent_id, week, [card_row(details, week, today)])
    return card_id


def suggest_card(session: Session, viewer: Viewer, agent_id: int, day: date, details: CardDetails, today: date) -> int:
    """Suggest a card to an agent one looks after; its id. It is on the board once its agent takes it on. Raises as `add_card`."""
    agent_seen(session, viewer, agent_id, today)
    if is_own(viewer, agent_id) or viewer.is_program:
        raise AccessError(OWN_BOARD)
    week = running_week(day, today)
    check_links(session, viewer, agent_id, details, today)
    suggested = replace(card_row(details, week, today), state=CardState.SUGGESTED, suggested_by=viewer.person_id, done_on=None)
    (card_id,) = _put(session, agent_id, week, [suggested])
    return card_id


def carry_over(session: Session, viewer: Viewer, agent_id: int, day: date, today: date) -> int:
    """Continue the unfinished cards of the week before in this one, each once; how many.

    Raises as `add_card`, and ConflictError while the week before still runs: its cards can still be done in it.
    """
    week = owned_week(session, viewer, agent_id, day, today)
    if week.start > today:
        raise ConflictError(STILL_RUNS, code="week_running")
    return len(_put(session, agent_id, week, writes.take_unfinished(session, agent_id, week.start - timedelta(days=week.days))))


def put_cards(session: Session, viewer: Viewer, agent_id: int, day: date, make: Callable[[Period], list[CardRow]], today: date) -> int:
    """Put several cards of one's own on a board at once; how many. Raises as `add_card`."""
    week = owned_week(session, viewer, agent_id, day, today)
    return len(_put(session, agent_id, week, make(week)))


def card_row(details: CardDetails, week: Period, today: date) -> CardRow:
    """The card as it is written; raises InputError for a day of another week."""
    if details.day is not None and details.day not in week:
        raise InputError(f"{details.day:%A, %d %B} is not a day of this week.", code="other_week")
    return CardRow(
        title=details.title,
        note=details.note,
        minutes=details.minutes,
        state=details.state,
        day=details.day,
        goal_id=details.goal_id,
        deal_id=details.deal_id,
        lead_id=details.lead_id,
        done_on=today if details.state is CardState.DONE else None,
    )


def check_links(session: Session, viewer: Viewer, agent_id: int, details: CardDetails, today: date) -> None:
    """A card is about its agent's own; NotFoundError for somebody else's, in the same words as for nothing."""
    scope, found = viewer.scope, True
    if details.goal_id is not None:
        found = goals.goal_of(session, scope, agent_id, details.goal_id, today) is not None
    elif details.deal_id is not None:
        found = links.deal_of_agent(session, scope, agent_id, details.deal_id, today) is not None
    elif details.lead_id is not None:
        found = links.lead_of_agent(session, scope, agent_id, details.lead_id, today) is not None
    if not found:
        raise NotFoundError(NOT_THEIRS)


def _put(session: Session, agent_id: int, week: Period, rows: Sequence[CardRow]) -> list[int]:
    writes.open_board(session, agent_id, week.start)
    if len(rows) + len(queries.cards_of(session, agent_id, week.start)) > MOST_CARDS:
        raise ConflictError(FULL, code="board_full")
    return writes.add_cards(session, agent_id, week.start, rows)
