"""Schedules of monitoring, how their runs stand, and whom an open deal concerns."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, DealMonitoring, MonitoringRun, MonitoringTold, Person, ReviewRequest, Team, TeamManager, TeamMembership
from data.queries.membership import belongs_on
from domain.language import Language
from domain.records import Role

_RUN = MonitoringRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule that runs, with the names on it."""

    monitoring_id: int
    team_id: int | None
    team_name: str | None
    interval_hours: int
    started_at: datetime
    started_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody a deal concerns, and how they read."""

    person_id: int
    language: Language
    time_zone: str


def running(session: Session) -> list[Schedule]:
    """All that run: everybody's first, then by team."""
    row = DealMonitoring
    columns: tuple[Any, ...] = (
        col(row.id).label("monitoring_id"),
        col(row.team_id),
        col(Team.name).label("team_name"),
        col(row.interval_hours),
        col(row.started_at),
        col(Person.name).label("started_by"),
    )
    query = select(*columns).join(Team, col(Team.id) == col(row.team_id), isouter=True)
    query = query.join(Person, col(Person.id) == col(row.started_by), isouter=True).where(col(row.stopped_at).is_(None))
    ordered = query.order_by(col(row.team_id).is_not(None), col(Team.name))
    return [Schedule(**found._mapping) for found in session.execute(ordered)]  # noqa: SLF001 - public all the same


def running_of(session: Session, team_id: int | None) -> DealMonitoring | None:
    """The one that runs for a team, or for everybody, locked for the transaction."""
    row = DealMonitoring
    wanted = (col(row.team_id).is_not_distinct_from(team_id), col(row.stopped_at).is_(None))
    return session.scalar(select(row).where(*wanted).with_for_update())


def last_runs(session: Session, monitoring_ids: Collection[int]) -> dict[int, MonitoringRun]:
    """Of each schedule its newest run."""
    query = select(_RUN).where(col(_RUN.monitoring_id).in_(sorted(monitoring_ids)))
    newest = query.ext(distinct_on(col(_RUN.monitoring_id))).order_by(col(_RUN.monitoring_id), col(_RUN.slot_at).desc())
    return {found.monitoring_id: found for found in session.scalars(newest)}


def progress(session: Session, run_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of each run how many reviews are done with, and how many there are to make."""
    row = ReviewRequest
    columns = (col(row.run_id), func.sum(col(row.looked)), func.sum(func.cardinality(col(row.deal_ids))))
    query = select(*columns).where(col(row.run_id).in_(sorted(run_ids))).group_by(col(row.run_id))
    return {run_id: (looked, whole) for run_id, looked, whole in session.execute(query)}


def reviewed_runs(session: Session) -> list[int]:
    """Runs that are not finished although every review of theirs is made or given up, the oldest first."""
    is_asked = exists().where(col(ReviewRequest.run_id) == col(_RUN.id), col(ReviewRequest.finished_at).is_(None))
    query = select(col(_RUN.id)).where(col(_RUN.finished_at).is_(None), ~is_asked).order_by(col(_RUN.id))
    return [found for found in session.scalars(query) if found is not None]


def taken(session: Session, run_id: int) -> MonitoringRun | None:
    """A run that is not finished, locked for the transaction; None where somebody else has it."""
    query = select(_RUN).where(col(_RUN.id) == run_id, col(_RUN.finished_at).is_(None))
    return session.scalar(query.with_for_update(skip_locked=True))


def deals_of(session: Session, run_id: int) -> set[int]:
    """The deals a run is about."""
    query = select(func.unnest(col(ReviewRequest.deal_ids))).where(col(ReviewRequest.run_id) == run_id)
    return set(session.scalars(query))


def readers(session: Session, deal_ids: Collection[int], today: date) -> dict[int, list[Reader]]:
    """Of each deal its agent and the managers of the team the agent is on, as far as they can sign in."""
    pair: tuple[Any, ...] = (col(Deal.id), col(Person.id))
    of_agents = select(*pair).join(Person, col(Person.id) == col(Deal.agent_id))
    of_managers = (
        select(*pair)
        .join(TeamMembership, col(TeamMembership.person_id) == col(Deal.agent_id))
        .join(TeamManager, col(TeamManager.team_id) == col(TeamMembership.team_id))
        .join(Person, col(Person.id) == col(TeamManager.person_id))
        .where(belongs_on(today), col(Person.role) == Role.MANAGER)
    )
    wanted = (col(Deal.id).in_(sorted(deal_ids)), col(Person.active))
    pairs = {(deal_id, person_id) for deal_id, person_id in session.execute(of_agents.where(*wanted).union(of_managers.where(*wanted)))}
    known = _people(session, {person_id for _, person_id in pairs})
    found = defaultdict[int, list[Reader]](list)
    for deal_id, person_id in sorted(pairs):
        found[deal_id].append(known[person_id])
    return found


def told(session: Session, deal_ids: Collection[int]) -> Mapping[tuple[int, int], str]:
    """What people were last told of the deals, by person and deal."""
    row = MonitoringTold
    query = select(col(row.person_id), col(row.deal_id), col(row.digest)).where(col(row.deal_id).in_(sorted(deal_ids)))
    return {(person_id, deal_id): digest for person_id, deal_id, digest in session.execute(query)}


def _people(session: Session, ids: Collection[int]) -> dict[int, Reader]:
    columns: tuple[Any, ...] = (col(Person.id).label("person_id"), col(Person.language), col(Person.time_zone))
    rows = session.execute(select(*columns).where(col(Person.id).in_(sorted(ids))))
    return {row.person_id: Reader(**row._mapping) for row in rows}  # noqa: SLF001 - public all the same
