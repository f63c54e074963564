"""Facts insights are made of, for their tests."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from data.models import CalendarEvent, Person, Team
from domain.coaching.insights.spans import lately
from domain.records import EventKind, LeadStatus
from services.access import viewer
from services.insights import insights_of
from tests import builders

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
TODAY = NOW.date()
LATELY = lately(TODAY)
DAY = timedelta(days=1)


def rules(session: Session, who: Person, about: Person, now: datetime = NOW) -> list[str]:
    return [each.rule for each in insights_of(session, viewer(session, who.id), about.id, now.date(), now).shown]


def waiting(session: Session, agent: Person | None, days: float = 2, **fields: object) -> None:
    at = NOW - timedelta(days=days)
    builders.lead(session, agent, on=at.date(), assigned_at=at, **fields)


def contacted(session: Session, agent: Person, seconds: int, count: int, on: date = LATELY.start) -> None:
    for _ in range(count):
        builders.lead(session, agent, on=on, contacted_on=on, response_seconds=seconds, status=LeadStatus.CONTACTED)


def colleagues(session: Session, team: Team, count: int, seconds: int = 3600, leads: int = 12) -> list[Person]:
    made = [builders.person(session, on=team) for _ in range(count)]
    for each in made:
        contacted(session, each, seconds, leads)
    return made


def event(session: Session, agent: Person, at: datetime, **fields: object) -> None:
    known = {"kind": EventKind.APPOINTMENT, "title": "Visit", "starts_at": at, "ends_at": at + timedelta(hours=1), "local_on": at.date()}
    session.add(CalendarEvent(agent_id=agent.id, **known | fields))
    session.flush()
