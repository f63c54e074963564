"""An agent's vision board of a week: its owner changes it, whoever looks after them reads it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from data.queries import vision as queries
from domain.coaching.vision import BoardView, Card, CardState, Column, columns
from domain.errors import AccessError, ConflictError
from domain.periods import Grain, Period, containing
from services.access import Viewer
from services.agents import agent_seen

READ_ONLY: Final = "This board belongs to its agent, who alone changes its cards. You can suggest one."
OVER: Final = "This week is over and stays as it was. Unfinished cards can be taken over into the next one."


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionBoard:
    """A week as the viewer may see it."""

    agent_id: int
    week: Period
    version: int
    """What a change names as seen; 0 before the first card."""
    cards: tuple[Card, ...]
    suggestions: tuple[Card, ...]
    """What others suggested and the agent has not taken on."""
    waiting: int
    """Unfinished cards of the week before that can be taken over."""
    is_own: bool
    is_over: bool

    @property
    def may_change(self) -> bool:
        """Whether the viewer may move its cards."""
        return self.is_own and not self.is_over

    def columns(self, view: BoardView) -> tuple[Column, ...]:
        """The cards in columns by state or by day."""
        return columns(self.cards, self.week, view)


def board_of(session: Session, viewer: Viewer, agent_id: int, week: Period, today: date) -> VisionBoard:
    """The board of the week; raises NotFoundError for an agent the viewer may not see in it."""
    agent_seen(session, viewer, agent_id, min(week.last_day, today))
    row, cards = queries.board_row(session, agent_id, week.start, today), queries.cards_of(session, agent_id, week.start)
    return VisionBoard(
        agent_id=agent_id,
        week=week,
        version=row.version,
        cards=tuple(card for card in cards if card.state is not CardState.SUGGESTED),
        suggestions=tuple(card for card in cards if card.state is CardState.SUGGESTED),
        waiting=row.waiting,
        is_own=is_own(viewer, agent_id),
        is_over=week.end <= today,
    )


def is_own(viewer: Viewer, agent_id: int) -> bool:
    """Whether it is the viewer's own board; a program has none."""
    return viewer.person_id == agent_id and not viewer.is_program


def owned_week(session: Session, viewer: Viewer, agent_id: int, day: date, today: date) -> Period:
    """The week of the day, where the viewer may change the board.

    Raises NotFoundError for an agent they may not see, AccessError for one whose board they only read, ConflictError once it is over.
    """
    agent_seen(session, viewer, agent_id, today)
    if not is_own(viewer, agent_id):
        raise AccessError(READ_ONLY)
    return running_week(day, today)


def running_week(day: date, today: date) -> Period:
    """The week of the day; raises ConflictError once it is over."""
    week = containing(day, Grain.WEEK)
    if week.end <= today:
        raise ConflictError(OVER, code="week_over")
    return week
