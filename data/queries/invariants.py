"""Where the data breaks what must always hold; every query returns a line per violation, none when all is well."""

from datetime import date

from sqlalchemy import ColumnElement, Date, and_, cast, exists, func, literal, literal_column, or_, select, text
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from data import rollups
from data.models import Activity, ImportBatch, ImportRowError, Organisation, Person, Team, TeamManager, TeamMembership
from data.models.imports import BatchStatus
from domain.records import Role


def roll_up_drift(session: Session) -> list[str]:
    """Days whose stored numbers differ from a recount."""
    drifted = rollups.drift(session.connection())
    return [f"agent {agent}, {day}, category “{category}”" for agent, day, category in drifted]


def missing_triggers(session: Session) -> list[str]:
    """Tables of facts and statements whose roll-up trigger is gone or switched off."""
    found = session.execute(
        text("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'roll\\_up\\_%' AND tgenabled <> 'D'")
    )
    working = {(table, name) for table, name in found}
    wanted = {(table, f"roll_up_{event}") for table in rollups.FACT_TABLES for event in ("insert", "update", "delete")}
    return [f"{table}: {name}" for table, name in sorted(wanted - working)]


def overlapping_memberships(session: Session) -> list[str]:
    """People with two memberships on one day."""
    first, second = aliased(TeamMembership), aliased(TeamMembership)
    overlap = and_(
        col(first.person_id) == col(second.person_id),
        col(first.id) < col(second.id),
        _before_end(col(first.from_on), col(second.until_on)),
        _before_end(col(second.from_on), col(first.until_on)),
    )
    rows = session.execute(select(col(first.person_id), col(first.team_id), col(second.team_id)).join(second, overlap))
    return [f"person {person}: teams {one} and {other}" for person, one, other in rows]


def powerless_team_managers(session: Session) -> list[str]:
    """Team managers of another role; a manager who left keeps their teams for the day they are let in again."""
    powerless = col(Person.role).not_in([Role.MANAGER, Role.ADMIN])
    query = select(col(Team.name), col(Person.name)).join(TeamManager, col(TeamManager.team_id) == col(Team.id))
    rows = session.execute(query.join(Person, col(Person.id) == col(TeamManager.person_id)).where(powerless))
    return [f"{team}: {person}" for team, person in rows]


def missing_admin(session: Session) -> list[str]:
    """A line when there are people but none of them can administer."""
    able = exists().where(col(Person.active), col(Person.role) == Role.ADMIN, col(Person.password_hash).is_not(None))
    return ["run: python manage.py create-admin"] if session.scalar(select(and_(_anybody(), ~able))) else []


def missing_organisation(session: Session) -> list[str]:
    """A line when there are people but no organisation."""
    return ["the organisation is missing"] if session.scalar(select(and_(_anybody(), ~exists(select(col(Organisation.id)))))) else []


def time_zones(session: Session) -> list[tuple[str, str]]:
    """Everybody's time zone, with who it is."""
    people = session.execute(select(func.concat("person ", col(Person.id)), col(Person.time_zone)))
    organisation = session.execute(select(literal("organisation"), col(Organisation.time_zone)))
    return [(who, zone) for who, zone in [*organisation, *people]]


def unexplained_rejections(session: Session) -> list[str]:
    """Imports with fewer explained rows than rejected ones."""
    lines = func.count(col(ImportRowError.line).distinct())
    query = select(col(ImportBatch.id), col(ImportBatch.rejected_rows), lines).outerjoin(
        ImportRowError, col(ImportRowError.batch_id) == col(ImportBatch.id)
    )
    grouped = query.where(col(ImportBatch.status) == BatchStatus.DONE).group_by(col(ImportBatch.id))
    rows = session.execute(grouped.having(lines < col(ImportBatch.rejected_rows)))
    return [f"import {batch}: {rejected} rejected, {explained} explained" for batch, rejected, explained in rows]


def shifted_days(session: Session) -> list[str]:
    """Activities whose local day cannot be that of their moment anywhere on Earth."""
    utc_day = cast(func.timezone("UTC", col(Activity.occurred_at)), Date)
    distance = func.abs(col(Activity.local_on) - utc_day)
    rows = session.scalars(select(col(Activity.id)).where(distance > literal_column("1")).order_by(col(Activity.id)))
    return [f"activity {activity}" for activity in rows]


def _before_end(start: SQLCoreOperations[date], end: SQLCoreOperations[date | None]) -> ColumnElement[bool]:
    return or_(end.is_(None), start < end)


def _anybody() -> ColumnElement[bool]:
    return exists(select(col(Person.id)))
