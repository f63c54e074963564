"""Stored assessments within the viewer's scope, and who is on which level."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Assessment, Organisation, Person, Team, TeamMembership
from data.queries.membership import belongs_on
from data.queries.scope import visible
from domain.access import Scope
from domain.progression.assessment import Standing
from domain.records import Level, Profile, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssessment:
    """What an agent's level was found to be on a day."""

    agent_id: int
    day: date
    level: Level
    progress_share: float | None
    is_at_risk: bool
    inputs: dict[str, Any]
    computed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mate:
    """Somebody on a level, and the kind of business they are in."""

    level: Level
    profile: Profile


def standings(session: Session, agent_ids: Collection[int], before: date) -> dict[int, Standing]:
    """By agent, the level of their newest assessment before the day, and since when it has been that without a break."""
    row, agent = Assessment, col(Assessment.agent_id)
    wanted = (agent.in_(sorted(agent_ids)), col(row.day) < before)
    known = col(row.inputs)["known_since"].astext.cast(Date).label("known")
    newest = select(agent, col(row.level), known).ext(distinct_on(agent)).where(*wanted).order_by(agent, col(row.day).desc()).subquery()
    other = select(agent, func.max(col(row.day)).label("day")).join(newest, newest.c.agent_id == agent)
    changed = other.where(*wanted, col(row.level) != newest.c.level).group_by(agent).subquery()
    same = select(agent, newest.c.level, newest.c.known, func.min(col(row.day)))
    same = same.join(newest, newest.c.agent_id == agent).join(changed, changed.c.agent_id == agent, isouter=True)
    same = same.where(*wanted, (changed.c.day.is_(None)) | (col(row.day) > changed.c.day)).group_by(agent, newest.c.level, newest.c.known)
    found = session.execute(same)
    return {agent_id: Standing(level=level, since=since, known_since=known_on) for agent_id, level, known_on, since in found}


def history(session: Session, scope: Scope, agent_id: int, today: date, *, limit: int) -> list[StoredAssessment]:
    """The last assessment of each month, newest first, if the viewer may see the agent's facts of today."""
    month = func.date_trunc("month", col(Assessment.day))
    wanted = (col(Assessment.agent_id) == agent_id, col(Assessment.day) <= today, _seen(col(Assessment.agent_id), today, scope))
    query = select(Assessment).ext(distinct_on(month)).where(*wanted).order_by(month.desc(), col(Assessment.day).desc()).limit(limit)
    return [_stored(row) for row in session.scalars(query)]


def newest(session: Session, scope: Scope, today: date, agent_ids: Collection[int]) -> dict[int, StoredAssessment]:
    """By agent, the newest assessment up to today, of those whose facts of today the viewer may see."""
    agent = col(Assessment.agent_id)
    wanted = (agent.in_(sorted(agent_ids)), col(Assessment.day) <= today, _seen(agent, today, scope))
    query = select(Assessment).ext(distinct_on(agent)).where(*wanted).order_by(agent, col(Assessment.day).desc())
    return {row.agent_id: _stored(row) for row in session.scalars(query)}


def mates(session: Session, today: date) -> dict[int, Mate]:
    """Every active person with an assessment: their newest level, and the kind of business of their team of today, else the company's."""
    agent = col(Assessment.agent_id)
    level = select(agent, col(Assessment.level)).ext(distinct_on(agent)).where(col(Assessment.day) <= today)
    found = level.order_by(agent, col(Assessment.day).desc()).subquery()
    company = select(col(Organisation.profile)).limit(1).scalar_subquery()
    profile = func.coalesce(col(Team.profile), company, Profile.REAL_ESTATE.value)
    query = (
        select(col(Person.id), found.c.level, profile)
        .join(found, found.c.agent_id == col(Person.id))
        .join(TeamMembership, (col(TeamMembership.person_id) == col(Person.id)) & belongs_on(today), isouter=True)
        .join(Team, col(Team.id) == col(TeamMembership.team_id), isouter=True)
        .where(col(Person.active))
    )
    return {agent_id: Mate(level=level, profile=Profile(kind)) for agent_id, level, kind in session.execute(query)}


def assessed_people(session: Session) -> list[tuple[int, str]]:
    """Everybody an assessment is made of, with their zone: active agents, and whoever else is on a team."""
    on_team = select(col(TeamMembership.person_id)).where(col(TeamMembership.until_on).is_(None))
    wanted = (col(Person.active), (col(Person.role) == Role.AGENT) | col(Person.id).in_(on_team))
    return [(row.id, row.time_zone) for row in session.execute(select(col(Person.id), col(Person.time_zone)).where(*wanted))]


def _seen(agent: Any, today: date, scope: Scope) -> ColumnElement[bool]:  # noqa: ANN401 - a column, as SQLModel types it
    return visible(agent, literal(today, Date), scope)


def _stored(row: Assessment) -> StoredAssessment:
    return StoredAssessment(
        agent_id=row.agent_id,
        day=row.day,
        level=row.level,
        progress_share=row.progress_share,
        is_at_risk=row.is_at_risk,
        inputs=row.inputs,
        computed_at=row.computed_at,
    )
