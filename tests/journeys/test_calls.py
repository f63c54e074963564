"""A call recorded with the browser's own microphone, under the headers the product really sends, and heard again."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

import clock
from data.models import Person, Recording, RecordingConsent
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser
PLAYED = "async (player) => { player.muted = true; await player.play(); return player.duration; }"


@pytest.fixture
def agent(live_app: LiveApp) -> Person:
    live_app.database.write(lambda session: session.add(RecordingConsent(jurisdiction="US", basis="announced", set_at=clock.now())))
    return live_app.person(name="Ada Agent", on=live_app.database.write(builders.team))


def test_a_call_is_timed_recorded_saved_and_heard(live_app: LiveApp, page: Page, agent: Person) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    sign_in(page, live_app, agent, at="/daily")

    page.get_by_role("button", name="Start call", exact=True).click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"0\d:\d[1-9]"))
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Stop recording").click(delay=1500)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Stop and save").click()

    page.locator('[class*="st-key-day-recording"]').get_by_role("button").click()
    player = page.get_by_role("dialog").locator("audio")
    expect(player).to_be_visible()
    assert 0 < player.evaluate(PLAYED) < 30
    with live_app.database.reading() as session:
        stored = session.scalars(select(Recording)).one()
    assert (stored.media_type, stored.agent_id) == ("audio/wav", agent.id)
    assert [each for each in complaints if "Content Security Policy" in each or "permissions policy" in each.lower()] == []


def test_saving_while_the_recorder_runs_keeps_what_it_has_recorded(live_app: LiveApp, page: Page, agent: Person) -> None:
    sign_in(page, live_app, agent, at="/daily")
    page.get_by_role("button", name="Start call", exact=True).click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Stop and save").click()
    expect(page.locator('[class*="st-key-day-recording"]')).to_be_visible()
    with live_app.database.reading() as session:
        stored = session.scalars(select(Recording)).one()
    assert (stored.agent_id, stored.media_type) == (agent.id, "audio/wav")
