"""Reviews of deals through the API: asked for, worked off by the jobs process, followed, read, and told to the agent."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Notification
from domain.records import DealStatus
from services.review_requests import review_waiting
from tests import builders
from tests.api.conftest import By

DAY = timedelta(days=1)


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora's quiet deal and a lost one; her manager Mia."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session)
        nora = builders.person(session, on=team, name="Nora")
        mia = builders.manager(session, of=team)
        now = clock.now()
        old = {"created_on": now.date() - 30 * DAY, "last_activity_at": now - 12 * DAY, "stage": "Offer"}
        deal = builders.deal(session, nora, name="Roof", **old)
        lost = builders.deal(session, nora, name="Lost", status=DealStatus.LOST, closed_on=now.date())
        return SimpleNamespace(nora=nora, mia=mia, deal=deal, lost=lost)

    return api_database.write(build)


def work_off(database: Database) -> int:
    return review_waiting(database, clock.now, lambda: False)


def test_a_manager_has_a_deal_reviewed_and_its_agent_is_told(by: By, house: SimpleNamespace, api_database: Database) -> None:
    queued = by("mia", "POST", f"/v1/deals/{house.deal.id}/analyze?notify=true")
    told = queued.json()
    assert (queued.status_code, told["status"], told["deal_id"], told["notify"]) == (202, "queued", house.deal.id, True)
    assert told["message"] == "Deal analysis queued"
    assert by("mia", "GET", f"/v1/deals/{house.deal.id}/reviews").json() == {"items": []}

    assert work_off(api_database) == 1
    done = by("mia", "GET", f"/v1/deals/analyses/{told['analysis_id']}").json()
    assert (done["status"], done["deals"], done["looked"], done["made"]) == ("done", 1, 1, 1)
    (review,) = by("nora", "GET", f"/v1/deals/{house.deal.id}/reviews").json()["items"]
    assert (review["author"], review["language"], review["priority"]) == ("rules", "en", "medium")
    assert review["red_flags"][0] == "No activity for 12 days."
    assert review["actions"][0]["urgency"] == "urgent"
    with api_database.reading() as session:
        assert [row.person_id for row in session.scalars(select(Notification))] == [house.nora.id]


def test_a_persons_deals_are_reviewed_in_their_clients_language(by: By, house: SimpleNamespace, api_database: Database) -> None:
    queued = by("mia", "POST", f"/v1/managers/{house.nora.id}/analyze-deals?language=ru").json()
    assert (queued["manager_id"], queued["manager_name"], queued["deals"]) == (house.nora.id, "Nora", 1)
    work_off(api_database)
    (review,) = by("mia", "GET", f"/v1/deals/{house.deal.id}/reviews").json()["items"]
    assert review["red_flags"][0] == "Нет активности 12 дней."


def test_a_repeated_request_is_one_and_nothing_to_review_is_done(by: By, house: SimpleNamespace) -> None:
    first, second = (by("nora", "POST", "/v1/deals/analyze-all").json() for _ in range(2))
    assert first["analysis_id"] == second["analysis_id"]
    assert first["message"] == "All deals analysis queued"
    idle = by("mia", "POST", f"/v1/deals/{house.lost.id}/analyze")
    assert (idle.status_code, idle.json()["error"]["code"]) == (409, "deal_closed")


@pytest.mark.parametrize("asked", ["language=xx", "notify=perhaps", "interval=3"])
def test_what_makes_no_sense_is_refused(by: By, house: SimpleNamespace, asked: str) -> None:
    assert by("nora", "POST", f"/v1/deals/{house.deal.id}/analyze?{asked}").status_code == 422
