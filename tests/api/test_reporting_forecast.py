"""The forecast over the API: what the screen says, of those the caller looks after and of nobody else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Deal
from domain.records import DealStatus
from tests import builders
from tests.api.conftest import By

DAYS = 70


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North sold something on each of the last seventy days, Sven of South twice as much."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, country=builders.NO_HOLIDAYS)
        north, south = builders.team(session), builders.team(session)
        nora, sven = builders.person(session, on=north), builders.person(session, on=south)
        session.add_all(_sale(agent.id, back) for agent, a_day in ((nora, 1), (sven, 2)) for back in range(DAYS) for _ in range(a_day))
        return SimpleNamespace(nora=nora, sven=sven, mia=builders.manager(session, of=north), north=north)

    return api_database.write(build)


def _sale(agent_id: int | None, back: int) -> Deal:
    day = clock.now().date() - timedelta(days=back)
    return Deal(name="Sale", agent_id=agent_id, status=DealStatus.WON, created_on=day, closed_on=day, amount_minor=100_000)


def test_an_agent_gets_their_own_and_a_manager_their_teams(by: By, house: SimpleNamespace) -> None:
    own = by("nora", "GET", "/v1/reporting/forecast?metric=deals_won&period=quarter").json()
    team = by("mia", "GET", f"/v1/reporting/forecast?metric=deals_won&period=quarter&team={house.north.id}").json()
    assert own == team
    assert own["people"] == 1
    assert own["so_far"] <= own["forecast"]["low"] <= own["forecast"]["expected"] <= own["forecast"]["high"]
    everybody = by("program", "GET", "/v1/reporting/forecast?metric=deals_won&period=quarter").json()
    assert (everybody["people"], everybody["so_far"]) == (2, 3 * own["so_far"])


def test_it_is_told_in_words_and_with_its_back_test(by: By, house: SimpleNamespace) -> None:
    found = by("nora", "GET", f"/v1/reporting/forecast?metric=revenue&period=week&agent={house.nora.id}").json()
    assert (found["metric"], found["unit"], found["currency"], found["silence"]) == ("revenue", "money", "USD", None)
    assert "ends at about $" in found["sentences"][0]
    assert found["back_test"]["periods"] == len(found["back_test"]["tried"]) >= 1


@pytest.mark.usefixtures("house")
def test_a_mean_is_refused_with_the_nearest_figure(by: By) -> None:
    answer = by("nora", "GET", "/v1/reporting/forecast?metric=deal_value")
    assert answer.status_code == 422
    assert "Did you mean “deals_won”?" in answer.text
