"""The menu as a newcomer sees it: few entries under headings, whatever the role has."""

import pytest
from playwright.sync_api import Page, expect

from domain.records import Role
from tests.journeys.conftest import LiveApp, sign_in

HEADINGS = """() => [...document.querySelectorAll('[data-testid="stSidebarNavItems"] li')].flatMap(entry => {
    const heading = getComputedStyle(entry, '::before').content;
    return heading === 'none' ? [] : [[heading.replaceAll('"', ''), entry.innerText.split('\\n').pop()]];
})"""
SEEN = {
    Role.AGENT: [["Today", "Daily"], ["Clients", "Leads"], ["Results", "Weekly"], ["A closer look", "What works"], ["You", "Inbox"]],
    Role.ADMIN: [
        ["Today", "Overview"],
        ["Clients", "Leads"],
        ["Results", "Weekly"],
        ["A closer look", "What works"],
        ["Set up", "Imports"],
        ["You", "Inbox"],
    ],
}


@pytest.mark.parametrize("role", SEEN)
def test_each_group_of_the_menu_has_its_heading_once_above_the_first_screen_of_the_role(live_app: LiveApp, page: Page, role: Role) -> None:
    sign_in(page, live_app, live_app.person(role=role), at="/account")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Your account")).to_be_visible()

    assert page.evaluate(HEADINGS) == SEEN[role]
