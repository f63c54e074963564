"""An open Goals screen: it moves with the facts, and what two people change at the same time is not lost."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

import clock
from data.models import Goal, Person
from domain.goals.entry import goal_days
from domain.records import DealStatus, GoalPeriod
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp
from tests.journeys.screens import settle

pytestmark = pytest.mark.browser


@pytest.fixture
def agent(live_app: LiveApp) -> Person:
    return live_app.person(name="Ada Agent", on=live_app.database.write(builders.team))


@pytest.fixture
def goal(live_app: LiveApp, agent: Person) -> Goal:
    days = goal_days(GoalPeriod.MONTHLY, clock.now().date())
    fields = {"metric_key": "revenue", "target": 1000, "starts_on": days.start, "ends_on": days.end}
    return live_app.database.write(lambda session: builders.goal(session, agent, **fields))


def opened(page: Page, app: LiveApp, agent: Person) -> None:
    """The screen, listening for news."""
    sign_in(page, app, agent, at="/goals")
    settle(page)
    page.wait_for_timeout(1200)


def test_a_sale_moves_an_open_goal(live_app: LiveApp, page: Page, agent: Person, goal: Goal) -> None:
    del goal
    opened(page, live_app, agent)
    expect(page.get_by_text("At risk").or_(page.get_by_text("Too early"))).to_be_visible()
    sold = {"status": DealStatus.WON, "amount_minor": 100_000, "closed_on": clock.now().date()}
    live_app.database.write(lambda session: builders.deal(session, agent, **sold))
    expect(page.get_by_text("Reached")).to_be_visible(timeout=5000)
    expect(page.get_by_text("Everything more is on top")).to_be_visible()
    expect(page.get_by_text("chance to reach it")).to_have_count(0)


def test_what_somebody_else_changed_meanwhile_is_told_and_kept(live_app: LiveApp, page: Page, agent: Person, goal: Goal) -> None:
    opened(page, live_app, agent)
    page.get_by_role("button", name="Change").click()
    page.get_by_text("Change it").click()
    figure = page.get_by_role("dialog").get_by_role("spinbutton")
    expect(figure).to_have_value("1000.00")
    live_app.database.write(lambda session: session.execute(update(Goal).where(Goal.id == goal.id).values(target=2000, version=2)))
    figure.fill("3000")
    figure.press("Tab")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog").get_by_text("Somebody changed this goal meanwhile")).to_be_visible()
    with live_app.database.reading() as session:
        assert session.scalars(select(Goal.target)).all() == [2000]
