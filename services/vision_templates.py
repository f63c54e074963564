"""Templates to begin a week with: an agent's own, and those a manager keeps for a team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from data.queries import membership
from data.queries import vision as queries
from data.queries.vision import TemplateRow
from data.writes import vision as writes
from data.writes.vision import CardRow
from domain.coaching.vision import Card
from domain.errors import InputError, NotFoundError
from domain.periods import Period
from domain.records import Role
from services.access import Viewer
from services.agents import agent_seen
from services.vision_additions import put_cards
from services.vision_board import board_of, is_own
from services.vision_input import template_name

GONE: Final = "There is no such template any more."
EMPTY: Final = "There is no card on this board to make a template of."
NO_TEAM: Final = "This agent belongs to no team you look after, so there is nobody to keep the template for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template somebody may begin a week with."""

    id: int
    name: str
    team_name: str
    """Empty for somebody's own."""
    cards: int
    may_remove: bool


def templates_of(session: Session, viewer: Viewer, agent_id: int, today: date) -> list[Template]:
    """The team's templates and, for the agent alone, their own, by name; raises NotFoundError for an agent the viewer may not see."""
    agent_seen(session, viewer, agent_id, today)
    return [
        Template(id=row.id, name=row.name, team_name=row.team_name, cards=len(row.cards), may_remove=_may_remove(viewer, agent_id, row))
        for row in queries.templates_for(session, agent_id, today)
        if row.team_id is not None or is_own(viewer, agent_id)
    ]


def use_template(session: Session, viewer: Viewer, agent_id: int, day: date, template_id: int, today: date) -> int:
    """Put a template's cards on one's board of the day's week; how many. Raises NotFoundError, and as `vision_additions.put_cards`."""
    row = _template(session, agent_id, template_id, today)
    return put_cards(session, viewer, agent_id, day, lambda week: [_card(each, week) for each in row.cards], today)


def save_template(session: Session, viewer: Viewer, agent_id: int, week: Period, name: str, today: date) -> None:
    """Keep a board's cards as a template, in the place of one of that name: one's own board for oneself, else for the agent's team.

    A template holds words, minutes and weekdays, never the goal, deal or lead a card is about. Raises NotFoundError, InputError.
    """
    board, checked = board_of(session, viewer, agent_id, week, today), template_name(name)
    if not board.cards:
        raise InputError(EMPTY, code="empty_board")
    cards = [_kept(card, week) for card in board.cards]
    if is_own(viewer, agent_id):
        writes.store_template(session, checked, cards, person_id=agent_id, team_id=None)
        return
    team_id = membership.team_on(session, agent_id, today)
    if team_id is None or not _looks_after(viewer, team_id):
        raise NotFoundError(NO_TEAM)
    writes.store_template(session, checked, cards, person_id=None, team_id=team_id)


def remove_template(session: Session, viewer: Viewer, agent_id: int, template_id: int, today: date) -> None:
    """Take a template away: one's own, or one of a team one looks after; raises NotFoundError for any other."""
    agent_seen(session, viewer, agent_id, today)
    row = _template(session, agent_id, template_id, today)
    if not _may_remove(viewer, agent_id, row):
        raise NotFoundError(GONE)
    writes.remove_template(session, template_id)


def _template(session: Session, agent_id: int, template_id: int, today: date) -> TemplateRow:
    found = next((row for row in queries.templates_for(session, agent_id, today) if row.id == template_id), None)
    if found is None:
        raise NotFoundError(GONE)
    return found


def _may_remove(viewer: Viewer, agent_id: int, row: TemplateRow) -> bool:
    return is_own(viewer, agent_id) if row.team_id is None else _looks_after(viewer, row.team_id)


def _looks_after(viewer: Viewer, team_id: int) -> bool:
    return not viewer.is_program and (viewer.role is Role.ADMIN or team_id in viewer.team_ids)


def _kept(card: Card, week: Period) -> dict[str, Any]:
    weekday = card.day.isoweekday() if card.day is not None and card.day in week else None
    return {"title": card.title, "note": card.note, "minutes": card.minutes, "weekday": weekday}


def _card(kept: Mapping[str, Any], week: Period) -> CardRow:
    weekday = kept["weekday"]
    day = None if weekday is None else week.start + timedelta(days=weekday - 1)
    return CardRow(title=kept["title"], note=kept["note"], minutes=kept["minutes"], day=day)
