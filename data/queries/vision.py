"""Vision boards: their version and cards, what waits from the week before, and the templates somebody may begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Goal, Lead, Person, Team, TeamMembership, VisionBoard, VisionCard, VisionTemplate
from data.queries.membership import belongs_on
from domain.coaching.vision import Card, CardState
from domain.metrics.catalog import DEFINITIONS

WEEK: Final = timedelta(days=7)
NEW: Final = 0
"""The version of a week nobody has written anything in yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """What is known of a week beside its cards."""

    version: int
    waiting: int
    """Unfinished cards of the week before that were not taken over; none while that week runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """A template; `team_name` is empty for somebody's own."""

    id: int
    name: str
    team_id: int | None
    team_name: str
    cards: Sequence[dict[str, Any]]


def board_row(session: Session, agent_id: int, week_on: date, today: date) -> BoardRow:
    """The version of the week, `NEW` before anything is written, and how much waits from the week before, once that is over."""
    version = select(col(VisionBoard.version)).where(col(VisionBoard.agent_id) == agent_id, col(VisionBoard.week_on) == week_on)
    waiting = select(func.count()).select_from(VisionCard).where(*unfinished(agent_id, week_on - WEEK))
    row = session.execute(select(version.scalar_subquery().label("version"), waiting.scalar_subquery().label("waiting"))).one()
    return BoardRow(version=row.version or NEW, waiting=row.waiting if week_on <= today else 0)


def cards_of(session: Session, agent_id: int, week_on: date) -> list[Card]:
    """The week's cards with what they are about, from the top."""
    query = _cards().where(col(VisionCard.agent_id) == agent_id, col(VisionCard.week_on) == week_on)
    return [_card(row) for row in session.execute(query.order_by(col(VisionCard.position), col(VisionCard.id)))]


def templates_for(session: Session, person_id: int, today: date) -> list[TemplateRow]:
    """The person's own templates and those of the team they belong to today, by name."""
    teams = select(col(TeamMembership.team_id)).where(col(TeamMembership.person_id) == person_id, belongs_on(today))
    query = select(VisionTemplate, col(Team.name)).join(Team, col(Team.id) == col(VisionTemplate.team_id), isouter=True)
    wanted = or_(col(VisionTemplate.person_id) == person_id, col(VisionTemplate.team_id).in_(teams))
    rows = session.execute(query.where(wanted).order_by(func.lower(col(VisionTemplate.name)), col(VisionTemplate.id)))
    return [
        TemplateRow(id=each.id or 0, name=each.name, team_id=each.team_id, team_name=team or "", cards=each.cards) for each, team in rows
    ]


def unfinished(agent_id: int, week_on: date) -> tuple[ColumnElement[bool], ...]:
    """The cards of a week that were taken on, are not done and were not taken over, as conditions."""
    return (
        col(VisionCard.agent_id) == agent_id,
        col(VisionCard.week_on) == week_on,
        col(VisionCard.state).in_([CardState.TODO, CardState.DOING]),
        ~col(VisionCard.has_gone_on),
    )


def _cards() -> Select[Any]:
    return (
        select(
            VisionCard,
            col(Person.name).label("suggested_by"),
            func.nullif(col(Goal.name), "").label("goal_name"),
            col(Goal.metric_key),
            func.coalesce(col(Deal.name), col(Lead.name)).label("about"),
        )
        .join(Goal, col(Goal.id) == col(VisionCard.goal_id), isouter=True)
        .join(Deal, col(Deal.id) == col(VisionCard.deal_id), isouter=True)
        .join(Lead, col(Lead.id) == col(VisionCard.lead_id), isouter=True)
        .join(Person, col(Person.id) == col(VisionCard.suggested_by), isouter=True)
    )


def _card(row: Any) -> Card:  # noqa: ANN401 - a row of several tables
    card = row.VisionCard
    goal = row.goal_name or (DEFINITIONS[row.metric_key].name if row.metric_key in DEFINITIONS else "")
    return Card(
        id=card.id,
        title=card.title,
        note=card.note,
        minutes=card.minutes,
        state=card.state,
        day=card.day,
        position=card.position,
        goal_id=card.goal_id,
        deal_id=card.deal_id,
        lead_id=card.lead_id,
        about=row.about or goal,
        weeks_carried=card.weeks_carried,
        has_gone_on=card.has_gone_on,
        suggested_by=row.suggested_by or "",
    )
