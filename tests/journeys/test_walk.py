"""Every screen of every role opens: without an error in the browser or on the server, and fits a desk and a phone."""

import re

import pytest

from domain.records import Role
from tests.journeys.live import LiveApp
from tests.journeys.screens import Look, Visits

pytestmark = pytest.mark.browser
TROUBLE = re.compile(r"^.*(?:Traceback|ERROR|CRITICAL|Exception).*$", re.MULTILINE)


@pytest.mark.parametrize("look", [Look.DESK_LIGHT, Look.PHONE_DARK], ids=lambda look: look.name.lower())
@pytest.mark.parametrize("role", Role)
def test_every_screen_opens_without_an_error_and_fits_the_window(role: Role, look: Look, visits: Visits, demo_app: LiveApp) -> None:
    found = visits(role, look)

    assert {key: seen.faults for key, seen in found.items() if seen.faults} == {}
    assert [key for key, seen in found.items() if seen.scrolls_sideways] == []
    assert TROUBLE.findall(demo_app.log.read_text(encoding="utf-8")) == []
