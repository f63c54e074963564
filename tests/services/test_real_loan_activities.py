"""Activity analytics over a bank's real calls and tasks, against pandas on the file itself.

The file knows how long a call took and not how it ended; here one of a minute or more reached somebody.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import insert

from data.engine import Database
from data.models import Activity, Person
from domain.activity_analytics.evidence import at_least
from domain.metrics.measures import Ratio
from domain.periods import Period
from domain.records import ActivityType
from services import access
from services.activity_analytics import ActivityAnalytics, activity_analytics
from tests import builders

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "loan_applications_2012"
QUARTER = Period(date(2011, 12, 1), date(2012, 3, 1))
BEFORE = Period(date(2011, 9, 1), date(2011, 12, 1))
LATER = date(2012, 6, 1)
A_MINUTE = 60
BUSIEST = 4

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the public loan applications are not beside this checkout")


@pytest.fixture(scope="module")
def work() -> pd.DataFrame:
    """Calls and tasks of the agents with most calls."""
    rows = pd.read_csv(FOLDER / "activities.csv.gz", parse_dates=["started_at"]).dropna(subset=["agent_id"])
    rows = rows[rows["type"].isin(["call", "task"])].copy()
    rows = rows[rows["agent_id"].isin(rows[rows["type"] == "call"]["agent_id"].value_counts().head(BUSIEST).index)]
    rows["reached"] = rows["duration_s"] >= A_MINUTE
    rows["on"], rows["hour"] = rows["started_at"].dt.date, rows["started_at"].dt.hour
    return rows[(rows["on"] >= BEFORE.start) & (rows["on"] < QUARTER.end)]


@pytest.fixture(scope="module")
def found(make_database: Callable[[str], str], work: pd.DataFrame) -> Iterator[dict[float, ActivityAnalytics]]:
    """Each agent's quarter as they see it themselves."""
    database = Database(make_database("loan_activities"))
    people = database.write(lambda session: (builders.organisation(session), _people(session, work))[1])
    database.write(lambda session: session.execute(insert(Activity), _rows(work, people)))
    with database.reading() as session:
        yield {
            number: activity_analytics(session, access.viewer(session, agent.id or 0), agent.id or 0, QUARTER, LATER)
            for number, agent in people.items()
        }
    database.close()


def _people(session: object, work: pd.DataFrame) -> dict[float, Person]:
    return {number: builders.person(session, name=f"Owner {number:.0f}") for number in work["agent_id"].unique()}  # type: ignore[arg-type]


def _rows(work: pd.DataFrame, people: dict[float, Person]) -> list[dict[str, object]]:
    moments = work["started_at"].dt.tz_localize("UTC").dt.to_pydatetime()
    return [
        {
            "agent_id": people[row.agent_id].id,
            "type": row.type,
            "outcome": None if row.type == "task" else "connected" if row.reached else "no_answer",
            "occurred_at": moment,
            "local_on": row.on,
            "local_hour": row.hour,
            "created_at": moment,
        }
        for row, moment in zip(work.itertuples(), moments, strict=True)
    ]


def within(work: pd.DataFrame, number: float, period: Period, type_: str = "call") -> pd.DataFrame:
    days = (work["on"] >= period.start) & (work["on"] < period.end)
    return work[days & (work["agent_id"] == number) & (work["type"] == type_)]


def test_volumes_and_rates_of_every_agent_equal_pandas(found: dict[float, ActivityAnalytics], work: pd.DataFrame) -> None:
    for number, analytics in found.items():
        by_type = {each.practice.type: each for each in analytics.types}
        calls, before = within(work, number, QUARTER), within(work, number, BEFORE)
        if len(calls):
            assert by_type[ActivityType.CALL].volume == len(calls)
            assert by_type[ActivityType.CALL].success == Ratio(int(calls["reached"].sum()), len(calls))
            assert by_type[ActivityType.CALL].success_before in {None, Ratio(int(before["reached"].sum()), len(before))}
        tasks = within(work, number, QUARTER, "task")
        assert (by_type[ActivityType.TASK].volume if len(tasks) else 0) == len(tasks)


def test_the_best_hour_is_the_one_with_the_least_luck(found: dict[float, ActivityAnalytics], work: pd.DataFrame) -> None:
    looked_at = 0
    for number, analytics in found.items():
        calls = within(work, number, QUARTER)
        hours = calls.groupby("hour").agg(part=("reached", "sum"), whole=("reached", "count"), days=("on", "nunique"))
        hours = hours[(hours["whole"] >= 20) & (hours["days"] >= 4)]
        call = next((each for each in analytics.types if each.practice.type is ActivityType.CALL), None)
        if call is None or hours.empty:
            continue
        looked_at += 1
        one = call.hour.finding.one
        assert call.hour.at in hours.index
        assert (hours.loc[call.hour.at, "part"], hours.loc[call.hour.at, "whole"]) == (one.part, one.whole)  # type: ignore[attr-defined]
        whole = Ratio(int(calls["reached"].sum()), len(calls))
        assert at_least(one, Ratio(whole.part - one.part, whole.whole - one.whole)) <= 1  # type: ignore[arg-type, attr-defined]
    assert looked_at == BUSIEST


def test_weeks_add_up_to_the_quarter(found: dict[float, ActivityAnalytics], work: pd.DataFrame) -> None:
    for number, analytics in found.items():
        weeks = analytics.weeks.get(ActivityType.CALL, ())
        assert sum(week.volume for week in weeks) == len(within(work, number, QUARTER))
