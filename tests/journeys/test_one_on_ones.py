"""A 1:1 in a browser: the manager writes, the agent reads the same words on a phone, and nobody is kept out by how it looks."""

from playwright.sync_api import Browser, expect

from domain.records import Role
from tests.journeys.axe import severe_violations
from tests.journeys.live import LiveApp
from tests.journeys.screens import Look, Tab, tab_of

NOTE = "Mornings go well; she wants the north."


def opened(tab: Tab, button: str) -> None:
    tab.open("one_on_ones")
    tab.page.get_by_role("button", name=button).first.click()
    expect(tab.page.get_by_role("heading", name="Agenda and notes")).to_be_visible()
    tab.settle()


def test_what_a_manager_writes_the_agent_reads(demo_app: LiveApp, browser: Browser) -> None:
    with tab_of(Role.MANAGER, demo_app, browser) as tab:
        opened(tab, "Go on preparing")
        tab.page.get_by_role("textbox", name="Notes").fill(NOTE)
        tab.page.get_by_role("button", name="Save").click()
        expect(tab.page.get_by_text("Saved. You both read it now.")).to_be_visible()
        tab.settle()
        assert (severe_violations(tab.page), tab.faults(), tab.scrolls_sideways()) == ([], [], False)
    with tab_of(Role.AGENT, demo_app, browser, Look.PHONE_DARK) as tab:
        opened(tab, "Read and add your topics")
        expect(tab.page.get_by_text(NOTE)).to_be_visible()
        assert (severe_violations(tab.page), tab.faults(), tab.scrolls_sideways()) == ([], [], False)
