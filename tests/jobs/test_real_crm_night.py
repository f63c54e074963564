"""A night of jobs over a real CRM export, against pandas on the file itself."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data import rollups
from data.models import Deal, DealSnapshot, Person, TeamRanking
from services import deal_snapshots, rankings, roll_up
from tests import builders

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "crm_sales_opportunities"
LAST_DAY = date(2017, 12, 31)
MONTH = slice("2017-12-01", "2017-12-31")
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the public CRM export is not beside this checkout")


@pytest.fixture(scope="module")
def export() -> pd.DataFrame:
    """The file."""
    return pd.read_csv(FOLDER / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])


@pytest.fixture
def stored(session: Session, export: pd.DataFrame) -> Session:
    """The export's deals, its agents on the team of their manager."""
    builders.organisation(session)
    people = pd.read_csv(FOLDER / "sales_teams.csv")
    teams = {name: builders.team(session, name=name) for name in people["manager"].unique()}
    ids = {row.sales_agent: builders.person(session, on=teams[row.manager], name=row.sales_agent).id for row in people.itertuples()}
    session.execute(insert(Deal), [_deal(row, ids[row.sales_agent]) for row in export.itertuples()])
    return session


def _deal(row: Any, agent_id: int) -> dict[str, Any]:
    is_closed = row.deal_stage in {"Won", "Lost"}
    return {
        "agent_id": agent_id,
        "name": row.opportunity_id,
        "stage": row.deal_stage,
        "status": row.deal_stage.lower() if is_closed else "open",
        "created_on": None if pd.isna(row.engage_date) else row.engage_date.date(),
        "closed_on": row.close_date.date() if is_closed else None,
        "amount_minor": round(row.close_value * 100) if row.deal_stage == "Won" else None,
    }


def test_the_night_finds_nothing_to_correct(stored: Session) -> None:
    told = roll_up.recount(stored, LAST_DAY, seed="night")

    assert (told.corrected_rows, len(told.days)) == (0, 1 + roll_up.TRAILING_DAYS + roll_up.OLDER_DAYS)
    assert rollups.drift(stored.connection()) == []


def test_the_deals_kept_are_those_open_and_those_closed_that_day(stored: Session, export: pd.DataFrame) -> None:
    last_day = export[export["close_date"] == pd.Timestamp(LAST_DAY)]
    expected = Counter(export[export["close_date"].isna()]["deal_stage"]) + Counter(last_day["deal_stage"])

    kept = deal_snapshots.snapshot_deals(stored, LAST_DAY)

    by_stage = stored.execute(select(col(DealSnapshot.stage), func.count().label("deals")).group_by(col(DealSnapshot.stage)))
    assert {row.stage: row.deals for row in by_stage} == dict(expected)
    assert (expected["Engaging"], expected["Prospecting"], kept) == (1589, 500, sum(expected.values()))


def test_places_follow_what_was_won_in_the_month(stored: Session, export: pd.DataFrame) -> None:
    rankings.refresh_rankings(stored, LAST_DAY, datetime(2018, 1, 1, tzinfo=UTC) + timedelta(minutes=40))

    rows = stored.execute(
        select(col(Person.name), col(TeamRanking.team_id), col(TeamRanking.place), col(TeamRanking.score), col(TeamRanking.ranked))
        .join(Person, col(Person.id) == col(TeamRanking.agent_id))
        .where(col(TeamRanking.day) == LAST_DAY)
    ).all()
    december = export[(export["deal_stage"] == "Won")].set_index("close_date").sort_index().loc[MONTH]
    won = december.groupby("sales_agent")["opportunity_id"].count()
    assert len({row.team_id for row in rows}) == 6
    assert {row.name: row.score for row in rows} == {row.name: 5.0 * won.get(row.name, 0) for row in rows}
    for team_id in {row.team_id for row in rows}:
        team = [row for row in rows if row.team_id == team_id]
        assert {row.name: row.place for row in team} == {row.name: 1 + sum(other.score > row.score for other in team) for row in team}
