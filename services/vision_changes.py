"""Cards of a vision board moved, changed, taken on and taken away; each change names the version of the board it saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from data.queries import vision as queries
from data.writes import vision as writes
from domain.coaching.vision import NO_CARD, BoardView, Card, CardState, arranged, columns, moved
from domain.errors import ConflictError, NotFoundError
from domain.periods import Grain, Period, containing
from services.access import Viewer
from services.vision_additions import card_row, check_links
from services.vision_board import owned_week
from services.vision_input import CardDetails

CHANGED: Final = "The board changed meanwhile, on another screen perhaps. Here it is as it is now; please repeat your change."


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBoard:
    """A board as somebody saw it before they changed it."""

    agent_id: int
    week_on: date
    """Any day of the week."""
    version: int

    @property
    def week(self) -> Period:
        """Monday to Sunday."""
        return containing(self.week_on, Grain.WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A card that is to be elsewhere."""

    view: BoardView
    card_id: int
    to: str
    """The key of a column: a state, or a day as `2026-03-10`, or `any`."""
    index: int | None = None
    """Its place from the top, 0 first; None for the end."""


def change_card(session: Session, viewer: Viewer, seen: SeenBoard, card_id: int, details: CardDetails, today: date) -> None:
    """Give a card other words, another state or day.

    Raises NotFoundError, AccessError on somebody else's board, InputError, and ConflictError for a board that is over or changed since.
    """
    card = _card(_claimed(session, viewer, seen, today), card_id)
    if (details.goal_id, details.deal_id, details.lead_id) != (card.goal_id, card.deal_id, card.lead_id):
        check_links(session, viewer, seen.agent_id, details, today)
    row = card_row(details, seen.week, today)
    fields = {name: getattr(row, name) for name in ("title", "note", "minutes", "state", "day", "goal_id", "deal_id", "lead_id")}
    writes.change_card(session, card_id, fields | ({} if row.state is card.state else {"done_on": row.done_on}))


def move_card(session: Session, viewer: Viewer, seen: SeenBoard, move: Move, today: date) -> None:
    """Put one card elsewhere. Raises as `change_card`."""
    board = _claimed(session, viewer, seen, today)
    wanted = moved(columns(board, seen.week, move.view), move.card_id, move.to, move.index)
    writes.place_cards(session, arranged(board, seen.week, move.view, wanted), today)


def arrange(session: Session, viewer: Viewer, seen: SeenBoard, view: BoardView, wanted: Mapping[str, Sequence[int]], today: date) -> None:
    """Put the whole board in the order somebody dragged it into. Raises as `change_card`, InputError for other cards than the board has."""
    board = _claimed(session, viewer, seen, today)
    writes.place_cards(session, arranged(board, seen.week, view, wanted), today)


def remove_card(session: Session, viewer: Viewer, seen: SeenBoard, card_id: int, today: date) -> None:
    """Take a card away, or decline a suggested one. Raises as `change_card`."""
    _card(_claimed(session, viewer, seen, today), card_id)
    writes.remove_card(session, card_id)


def accept_card(session: Session, viewer: Viewer, seen: SeenBoard, card_id: int, today: date) -> None:
    """Take a suggested card on. Raises as `change_card`."""
    card = _card(_claimed(session, viewer, seen, today), card_id)
    if card.state is CardState.SUGGESTED:
        writes.change_card(session, card_id, {"state": CardState.TODO})


def _claimed(session: Session, viewer: Viewer, seen: SeenBoard, today: date) -> list[Card]:
    """The board's cards, while nobody else can change them."""
    week = owned_week(session, viewer, seen.agent_id, seen.week_on, today)
    if not writes.claim_board(session, seen.agent_id, week.start, seen.version):
        raise ConflictError(CHANGED)
    return queries.cards_of(session, seen.agent_id, week.start)


def _card(board: list[Card], card_id: int) -> Card:
    found = next((card for card in board if card.id == card_id), None)
    if found is None:
        raise NotFoundError(NO_CARD)
    return found
