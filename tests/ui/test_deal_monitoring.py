"""The Monitoring card of the Deals screen: what it teaches, starting, changing and stopping, and for whom it is there."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

import clock
from data.engine import Database
from data.models import DealMonitoring
from domain.records import Role
from services import monitoring_runs, review_requests
from tests import builders
from tests.ui.visits import Open, visit


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    """Nora's deal, her manager Mia and Ann, who administers; another team stands beside."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, country=builders.NO_HOLIDAYS)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora = builders.person(session, on=north, name="Nora")
        builders.deal(session, nora, name="Roof")
        mia, ann = builders.manager(session, of=north, name="Mia"), builders.person(session, role=Role.ADMIN, name="Ann", password_hash="x")
        return SimpleNamespace(nora=nora, mia=mia, ann=ann, north=north, south=south)

    return live_database.write(build)


def texts(at: Any) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def running(database: Database) -> list[tuple[int | None, int]]:
    with database.reading() as session:
        rows = session.scalars(select(DealMonitoring).where(col(DealMonitoring.stopped_at).is_(None)))
        return [(row.team_id, row.interval_hours) for row in rows]


def test_an_admin_starts_follows_changes_and_stops_it(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.ann, "deals")
    assert "Nobody's deals are monitored. Start it" in texts(at)
    assert at.selectbox(key="deals-monitoring-whose").options == ["Everybody", "North", "South"]
    at.button(key="deals-monitoring-start").click().run()
    assert not at.exception
    assert running(live_database) == [(None, 24)]
    assert "**Everybody**, every 24 hours" in texts(at)
    assert "by Ann. The first run begins within seconds." in texts(at)

    monitoring_runs.monitor(live_database, clock.now, lambda: False)
    assert "0 of 1 reviewed." in texts(visit(app, house.ann, "deals"))
    review_requests.review_waiting(live_database, clock.now, lambda: False)
    monitoring_runs.monitor(live_database, clock.now, lambda: False)
    at = visit(app, house.ann, "deals")
    assert "1 deal, 0 high, 0 medium, 1 low; 2 people had news. Next run: " in texts(at)

    at.number_input(key="deals-monitoring-hours-0").set_value(1)
    at.button(key="deals-monitoring-start").click().run()
    assert running(live_database) == [(None, 1)]
    assert "**Everybody**, every hour" in texts(at)
    at.button(key="deals-monitoring-stop").click().run()
    assert not at.exception
    assert running(live_database) == []


def test_a_manager_has_the_own_team_and_an_agent_no_card(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.mia, "deals")
    assert at.selectbox(key="deals-monitoring-whose").options == ["North"]
    at.button(key="deals-monitoring-start").click().run()
    assert not at.exception
    assert running(live_database) == [(house.north.id, 24)]
    assert "Monitoring" not in [header.value for header in visit(app, house.nora, "deals").header]
