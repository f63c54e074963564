"""What is not switched on for somebody is refused by the API as other forbidden things are."""

from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import FeatureFlag
from domain.features import Feature
from domain.records import Role
from tests import builders
from tests.api.conftest import By

GATED = {
    Feature.PIPELINE: ("call-volume", "agreements", "lists-out", "analytics", "agreement-tracking", "pipeline-health"),
    Feature.ALERTS: ("alerts", "alerts/1"),
    Feature.FORECAST: ("forecast",),
}


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session)
        for feature in Feature:
            session.add(FeatureFlag(feature=feature, share=0, roles=[Role.ADMIN.value], team_ids=[], changed_at=builders.NOON))
        return SimpleNamespace(mia=builders.manager(session, of=team), ann=builders.person(session, role=Role.ADMIN))

    return api_database.write(build)


def test_what_is_off_is_forbidden_and_the_rest_is_answered(by: By) -> None:
    for feature, addresses in GATED.items():
        for address in addresses:
            refused = by("mia", "GET", f"/v1/reporting/{address}")
            assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_switched_on"), (feature, address)
            assert by("ann", "GET", f"/v1/reporting/{address}").status_code in {200, 404}
            assert by("program", "GET", f"/v1/reporting/{address}").status_code in {200, 404}
    assert by("mia", "GET", "/v1/reporting/heatmap").status_code == 200
    assert by("mia", "GET", "/export/pipeline.csv").status_code == 404
