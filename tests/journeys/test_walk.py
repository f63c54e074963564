"""Every screen of every role opens: without an error in the browser or on the server, and fits a desk and a phone."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from domain.records import Role
from tests.journeys.conftest import LiveApp
from tests.journeys.screens import DESK, PHONE, Tab, keys_of, tab_of

pytestmark = pytest.mark.browser
SCREENSHOTS = os.environ.get("PACESETTER_SCREENSHOTS")
"""A folder for a picture of every screen; none are taken without it."""
TROUBLE = re.compile(r"^.*(?:Traceback|ERROR|CRITICAL|Exception).*$", re.MULTILINE)


@pytest.mark.parametrize("role", Role)
def test_every_screen_of_a_role_opens_without_an_error_and_fits(role: Role, demo_app: LiveApp, browser: Browser) -> None:
    said_before = len(demo_app.log.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    with tab_of(role, demo_app, browser) as tab:
        for key in keys_of(role):
            found[key] = _look_at(tab, key, role)

    assert {key: faults for key, faults in found.items() if faults} == {}
    assert TROUBLE.findall(demo_app.log.read_text(encoding="utf-8")[said_before:]) == []


def _look_at(tab: Tab, key: str, role: Role) -> list[str]:
    tab.page.set_viewport_size(DESK)
    tab.open(key)
    faults = _at_this_size(tab, f"{role}-{key}-desk")
    tab.page.set_viewport_size(PHONE)
    tab.open(key)
    return faults + _at_this_size(tab, f"{role}-{key}-phone")


def _at_this_size(tab: Tab, name: str) -> list[str]:
    if SCREENSHOTS:
        tab.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")
    return tab.faults() + ([f"{name} scrolls sideways"] if tab.scrolls_sideways() else [])
