"""Stages through the API: in order, as the administrator arranged them."""

from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from domain.pipeline.stages import Meaning
from domain.records import Profile, Role
from services import pipeline_stages
from services.access import viewer
from services.pipeline_stages import stage_details
from tests import builders
from tests.api.conftest import By
from tests.builders import NOON


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of the list-out team; the administrator renamed a stage, retired another and weighed a third."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session, profile=Profile.BDR)
        admin = builders.person(session, role=Role.ADMIN, password_hash="x")

        def arrange(key: str, name: str, meaning: Meaning, place: int, **said: object) -> None:
            details = stage_details(name=name, meaning=meaning, place=place, **said)
            pipeline_stages.change(session, viewer(session, admin.id), Profile.BDR, key, details, NOON)

        arrange("CALL_BOOKED", "Discovery booked", Meaning.CALL_BOOKED, 2, chance=0.2)
        arrange("FREE_QA_OFFERED", "Free Q&A", Meaning.NURTURED, 4, is_used=False)
        return SimpleNamespace(nora=builders.person(session, on=team, name="Nora"))

    return api_database.write(build)


def test_stages_come_in_order_with_the_companys_names_and_what_they_mean(by: By, house: SimpleNamespace) -> None:
    del house
    told = by("nora", "GET", "/v1/pipelines").json()["items"]

    stages = next(each["stages"] for each in told if each["profile"] == "bdr")
    assert [each["key"] for each in stages][:2] == ["LEAD", "CALL_BOOKED"]
    assert stages[1] == {"key": "CALL_BOOKED", "name": "Discovery booked", "meaning": "call_booked", "is_used": True, "chance": 0.2}
    assert [each["key"] for each in stages if not each["is_used"]] == ["FREE_QA_OFFERED"]
    assert {each["profile"] for each in told} == set(Profile)
