"""Monitoring of deals: started and stopped for a team or for everybody, and how it stands.

What runs is a row, and when it is due follows from the moment it was started: a restart of anything changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import DealMonitoring, MonitoringRun, Team
from data.queries import deal_monitoring as queries
from data.queries.deal_monitoring import Schedule
from data.writes import deal_monitoring as writes
from domain.deals.monitoring import LONGEST_HOURS, SHORTEST_HOURS, next_at
from domain.errors import AccessError, InputError, NotFoundError
from domain.records import Role
from services import audit
from services.access import Viewer
from services.audit import Action
from services.saving import save

NO_TEAM: Final = "There is no such team among yours."
NOT_FOR_AGENTS: Final = "Managers and administrators have deals monitored. What it finds about yours reaches you."
NOT_EVERYBODY: Final = "Only administrators have everybody's deals monitored. Name one of your teams."
HOURS: Final = f"Choose an interval from {SHORTEST_HOURS} to {LONGEST_HOURS} hours."


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One time a schedule was due."""

    slot_at: datetime
    began_at: datetime
    finished_at: datetime | None
    """None while deals are reviewed; people are told once they are."""
    deals: int
    looked: int
    """Reviews that are done with."""
    reviews: int
    """Reviews to make: one of a deal for every language it is read in."""
    high: int
    medium: int
    low: int
    told: int
    """People who had news."""
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """A schedule that runs."""

    monitoring_id: int
    team_id: int | None
    """None for everybody's deals but those of teams with a schedule of their own."""
    team_name: str | None
    interval_hours: int
    started_at: datetime
    started_by: str | None
    """None for a program."""
    last: Run | None
    next_at: datetime


def start(session: Session, viewer: Viewer, interval_hours: int, team_id: int | None, now: datetime) -> None:
    """Have open deals monitored from now on; another interval than the one that runs begins anew, the same changes nothing.

    Raises AccessError, NotFoundError for a team the viewer does not manage, InputError for an interval outside one hour to a week.
    """
    _require(session, viewer, team_id)
    if not SHORTEST_HOURS <= interval_hours <= LONGEST_HOURS:
        raise InputError(HOURS)
    known = queries.running_of(session, team_id)
    if known is not None and known.interval_hours == interval_hours:
        return
    if known is not None:
        _end(session, known, now)
    session.add(DealMonitoring(team_id=team_id, interval_hours=interval_hours, started_at=now, started_by=viewer.author_id))
    save(session)
    _note(session, viewer, team_id, interval_hours, now)


def stop(session: Session, viewer: Viewer, team_id: int | None, now: datetime) -> bool:
    """Have them monitored no longer; whether they were. Nobody is told of a run that is not finished. Raises as `start`."""
    _require(session, viewer, team_id)
    known = queries.running_of(session, team_id)
    if known is None:
        return False
    _end(session, known, now)
    _note(session, viewer, team_id, 0, now)
    return True


def status(session: Session, viewer: Viewer, now: datetime) -> tuple[Monitoring, ...]:
    """What runs, everybody's first: all of it for admins and programs, for managers everybody's and their teams'. Raises AccessError."""
    if viewer.role is Role.AGENT:
        raise AccessError(NOT_FOR_AGENTS)
    seen = [each for each in queries.running(session) if each.team_id is None or _may_see(viewer, each.team_id)]
    last = queries.last_runs(session, [each.monitoring_id for each in seen])
    done = queries.progress(session, [run.id or 0 for run in last.values()])
    return tuple(_shown(each, last.get(each.monitoring_id), done, now) for each in seen)


def _require(session: Session, viewer: Viewer, team_id: int | None) -> None:
    if viewer.role is Role.AGENT:
        raise AccessError(NOT_FOR_AGENTS)
    if team_id is None:
        if viewer.role is not Role.ADMIN:
            raise AccessError(NOT_EVERYBODY)
    elif not _may_see(viewer, team_id) or session.get(Team, team_id) is None:
        raise NotFoundError(NO_TEAM)


def _may_see(viewer: Viewer, team_id: int) -> bool:
    return viewer.role is Role.ADMIN or team_id in viewer.team_ids


def _end(session: Session, known: DealMonitoring, now: datetime) -> None:
    known.stopped_at = now
    session.flush()
    writes.end_runs(session, known.id or 0, now)


def _note(session: Session, viewer: Viewer, team_id: int | None, interval_hours: int, now: datetime) -> None:
    """In the audit log; zero hours for an end."""
    subject = f"deal_monitoring:{team_id or 0}"
    details = {"interval_hours": interval_hours}
    audit.record(session, person_id=viewer.author_id, action=Action.SETTINGS_CHANGED, subject=subject, details=details, at=now)


def _shown(schedule: Schedule, last: MonitoringRun | None, done: dict[int, tuple[int, int]], now: datetime) -> Monitoring:
    names = ("monitoring_id", "team_id", "team_name", "interval_hours", "started_at", "started_by")
    return Monitoring(
        **{name: getattr(schedule, name) for name in names},
        last=None if last is None else _run(last, *done.get(last.id or 0, (0, 0))),
        next_at=next_at(schedule.started_at, schedule.interval_hours, now),
    )


def _run(row: MonitoringRun, looked: int, reviews: int) -> Run:
    names = ("slot_at", "began_at", "finished_at", "deals", "high", "medium", "low", "told", "error")
    return Run(**{name: getattr(row, name) for name in names}, looked=looked, reviews=reviews)
