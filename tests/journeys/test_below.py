"""What lies below the first screenful comes whatever becomes of the first word for it."""

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser


def test_the_rest_of_a_screen_is_asked_for_again_where_nothing_came_of_it(live_app: LiveApp, page: Page) -> None:
    agent = live_app.person(name="Ada Agent", on=live_app.database.write(builders.team))
    page.add_init_script("window.requestIdleCallback = () => 0; window.cancelIdleCallback = () => {};")
    sign_in(page, live_app, agent, at="/daily")
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_visible()
    expect(page.locator(".st-key-below iframe, .st-key-below [data-testid=stBidiComponentIsolated]")).to_have_count(0)
