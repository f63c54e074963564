"""The chance of a deal beside its facts: for who looks after the deal, with reasons where it is told and a reason where not."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person
from domain.records import DealStatus, Role
from services import win_learning
from tests import builders
from tests.api.conftest import Ask, By
from tests.services import win_world

DAY = timedelta(days=1)


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """A company whose worked on deals are won; Nora left one alone, and closed another."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
        today = clock.now().date()
        win_world.write(session, sven, today)
        win_learning.learn(session, today - DAY, clock.now())
        known = {"pipeline": win_world.PIPELINE, "created_on": today - 18 * DAY}
        return SimpleNamespace(
            nora=nora,
            sven=sven,
            manager=builders.manager(session, of=south),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
            deal=builders.deal(session, nora, name="Barn", stage="Offer", **known),
            young=builders.deal(session, nora, name="Shed", pipeline=win_world.PIPELINE, stage="Offer", created_on=today),
            closed=builders.deal(session, nora, stage="Won", status=DealStatus.WON, closed_on=today, **known),
        )

    return api_database.write(build)


def test_a_chance_comes_with_its_reasons_and_only_to_who_looks_after_the_deal(by: By, house: SimpleNamespace) -> None:
    said = by("nora", "GET", f"/v1/deals/{house.deal.id}/facts").json()["chance"]
    assert 0 < said["chance"] < said["usual_share"] < 1
    assert (said["likelihood"], said["horizon_days"], said["lack"]) == ("low", 30, None)
    worst = said["speaks_against"][0]
    assert worst["log_odds"] < 0
    assert {"fact": "quiet_days", "words": "Nothing was ever done for it"} in [
        {name: each[name] for name in ("fact", "words")} for each in said["speaks_against"]
    ]
    assert 0 < said["stage_rate"]["low_share"] < said["stage_rate"]["high_share"] < 1
    assert by("manager", "GET", f"/v1/deals/{house.deal.id}/facts").status_code == 404


def test_a_list_of_deals_tells_how_likely_each_is_or_why_that_is_not_told(by: By, house: SimpleNamespace) -> None:
    found = {each["deal_id"]: each["chance"] for each in by("nora", "GET", "/v1/deals/at-risk").json()["items"]}
    facts = by("nora", "GET", f"/v1/deals/{house.deal.id}/facts").json()["chance"]
    assert found[house.deal.id] == {name: facts[name] for name in ("chance", "likelihood", "horizon_days", "lack")}
    assert 0.01 <= found[house.deal.id]["chance"] <= 0.99
    assert (found[house.young.id]["chance"], found[house.young.id]["lack"]) == (None, "too_young")


def test_the_download_of_deals_has_chances_and_why_there_is_none(
    ask: Ask, cookie_of: Callable[[Person], dict[str, str]], house: SimpleNamespace
) -> None:
    answer = ask("GET", "/export/deals.csv?stage=Offer", cookies=cookie_of(house.nora))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    mine = {row["Deal"]: row for row in rows if row["Agent"] == "Nora"}
    told, young = mine[house.deal.name], mine[house.young.name]
    assert 0.01 <= float(told["Chance"]) <= 0.99
    assert (told["Chance within (days)"], told["Why no chance"]) == ("30", "")
    assert (young["Chance"], young["Chance within (days)"], young["Why no chance"][:10]) == ("", "", "Too early:")
    assert "Sven" not in answer.text
    assert "stage: Offer" in answer.text


def test_a_young_deal_is_too_early_and_a_closed_one_has_no_chance_any_more(by: By, house: SimpleNamespace) -> None:
    young = by("nora", "GET", f"/v1/deals/{house.young.id}/facts").json()["chance"]
    assert (young["chance"], young["lack"]) == (None, "too_young")
    assert by("nora", "GET", f"/v1/deals/{house.closed.id}/facts").json()["chance"] is None
