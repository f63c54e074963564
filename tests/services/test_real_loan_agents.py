"""Agents' own numbers over a bank's real loan applications taken as leads, against pandas on the file itself.

An application is a lead of whoever ends up owning it: assigned when it came in, contacted by the first call about it, converted on the
day it was approved, its amount being what was sold. The file names no sources; here they are three bands of the amount.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Deal, Lead, Person
from domain.access import Selection
from domain.periods import Grain, Period, containing
from services import access
from services.agent_kpis import agent_kpis
from services.lead_sources import lead_sources
from services.revenue_trends import revenue_trend, rolling_response
from tests import builders

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "loan_applications_2012"
QUARTER = Period(date(2011, 11, 1), date(2012, 2, 1))
MONTH = containing(date(2012, 1, 10), Grain.MONTH)
LATER = date(2012, 6, 1)
HOUR = 3600

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the public loan applications are not beside this checkout")


@pytest.fixture(scope="module")
def applications() -> pd.DataFrame:
    """The owned applications with their first call, their source, and the day they were won."""
    deals = pd.read_csv(FOLDER / "deals.csv.gz", parse_dates=["created_at", "closed_at"]).dropna(subset=["owner_agent_id"])
    calls = pd.read_csv(FOLDER / "activities.csv.gz", parse_dates=["started_at"]).query("type == 'call'")
    deals["contacted_at"] = deals["deal_id"].map(calls.groupby("deal_id")["started_at"].min()).dt.floor("s")
    deals["wait"] = (deals["contacted_at"] - deals["created_at"]).dt.total_seconds()
    deals["source"] = pd.cut(deals["value"], [-1, 5_000, 15_000, 10**6], labels=["Small", "Middle", "Large"]).astype(str)
    deals["won"] = deals["status"] == "won"
    return deals


@pytest.fixture(scope="module")
def stored(make_database: Callable[[str], str], applications: pd.DataFrame) -> Iterator[Database]:
    """The applications as leads, with their won deals, in a database of their own."""
    database = Database(make_database("loans"))
    database.write(lambda session: _store(session, applications))
    yield database
    database.close()


@pytest.fixture
def session(stored: Database) -> Iterator[Session]:
    """A reading session on the stored applications."""
    with stored.reading() as session:
        yield session


def _store(session: Session, applications: pd.DataFrame) -> None:
    builders.organisation(session, currency="EUR")
    team = builders.team(session, name="Loans")
    owners = {
        number: builders.person(session, on=team, name=f"Owner {number:.0f}").id for number in applications["owner_agent_id"].unique()
    }
    records = applications.to_dict("records")
    session.execute(insert(Lead), [_lead(record, owners) for record in records])
    leads = {lead.external_id: lead.id for lead in session.scalars(select(Lead))}
    session.execute(insert(Deal), [_sale(record, owners, leads) for record in records if record["won"]])


def _lead(record: dict[Any, Any], owners: dict[float, int | None]) -> dict[str, Any]:
    contacted = None if pd.isna(record["contacted_at"]) else record["contacted_at"].tz_localize(UTC)
    return {
        "agent_id": owners[record["owner_agent_id"]],
        "name": f"Application {record['deal_id']}",
        "source": record["source"],
        "status": "converted" if record["won"] else "contacted" if contacted else "new",
        "assigned_at": record["created_at"].tz_localize(UTC),
        "assigned_on": record["created_at"].date(),
        "contacted_at": contacted,
        "contacted_on": contacted.date() if contacted else None,
        "response_seconds": None if pd.isna(record["wait"]) else int(record["wait"]),
        "converted_on": record["closed_at"].date() if record["won"] else None,
        "external_id": str(record["deal_id"]),
        "origin": "bank",
    }


def _sale(record: dict[Any, Any], owners: dict[float, int | None], leads: dict[str | None, int | None]) -> dict[str, Any]:
    return {
        "agent_id": owners[record["owner_agent_id"]],
        "lead_id": leads[str(record["deal_id"])],
        "name": f"Loan {record['deal_id']}",
        "status": "won",
        "closed_on": record["closed_at"].date(),
        "amount_minor": int(record["value"]) * 100,
    }


def within(frame: pd.DataFrame, column: str, period: Period) -> pd.DataFrame:
    return frame[(frame[column] >= pd.Timestamp(period.start)) & (frame[column] < pd.Timestamp(period.end))]


def mine(frame: pd.DataFrame, number: float) -> pd.DataFrame:
    return frame[frame["owner_agent_id"] == number]


def person(session: Session, number: float) -> access.Viewer:
    person_id = session.scalars(select(col(Person.id)).where(col(Person.name) == f"Owner {number:.0f}")).one()
    assert person_id is not None
    return access.viewer(session, person_id)


def test_every_agents_quarter_equals_pandas(session: Session, applications: pd.DataFrame) -> None:
    for number in applications["owner_agent_id"].unique():
        viewer, own = person(session, number), mine(applications, number)
        assigned, contacted = within(own, "created_at", QUARTER), within(own, "contacted_at", QUARTER)
        sold = within(own[own["won"]], "closed_at", QUARTER)

        found = agent_kpis(session, viewer, viewer.person_id, QUARTER, LATER)

        values = {key: reading.value for key, reading in found.readings.items()}
        assert values["leads_assigned"] == len(assigned)
        assert values["conversions"] == len(sold)
        assert values["revenue"] == 100 * sold["value"].sum()
        assert values["conversion_rate"] == (pytest.approx(assigned["won"].mean()) if len(assigned) else None)
        assert values["median_response_time"] == (pytest.approx(contacted["wait"].median() / HOUR) if len(contacted) else None)
        assert values["response_time"] == (pytest.approx(contacted["wait"].mean() / HOUR) if len(contacted) else None)


def test_sources_of_the_busiest_agent_equal_pandas(session: Session, applications: pd.DataFrame) -> None:
    number = applications["owner_agent_id"].mode()[0]
    viewer, own = person(session, number), mine(applications, number)
    assigned = within(own, "created_at", QUARTER).groupby("source")["won"].agg(["count", "sum"])
    sold = within(own[own["won"]], "closed_at", QUARTER).groupby("source")["value"].sum()

    rows = {row.source: row for row in lead_sources(session, viewer, own_selection(viewer, QUARTER))}

    assert set(rows) == set(assigned.index) | set(sold.index)
    for source, row in rows.items():
        assert (row.leads, row.conversion.part) == tuple(assigned.loc[source])
        assert row.revenue_minor == 100 * sold.get(source, 0)


def test_revenue_by_day_week_and_month_equals_pandas(session: Session, applications: pd.DataFrame) -> None:
    number = applications["owner_agent_id"].mode()[0]
    viewer, own = person(session, number), mine(applications, number)
    sold = own[own["won"]].set_index("closed_at")["value"]
    for grain, rule in ((Grain.DAY, "D"), (Grain.WEEK, "W-SUN"), (Grain.MONTH, "ME")):
        found = revenue_trend(session, viewer, own_selection(viewer, MONTH), grain, LATER)
        by_unit = sold[(sold.index >= pd.Timestamp(MONTH.start)) & (sold.index < pd.Timestamp(MONTH.end))].resample(rule).sum()
        assert sum(point.value or 0 for point in found.points) == 100 * by_unit.sum()
        assert max(point.value or 0 for point in found.points) == 100 * by_unit.max()


def test_the_rolling_week_of_waits_equals_pandas(session: Session, applications: pd.DataFrame) -> None:
    number = applications["owner_agent_id"].mode()[0]
    viewer, own = person(session, number), mine(applications, number)
    last = MONTH.end - timedelta(days=1)
    week = within(own, "contacted_at", Period(last - timedelta(days=6), MONTH.end))["wait"].mean() / HOUR

    found = rolling_response(session, viewer, own_selection(viewer, MONTH), LATER)

    assert found[-1].week.value == pytest.approx(week)


def own_selection(viewer: access.Viewer, period: Period) -> Selection:
    return Selection(period=period, agent_ids=frozenset({viewer.person_id}))
