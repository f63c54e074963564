"""What tests of imports share: a small file, how it is mapped, and looking at what came of it."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from data import rollups
from data.models import Person
from services import imports
from services.access import Viewer
from services.access import viewer as viewer_of
from services.imports import FieldMapping, ImportReport, Kind, Mapping

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DEALS = (
    b"id,owner,status,amount,created,closed,product\nD1,Ann,won,100,2026-01-02,2026-02-03,GTXPro\nD2,Ann,open,50,2026-01-03,2026-05-01,X\n"
)


def mapping(
    kind: Kind = Kind.DEALS, *, create: bool = False, zone: str = "", default_team: str = "", **columns: str | FieldMapping
) -> Mapping:
    fields = {name: column if isinstance(column, FieldMapping) else FieldMapping(column=column) for name, column in columns.items()}
    return Mapping(kind=kind, origin="crm", fields=fields, create_people=create, time_zone=zone, team=default_team)


DEAL_MAPPING = mapping(
    external_id="id",
    agent="owner",
    status="status",
    amount="amount",
    created_on="created",
    closed_on="closed",
    product=FieldMapping(column="product", values={"gtxpro": "GTX Pro"}),
)


def run(session: Session, content: bytes, how: Mapping = DEAL_MAPPING, who: Person | None = None) -> ImportReport:
    viewer = seen_by(session, who) if who else None
    report = imports.run(session, viewer, imports.inspect(content, "file.csv"), how, secret="s", now=NOW)
    assert report.accepted + report.rejected == report.rows
    assert report.inserted + report.updated + report.unchanged == report.accepted
    assert rollups.drift(session.connection()) == []
    return report


def seen_by(session: Session, person: Person) -> Viewer:
    return viewer_of(session, person.id or 0)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.inserted, report.updated, report.unchanged, report.rejected


def snapshot(session: Session) -> list[str]:
    """Every record, without what only says when it was touched."""
    session.expire_all()
    tables = ("person", "team", "team_membership", "lead", "deal", "activity", "stage_change", "daily_metrics")
    query = " UNION ALL ".join(f"SELECT '{table}' || (to_jsonb(t) - 'updated_at')::text FROM {table} t" for table in tables)
    return sorted(session.execute(text(query)).scalars())


ACTIVITIES = mapping(Kind.ACTIVITIES, external_id="id", agent="who", type="type", occurred_at="at", duration_seconds="took", deal="deal")
PEOPLE = mapping(Kind.PEOPLE, name="name", email="mail", external_id="id", team="team")


def undo(session: Session, report: ImportReport, who: Person | None = None) -> imports.Undone:
    return imports.undo(session, seen_by(session, who) if who else None, report.batch_id or 0, NOW)
