"""A month of a real bank's calls and tasks, fed in as its dialer would, against pandas on the file itself."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data import rollups
from data.engine import Database
from data.models import Activity, daily_metrics
from tests import builders
from tests.api.conftest import Ask, Issue, bearing

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "loan_applications_2012"
AMSTERDAM = "Europe/Amsterdam"
BATCH = 1000
LONGEST_SECONDS = 24 * 60 * 60
"""Work items that were left open for days have no duration worth telling, and the API refuses it."""
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the public process log is not beside this checkout")


@pytest.fixture(scope="module")
def october() -> pd.DataFrame:
    """What people, not the system, did in the month in which the clocks change."""
    log = pd.read_csv(FOLDER / "activities.csv.gz", dtype={"agent_id": "string"}, parse_dates=["started_at"])
    log = log[(log["agent_id"].notna()) & (log["agent_id"] != "112") & (log["started_at"] < "2011-11-01")].copy()
    log["at"] = log["started_at"].dt.tz_localize(AMSTERDAM, ambiguous=True, nonexistent="shift_forward")
    return log


def reported(row: Any) -> dict[str, object]:
    return {
        "agent_external_id": row.agent_id,
        "type": row.type,
        "direction": "outbound" if row.direction == "outbound" else None,
        "duration_seconds": round(row.duration_s) if row.duration_s <= LONGEST_SECONDS else None,
        "occurred_at": row.at.isoformat(),
        "origin": "bank",
        "external_id": str(row.activity_id),
    }


def test_a_month_told_twice_counts_once_and_as_in_pandas(ask: Ask, issue: Issue, api_database: Database, october: pd.DataFrame) -> None:
    def house(session: Session) -> dict[int, str]:
        builders.organisation(session)
        names = sorted(october["agent_id"].unique())
        return {builders.person(session, external_id=name, time_zone=AMSTERDAM).id: name for name in names}

    names = api_database.write(house)
    headers = bearing(issue())
    items = [reported(row) for row in october.itertuples()]
    for result in ("created", "unchanged"):
        for start in range(0, len(items), BATCH):
            batch = items[start : start + BATCH]
            answer = ask("POST", "/v1/activities/batch", headers=headers, json={"activities": batch})
            assert (answer.status_code, answer.json().get(result)) == (200, len(batch)), answer.text[:300]

    with api_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Activity)) == len(october)
        rows = session.execute(select(daily_metrics.c.agent_id, daily_metrics.c.day, daily_metrics.c.calls, daily_metrics.c.activities))
        counted = {(names[row.agent_id], row.day): (row.calls, row.activities) for row in rows}
        assert rollups.drift(session.connection()) == []
    by_day = october.groupby(["agent_id", october["started_at"].dt.date])["type"]
    expected = {key: (int((types == "call").sum()), len(types)) for key, types in by_day}
    assert counted == expected
