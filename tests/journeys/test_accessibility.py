"""axe finds nothing serious or critical before anybody has signed in; the other screens are asked on the walk."""

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import severe_violations
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser


def test_the_sign_in_screen_keeps_nobody_out(demo_app: LiveApp, page: Page) -> None:
    page.goto(demo_app.url)
    page.get_by_label("E-mail").wait_for()

    assert severe_violations(page) == []
