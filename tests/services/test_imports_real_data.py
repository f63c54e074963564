"""Real exports, imported whole, against an independent calculation with pandas."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from data import rollups
from data.engine import Database
from data.queries.daily import totals, totals_by_agent
from domain.access import Scope, Selection
from domain.periods import Period
from domain.records import Role
from services import imports
from services.imports import FieldMapping, ImportReport, Kind, Mapping
from tests import builders

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
EVERYTHING = Selection(period=Period(date(2000, 1, 1), date(2100, 1, 1)))
ADMIN = Scope(viewer_id=0, role=Role.ADMIN)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the shared example data is not beside the checkout"),
]


def _mapping(kind: Kind, *, origin: str, **columns: str | FieldMapping) -> Mapping:
    fields = {name: column if isinstance(column, FieldMapping) else FieldMapping(column=column) for name, column in columns.items()}
    return Mapping(kind=kind, origin=origin, fields=fields)


def _imported(database: Database, path: Path, mapping: Mapping) -> ImportReport:
    draft = imports.inspect(path.read_bytes(), path.name)
    report = database.write(lambda session: imports.run(session, None, draft, mapping, secret="s", now=NOW))
    assert report.accepted + report.rejected == report.rows
    return report


@pytest.fixture
def pipeline(fresh_database: Database) -> tuple[Database, Mapping, Path]:
    folder = DATA / "crm_sales_opportunities"
    fresh_database.write(lambda session: builders.organisation(session, currency="USD", time_zone="America/New_York"))
    people = _imported(fresh_database, folder / "sales_teams.csv", _mapping(Kind.PEOPLE, origin="crm", name="sales_agent", team="manager"))
    assert (people.inserted, people.teams_created, people.rejected) == (35, 6, 0)
    mapping = _mapping(
        Kind.DEALS,
        origin="crm",
        external_id="opportunity_id",
        agent="sales_agent",
        product=FieldMapping(column="product", values={"GTXPro": "GTX Pro"}),
        company="account",
        stage="deal_stage",
        status=FieldMapping(column="deal_stage", values={"Engaging": "open", "Prospecting": "open"}),
        created_on="engage_date",
        closed_on="close_date",
        amount="close_value",
    )
    return fresh_database, mapping, folder / "sales_pipeline.csv"


def test_a_sales_pipeline_counts_as_pandas_counts_it(pipeline: tuple[Database, Mapping, Path]) -> None:
    database, mapping, path = pipeline
    first = _imported(database, path, mapping)
    again = _imported(database, path, mapping)
    frame = pd.read_csv(path)
    won = frame[frame.deal_stage == "Won"]

    with database.reading() as session:
        stages = dict(session.execute(text("SELECT stage, count(*) FROM deal GROUP BY stage")).all())
        products = dict(session.execute(text("SELECT product, count(*) FROM deal GROUP BY product")).all())
        counters = totals(session, ADMIN, EVERYTHING)
        names = dict(session.execute(text("SELECT id, name FROM person")).all())
        by_agent = {names[agent]: sums.revenue_minor for agent, sums in totals_by_agent(session, ADMIN, EVERYTHING).items()}
    assert (first.inserted, again.inserted, again.updated, again.unchanged) == (8800, 0, 0, 8800)
    assert stages == {"Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500}
    assert products == frame["product"].replace("GTXPro", "GTX Pro").value_counts().to_dict()
    assert (counters.deals_won, counters.deals_lost, counters.deals_created) == (4238, 2473, 8300)
    assert counters.revenue_minor == int(won.close_value.sum()) * 100 == 1_000_553_400
    assert by_agent == {name: int(value) * 100 for name, value in won.groupby("sales_agent").close_value.sum().items()}


def test_a_lending_process_counts_as_pandas_counts_it(fresh_database: Database) -> None:
    folder = DATA / "loan_applications_2012"
    fresh_database.write(lambda session: builders.organisation(session, currency="EUR", time_zone="Europe/Amsterdam"))
    agents = _imported(fresh_database, folder / "agents.csv", _mapping(Kind.PEOPLE, origin="bank", external_id="agent_id"))
    deals = _imported(
        fresh_database,
        folder / "deals.csv.gz",
        _mapping(
            Kind.DEALS,
            origin="bank",
            external_id="deal_id",
            agent="owner_agent_id",
            amount="value",
            currency="currency",
            created_on="created_at",
            stage="stage",
            status="status",
            closed_on="closed_at",
            lost_reason="lost_reason",
        ),
    )
    work = _imported(
        fresh_database,
        folder / "activities.csv.gz",
        _mapping(
            Kind.ACTIVITIES,
            origin="bank",
            external_id="activity_id",
            deal="deal_id",
            subject="source_type",
            occurred_at="started_at",
            duration_seconds="duration_s",
            agent="agent_id",
            type="type",
            direction="direction",
        ),
    )
    moves = _imported(
        fresh_database,
        folder / "stage_history.csv.gz",
        _mapping(Kind.STAGE_CHANGES, origin="bank", deal="deal_id", to_stage="stage", changed_at="entered_at", changed_by="agent_id"),
    )
    frame = pd.read_csv(folder / "activities.csv.gz", dtype={"agent_id": str})
    known = frame[frame.agent_id.notna()]
    calls = known[known.type == "call"]

    assert (agents.inserted, deals.inserted, moves.inserted) == (68, 13_087, 92_093)
    assert (work.rows, work.inserted, work.rejected) == (78_401, len(known), 7_999)
    assert work.errors[0].reason == "This is empty, and every row needs it."
    with fresh_database.reading() as session:
        counters = totals(session, ADMIN, EVERYTHING)
        statuses = dict(session.execute(text("SELECT status, count(*) FROM deal GROUP BY status")).all())
    hours = pd.to_datetime(calls.started_at, format="ISO8601").dt.hour.value_counts().to_dict()
    with fresh_database.reading() as session:
        by_hour = {hour: session.execute(text(f"SELECT sum(h{hour:02d}) FROM daily_metrics")).scalar_one() for hour in hours}
    assert (counters.activities, counters.calls) == (len(known), len(calls))
    assert by_hour == hours
    assert statuses == {"lost": 10_442, "won": 2_246, "open": 399}
    with fresh_database.writer.begin() as connection:
        assert rollups.drift(connection) == []
