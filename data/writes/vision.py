"""Vision boards changed: every change names the version it saw or lifts whichever there is; cards and templates stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import VisionBoard, VisionCard, VisionTemplate
from data.queries.vision import unfinished
from domain.coaching.vision import CardState, Placed

_BOARD: Final = ("agent_id", "week_on")
_SAME_NAME: Final = ("person_id", "team_id", text("lower(name)"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """A card as it is written; about at most one goal, deal or lead."""

    title: str
    note: str = ""
    minutes: int | None = None
    state: CardState = CardState.TODO
    day: date | None = None
    goal_id: int | None = None
    deal_id: int | None = None
    lead_id: int | None = None
    suggested_by: int | None = None
    weeks_carried: int = 0
    done_on: date | None = None


def open_board(session: Session, agent_id: int, week_on: date) -> None:
    """Begin the week, or lift the version of the one there is; the row is locked for the transaction."""
    fresh = insert(VisionBoard).values(agent_id=agent_id, week_on=week_on, version=1)
    session.execute(fresh.on_conflict_do_update(index_elements=_BOARD, set_={"version": VisionBoard.version + 1}))


def claim_board(session: Session, agent_id: int, week_on: date, seen: int) -> bool:
    """Lift the version if it is the one seen; whether it was. The row is locked for the transaction."""
    wanted = (col(VisionBoard.agent_id) == agent_id, col(VisionBoard.week_on) == week_on, col(VisionBoard.version) == seen)
    lifted = update(VisionBoard).where(*wanted).values(version=VisionBoard.version + 1)
    return session.execute(lifted.returning(col(VisionBoard.version))).one_or_none() is not None


def add_cards(session: Session, agent_id: int, week_on: date, rows: Iterable[CardRow]) -> list[int]:
    """Put cards below all others; their ids."""
    mine = (col(VisionCard.agent_id) == agent_id, col(VisionCard.week_on) == week_on)
    last = session.scalar(select(func.max(col(VisionCard.position))).where(*mine))
    first = 0 if last is None else last + 1
    values = [_values(row, agent_id, week_on, first + place) for place, row in enumerate(rows)]
    return list(session.scalars(insert(VisionCard).values(values).returning(col(VisionCard.id)))) if values else []


def take_unfinished(session: Session, agent_id: int, week_on: date) -> list[CardRow]:
    """Mark the unfinished cards of a week as taken over, each once; what continues them, from the top."""
    taken = update(VisionCard).where(*unfinished(agent_id, week_on)).values(has_gone_on=True).returning(VisionCard)
    return [_continued(card) for card in sorted(session.scalars(taken), key=lambda card: (card.position, card.id))]


def change_card(session: Session, card_id: int, fields: Mapping[str, Any]) -> None:
    """Give a card other words or another state."""
    session.execute(update(VisionCard).where(col(VisionCard.id) == card_id).values(**fields))


def place_cards(session: Session, placed: Iterable[Placed], today: date) -> None:
    """Put cards where they are now; one that is done is done today, one that is done no more forgets when it was."""
    for each in placed:
        done_on = func.coalesce(col(VisionCard.done_on), today) if each.state is CardState.DONE else None
        change_card(session, each.card_id, {"state": each.state, "day": each.day, "position": each.position, "done_on": done_on})


def remove_card(session: Session, card_id: int) -> None:
    """Take a card away."""
    session.execute(delete(VisionCard).where(col(VisionCard.id) == card_id))


def store_template(session: Session, name: str, cards: list[dict[str, Any]], *, person_id: int | None, team_id: int | None) -> None:
    """Keep a template in the place of the owner's of that name."""
    kept = {"person_id": person_id, "team_id": team_id, "name": name, "cards": cards}
    fresh = insert(VisionTemplate).values(**kept)
    session.execute(fresh.on_conflict_do_update(index_elements=_SAME_NAME, set_={"name": name, "cards": cards}))


def remove_template(session: Session, template_id: int) -> None:
    """Take a template away; the cards made from it stay."""
    session.execute(delete(VisionTemplate).where(col(VisionTemplate.id) == template_id))


def _continued(card: VisionCard) -> CardRow:
    return CardRow(
        title=card.title,
        note=card.note,
        minutes=card.minutes,
        state=card.state,
        goal_id=card.goal_id,
        deal_id=card.deal_id,
        lead_id=card.lead_id,
        suggested_by=card.suggested_by,
        weeks_carried=card.weeks_carried + 1,
    )


def _values(row: CardRow, agent_id: int, week_on: date, position: int) -> dict[str, Any]:
    return {
        "agent_id": agent_id,
        "week_on": week_on,
        "title": row.title,
        "note": row.note,
        "minutes": row.minutes,
        "state": row.state,
        "day": row.day,
        "position": position,
        "goal_id": row.goal_id,
        "deal_id": row.deal_id,
        "lead_id": row.lead_id,
        "suggested_by": row.suggested_by,
        "weeks_carried": row.weeks_carried,
        "done_on": row.done_on,
    }
