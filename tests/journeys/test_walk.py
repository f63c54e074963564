"""Every screen of every role opens without an error in the browser or on the server, fits a desk and a phone, and keeps nobody out.

axe may find nothing serious or critical that is ours, light or dark, wide or narrow.
"""

import re

import pytest
from playwright.sync_api import Browser

from domain.records import Role
from tests.journeys.live import LiveApp
from tests.journeys.screens import Look, visit

pytestmark = pytest.mark.browser
TROUBLE = re.compile(r"^.*(?:Traceback|ERROR|CRITICAL|Exception).*$", re.MULTILINE)


@pytest.mark.parametrize("look", Look, ids=lambda look: look.name.lower())
@pytest.mark.parametrize("role", Role)
def test_every_screen_opens_fits_the_window_and_keeps_nobody_out(role: Role, look: Look, browser: Browser, demo_app: LiveApp) -> None:
    found = visit(role, look, demo_app, browser)

    assert {key: seen.faults for key, seen in found.items() if seen.faults} == {}
    assert [key for key, seen in found.items() if seen.scrolls_sideways] == []
    assert {key: seen.violations for key, seen in found.items() if seen.violations} == {}
    assert TROUBLE.findall(demo_app.log.read_text(encoding="utf-8")) == []
