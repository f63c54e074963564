"""Plain functions that make records with sensible defaults; a test names only what matters to it."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from data.models import Activity, Deal, Lead, Organisation, Person, Team, TeamManager, TeamMembership
from data.models.people import BEGINNING
from domain.records import ActivityType, Role

NUMBER = count(1)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TUESDAY = NOON.date()


def organisation(session: Session, **fields: Any) -> Organisation:
    return _added(session, Organisation(**{"name": "Acme", "time_zone": "UTC"} | fields))


def team(session: Session, **fields: Any) -> Team:
    return _added(session, Team(**{"name": f"Team {next(NUMBER)}"} | fields))


def person(session: Session, *, on: Team | None = None, since: date = BEGINNING, manages: Team | None = None, **fields: Any) -> Person:
    number = next(NUMBER)
    made = _added(session, Person(**{"name": f"Person {number}", "email": f"person{number}@example.com", "time_zone": "UTC"} | fields))
    if on is not None:
        _added(session, TeamMembership(person_id=made.id, team_id=on.id, from_on=since))
    if manages is not None:
        _added(session, TeamManager(team_id=manages.id, person_id=made.id))
    return made


def manager(session: Session, *, of: Team, **fields: Any) -> Person:
    return person(session, manages=of, **{"role": Role.MANAGER} | fields)


def activity(session: Session, agent: Person, *, at: datetime = NOON, **fields: Any) -> Activity:
    """An activity whose local day and hour are those of `at`, as for an agent in UTC."""
    defaults = {"type": ActivityType.CALL, "agent_id": agent.id, "occurred_at": at, "local_on": at.date(), "local_hour": at.hour}
    return _added(session, Activity(**defaults | fields))


def lead(session: Session, agent: Person | None, *, on: date = TUESDAY, **fields: Any) -> Lead:
    defaults = {"name": f"Lead {next(NUMBER)}", "agent_id": agent.id if agent else None, "assigned_on": on}
    return _added(session, Lead(**defaults | fields))


def deal(session: Session, agent: Person | None, **fields: Any) -> Deal:
    return _added(session, Deal(**{"name": f"Deal {next(NUMBER)}", "agent_id": agent.id if agent else None} | fields))


def _added(session: Session, record: Any) -> Any:
    session.add(record)
    session.flush()
    return record
