"""axe finds nothing serious or critical on any screen, light or dark, wide or narrow, that is ours."""

import pytest
from playwright.sync_api import Page

from domain.records import Role
from tests.journeys.axe import severe_violations
from tests.journeys.live import LiveApp
from tests.journeys.screens import Look, Visits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", [Look.DESK_LIGHT, Look.PHONE_DARK], ids=lambda look: look.name.lower())
@pytest.mark.parametrize("role", Role)
def test_no_screen_keeps_anybody_out(role: Role, look: Look, visits: Visits) -> None:
    found = {key: seen.violations for key, seen in visits(role, look).items()}

    assert {key: violations for key, violations in found.items() if violations} == {}


def test_the_sign_in_screen_keeps_nobody_out(demo_app: LiveApp, page: Page) -> None:
    page.goto(demo_app.url)
    page.get_by_label("E-mail").wait_for()

    assert severe_violations(page) == []
