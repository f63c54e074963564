"""Monitoring of deals through the API: the seed's three calls, for everybody and for a team, and who may not."""

from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from domain.records import Role
from services import monitoring_runs, review_requests
from tests import builders
from tests.api.conftest import By


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora's deal, her manager Mia, Max of another team and Ann, who administers."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora = builders.person(session, on=north, name="Nora")
        builders.deal(session, nora, name="Roof")
        mia, max_ = builders.manager(session, of=north, name="Mia"), builders.manager(session, of=south, name="Max")
        ann = builders.person(session, role=Role.ADMIN, name="Ann", password_hash="x")
        return SimpleNamespace(nora=nora, mia=mia, max=max_, ann=ann, north=north, south=south)

    return api_database.write(build)


def test_it_is_started_seen_running_and_stopped_as_the_seed_says(by: By, house: SimpleNamespace, api_database: Database) -> None:
    assert house.ann
    before = by("ann", "GET", "/v1/monitoring/status").json()
    assert (before["is_running"], before["schedules"]) == (False, [])
    assert by("ann", "POST", "/v1/monitoring/start?interval_hours=24").json() == {
        "status": "started",
        "interval_hours": 24,
        "message": "Deal monitoring started with 24h interval",
    }

    monitoring_runs.monitor(api_database, clock.now, lambda: False)
    (under_way,) = by("ann", "GET", "/v1/monitoring/status").json()["schedules"]
    assert (under_way["last"]["looked"], under_way["last"]["reviews"], under_way["last"]["finished_at"]) == (0, 1, None)
    review_requests.review_waiting(api_database, clock.now, lambda: False)
    monitoring_runs.monitor(api_database, clock.now, lambda: False)

    shown = by("ann", "GET", "/v1/monitoring/status").json()
    (schedule,) = shown["schedules"]
    assert shown["is_running"] is True
    assert (schedule["team"], schedule["interval_hours"], schedule["started_by"]) == (None, 24, "Ann")
    assert (schedule["last"]["deals"], schedule["last"]["looked"], schedule["last"]["told"]) == (1, 1, 2)

    assert by("ann", "POST", "/v1/monitoring/stop").json() == {"status": "stopped", "message": "Deal monitoring stopped"}
    assert by("ann", "POST", "/v1/monitoring/stop").json() == {"status": "stopped", "message": "Deal monitoring was not running"}
    assert by("ann", "GET", "/v1/monitoring/status").json()["is_running"] is False


def test_a_manager_has_the_own_team_monitored(by: By, house: SimpleNamespace) -> None:
    assert by("mia", "POST", f"/v1/monitoring/start?interval_hours=6&team={house.north.id}").status_code == 200
    (seen,) = by("mia", "GET", "/v1/monitoring/status").json()["schedules"]
    assert (seen["team"], seen["interval_hours"]) == ("North", 6)
    assert by("max", "GET", "/v1/monitoring/status").json()["schedules"] == []
    assert by("max", "POST", f"/v1/monitoring/stop?team={house.north.id}").status_code == 404
    assert by("mia", "POST", "/v1/monitoring/start").status_code == 403
    assert by("nora", "GET", "/v1/monitoring/status").status_code == 403


@pytest.mark.parametrize(("hours", "status"), [("0", 422), ("1", 200), ("168", 200), ("169", 422), ("1.5", 422), ("a", 422)])
def test_the_interval_is_an_hour_to_a_week(by: By, house: SimpleNamespace, hours: str, status: int) -> None:
    assert house.ann
    answer = by("ann", "POST", f"/v1/monitoring/start?interval_hours={hours}")
    assert answer.status_code == status
    if hours in {"0", "169"}:
        assert "from 1 to 168 hours" in answer.text
