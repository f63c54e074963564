"""Stored places within the viewer's scope: an agent's own, a manager's teams', everybody's for an admin."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import TeamRanking
from domain.access import Scope
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlace:
    """Where an agent stood in a team at the end of a day, with the band luck could as well have put them in."""

    team_id: int
    agent_id: int
    day: date
    place: int
    first_place: int
    last_place: int
    ranked: int


def days_ranked(session: Session, since: date, until: date) -> set[date]:
    """The days from `since` up to but not including `until` for which any team is ranked."""
    day = col(TeamRanking.day)
    return set(session.scalars(select(day).distinct().where(day >= since, day < until)))


def last_ranked_day(session: Session, since: date, until: date) -> date | None:
    """The newest of these days."""
    day = col(TeamRanking.day)
    return session.scalar(select(func.max(day)).where(day >= since, day < until))


def stored_places(session: Session, scope: Scope, days: Collection[date]) -> list[StoredPlace]:
    """The places on these days that the viewer may see."""
    row = TeamRanking
    columns = (row.team_id, row.agent_id, row.day, row.place, row.first_place, row.last_place, row.ranked)
    found = session.execute(select(*(col(each) for each in columns)).where(col(row.day).in_(days), _visible(scope)))
    return [StoredPlace(**each) for each in found.mappings()]


def _visible(scope: Scope) -> ColumnElement[bool]:
    match scope.role:
        case Role.ADMIN:
            return true()
        case Role.MANAGER:
            return col(TeamRanking.team_id).in_(sorted(scope.team_ids))
        case Role.AGENT:
            return col(TeamRanking.agent_id) == scope.viewer_id
