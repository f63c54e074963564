"""A real CRM export on the boards, against pandas on the file itself."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Deal, Person
from domain.access import Selection
from domain.metrics.flags import FlagKind
from domain.periods import Grain, Period, containing
from domain.records import Profile, Role
from services import access, deal_facts, deal_warnings
from services.leaderboard import leaderboard
from services.overview import overview
from services.trends import trends
from tests import builders

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "crm_sales_opportunities"
THIRD_QUARTER = containing(date(2017, 7, 1), Grain.QUARTER)
LATER = date(2018, 2, 1)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the public CRM export is not beside this checkout")


@pytest.fixture(scope="module")
def deals() -> pd.DataFrame:
    """The file, with each agent's manager and office."""
    people = pd.read_csv(FOLDER / "sales_teams.csv")
    return pd.read_csv(FOLDER / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"]).merge(people, on="sales_agent", how="left")


@pytest.fixture(scope="module")
def stored(make_database: Callable[[str], str], deals: pd.DataFrame) -> Iterator[Database]:
    """The file in a database of its own; teams are the file's managers, the boss manages the first of them."""
    database = Database(make_database("crm"))
    database.write(lambda session: _store(session, deals))
    yield database
    database.close()


@pytest.fixture
def session(stored: Database) -> Iterator[Session]:
    """A reading session on the stored file."""
    with stored.reading() as session:
        yield session


def _store(session: Session, deals: pd.DataFrame) -> None:
    builders.organisation(session)
    people = pd.read_csv(FOLDER / "sales_teams.csv")
    teams = {name: builders.team(session, name=name, profile=Profile.B2B) for name in sorted(people["manager"].unique())}
    agents = {row.sales_agent: builders.person(session, on=teams[row.manager], name=row.sales_agent) for row in people.itertuples()}
    session.execute(insert(Deal), [_deal(record, agents) for record in deals.to_dict("records")])
    builders.person(session, role=Role.ADMIN, name="Zoe Admin")
    builders.manager(session, of=next(iter(teams.values())), name="Zoe Boss")


def _deal(record: Mapping[Any, Any], agents: Mapping[str, Person]) -> dict[str, Any]:
    status = {"Won": "won", "Lost": "lost"}.get(record["deal_stage"], "open")
    won = status == "won"
    return {
        "agent_id": agents[record["sales_agent"]].id,
        "name": record["opportunity_id"],
        "status": status,
        "closed_on": record["close_date"].date() if status != "open" else None,
        "created_on": None if pd.isna(record["engage_date"]) else record["engage_date"].date(),
        "amount_minor": round(record["close_value"] * 100) if won else None,
    }


def closed(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    return frame[(frame["close_date"] >= pd.Timestamp(period.start)) & (frame["close_date"] < pd.Timestamp(period.end))]


def test_the_whole_export_has_the_published_totals(session: Session, deals: pd.DataFrame) -> None:
    board = overview(session, viewer(session, "Zoe Admin"), Selection(period=Period(date(2016, 1, 1), date(2018, 1, 1))), LATER)
    readings = {each.metric.key: each.now for each in board.readings}
    assert (readings["deals_won"].value, readings["win_rate"].sample) == (4238, 4238 + 2473)
    assert readings["revenue"].value == 10_005_534_00
    assert (len(board.agents), len(deals)) == (35, 8800)


def test_every_agents_quarter_equals_pandas(session: Session, deals: pd.DataFrame) -> None:
    quarter = closed(deals, THIRD_QUARTER)
    won = quarter[quarter["deal_stage"] == "Won"].groupby("sales_agent")["close_value"]
    shares = quarter.groupby("sales_agent")["deal_stage"].apply(lambda stages: (stages == "Won").mean())
    board = leaderboard(session, viewer(session, "Zoe Admin"), Selection(period=THIRD_QUARTER), LATER)
    for row in board.rows:
        assert row.readings["revenue"].value == pytest.approx(100 * won.sum().get(row.name, 0))
        assert row.readings["deals_won"].value == won.count().get(row.name, 0)
        assert (
            row.readings["win_rate"].value == pytest.approx(shares.get(row.name))
            if row.name in shares
            else row.readings["win_rate"].value is None
        )


def test_a_managers_team_changes_as_pandas_says(session: Session, deals: pd.DataFrame) -> None:
    name = deals["manager"].min()
    mine = deals[deals["manager"] == name]
    spring = containing(date(2017, 4, 1), Grain.QUARTER)
    now, before = (closed(mine, period).query("deal_stage == 'Won'")["close_value"].sum() for period in (THIRD_QUARTER, spring))
    board = overview(session, viewer(session, "Zoe Boss"), Selection(period=THIRD_QUARTER), LATER)
    revenue = next(each for each in board.readings if each.metric.key == "revenue")
    assert revenue.change.share == pytest.approx((now - before) / before)
    assert {row.name for row in board.agents} >= set(mine["sales_agent"])
    assert {row.team_name for row in board.agents} == {name}


def test_a_trend_by_month_equals_pandas(session: Session, deals: pd.DataFrame) -> None:
    year = Selection(period=containing(date(2017, 6, 1), Grain.YEAR))
    (found,) = trends(session, viewer(session, "Zoe Admin"), year, ["revenue"], LATER, Grain.MONTH)
    won = deals[deals["deal_stage"] == "Won"]
    by_month = won.groupby(won["close_date"].dt.month)["close_value"].sum()
    assert [point.value for point in found.points] == [100 * by_month.get(month, 0) for month in range(1, 13)]


def test_agents_who_differ_by_luck_alone_are_not_flagged(session: Session, deals: pd.DataFrame) -> None:
    quarters = [containing(date(2017, month, 1), Grain.QUARTER) for month in (1, 4, 7, 10)]
    admin = viewer(session, "Zoe Admin")
    found = [flag for quarter in quarters for flag in overview(session, admin, Selection(period=quarter), LATER).flags]
    assert len(deals["sales_agent"].unique()) == 30
    assert [flag for flag in found if flag.kind is FlagKind.BELOW_PEERS] == []


def test_the_open_deals_facts_equal_pandas(session: Session, deals: pd.DataFrame) -> None:
    boss, at = viewer(session, "Zoe Boss"), datetime(2018, 2, 1, 12, tzinfo=UTC)
    found = {each.name: each for each in deal_facts.open_deals(session, boss, at)}
    still = deals[~deals["deal_stage"].isin(["Won", "Lost"]) & (deals["manager"] == deals["manager"].min())].set_index("opportunity_id")
    ages = (pd.Timestamp("2018-02-01") - still["engage_date"]).dt.days
    assert found.keys() == set(still.index)
    assert {name: each.age_days for name, each in found.items()} == {name: None if pd.isna(age) else int(age) for name, age in ages.items()}
    known = ages.dropna()
    stale = deal_warnings.page(session, boss, deal_warnings.Narrowed(quiet_since=at - timedelta(days=60)), at, offset=0, limit=1)
    assert stale.in_all == (known >= 60).sum() > 0
    assert {each.amount_minor for each in found.values()} == {None}


def viewer(session: Session, name: str) -> access.Viewer:
    person_id = session.scalars(select(col(Person.id)).where(col(Person.name) == name)).one()
    assert person_id is not None
    return access.viewer(session, person_id)
