"""A screen that is not switched on for somebody is neither in their menu nor anywhere else, and admins say who has it."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import FeatureFlag
from domain.features import Feature, FlagRule
from domain.records import Role
from services import access
from tests import builders
from tests.ui.visits import Open, visit
from ui.pages import pages_of


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session, name="North")
        ann = builders.person(session, name="Ann", role=Role.ADMIN)
        return SimpleNamespace(mia=builders.manager(session, of=team), ann=ann, north=team.id)

    return live_database.write(build)


def keep(database: Database, feature: Feature, rule: FlagRule) -> None:
    def work(session: Session) -> None:
        session.add(FeatureFlag(feature=feature, share=rule.share, roles=sorted(rule.roles), team_ids=[], changed_at=builders.NOON))

    database.write(work)


def test_a_screen_that_is_off_is_neither_in_the_menu_nor_reachable(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    for feature in (Feature.PIPELINE, Feature.ALERTS):
        keep(live_database, feature, FlagRule(roles=frozenset({Role.ADMIN})))
    with live_database.reading() as session:
        mia, ann = access.viewer(session, house.mia.id), access.viewer(session, house.ann.id)
    assert {page.key for page in pages_of(ann)} - {page.key for page in pages_of(mia)} >= {"pipeline", "alerts"}
    at = app(house.mia).run()
    for page in ("pipeline", "alerts"):
        with pytest.raises(ValueError, match=page):
            at.switch_page(f"../pages/{page}.py").run()
    visit(app, house.ann, "pipeline")


def test_the_overview_has_a_forecast_only_for_who_has_it(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    live_database.write(lambda session: builders.activity(session, house.mia, at=clock.now()))
    assert "Forecast" in headings(visit(app, house.mia, "overview"))
    keep(live_database, Feature.FORECAST, FlagRule(roles=frozenset({Role.ADMIN})))
    assert "Forecast" not in headings(visit(app, house.mia, "overview"))


def headings(at: AppTest) -> list[str]:
    return [each.value for each in at.header]


def test_an_admin_says_on_settings_who_has_a_screen_and_then_everybody(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = visit(app, house.ann, "settings")
    at.multiselect(key="feature-teams-forecast").set_value([house.north])
    at.button(key="feature-save-forecast").click().run()
    with live_database.reading() as session:
        assert [(flag.feature, flag.team_ids) for flag in session.scalars(select(FeatureFlag))] == [(Feature.FORECAST, [house.north])]
    assert any("Team North" in each.value for each in at.markdown)
    at.button(key="feature-all-forecast").click().run()
    with live_database.reading() as session:
        assert session.scalars(select(FeatureFlag)).all() == []
