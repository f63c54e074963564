"""The web process is killed while people work and started again: screens come back by themselves, and nobody has to sign in."""

import asyncio
import math
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from websockets.exceptions import WebSocketException

import clock
from benchmarks.tab import Tab
from data.engine import Database
from data.models import Activity, Person
from services import sessions
from tests import builders
from tests.api.streams import until
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp, running_app
from tests.journeys.screens import settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OTHERS = 4
BACK_SECONDS = 10.0
"""After the server is back; where it was away for longer, a browser's growing pauses between its tries are as long as that."""
CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'


@pytest.fixture
def app(fresh_database: Database, tmp_path: Path) -> Iterator[LiveApp]:
    fresh_database.write(builders.organisation)
    with running_app(fresh_database, tmp_path) as app:
        yield app


@dataclass
class Work:
    """What others do meanwhile: each steps from screen to screen and comes back whenever the connection is lost."""

    app: LiveApp
    people: list[Person]
    over: threading.Event = field(default_factory=threading.Event)
    shown: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    """When each of them was shown a whole screen."""

    async def everybody(self) -> None:
        await asyncio.gather(*(self._somebody(person) for person in self.people))

    async def _somebody(self, person: Person) -> None:
        person_id = person.id or 0
        token = self.app.database.write(lambda session: sessions.open_session(session, person_id=person_id, user_agent="", now=clock.now()))
        while not self.over.is_set():
            try:
                async with Tab.open(self.app.url, {self.app.cookie_name: token}) as tab:
                    await self._in(tab, person_id)
            except (WebSocketException, OSError, TimeoutError):
                await asyncio.sleep(0.5)

    async def _in(self, tab: Tab, person_id: int) -> None:
        while not self.over.is_set():
            run = await tab.visit("account")
            assert (b"Ada" in run.everything, run.complaints) == (True, [])
            self.shown[person_id].append(time.monotonic())
            await asyncio.sleep(1)

    def returns(self, up: float) -> list[float]:
        """How long after that moment each saw something again; infinite where somebody did not yet."""
        return [min((at - up for at in self.shown[each.id or 0] if at > up), default=math.inf) for each in self.people]


@contextmanager
def at_work(app: LiveApp, people: list[Person]) -> Iterator[Work]:
    """They work until the block is over; what went wrong with them is raised then."""
    work = Work(app, people)
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(asyncio.run, work.everybody())
        try:
            yield work
        finally:
            work.over.set()
    done.result()


def test_screens_come_back_by_themselves_and_nobody_signs_in_again(app: LiveApp, page: Page, tmp_path: Path) -> None:
    """X3."""
    team = app.database.write(builders.team)
    agent, *others = (app.person(name=f"Ada {number}", on=team) for number in range(OTHERS + 1))
    sign_in(page, app, agent, at="/daily")
    calls, button = page.locator('[class*="st-key-card-score-calls"]'), page.locator('[class*="st-key-log-call"]').get_by_role("button")
    button.click()
    expect(calls.get_by_role("heading", name="1")).to_be_visible()

    with at_work(app, others) as work:
        until(lambda: len(work.shown) == OTHERS, within=60)
        killed = time.monotonic()
        app.process.kill()
        expect(page.locator(CONNECTED)).to_have_count(0)
        again = tmp_path / "again"
        again.mkdir()
        with running_app(app.database, again, port=urlsplit(app.url).port):
            up = time.monotonic()
            patience = max(BACK_SECONDS, up - killed)
            expect(page.locator(CONNECTED)).to_have_count(1, timeout=patience * 1000)
            until(lambda: max(work.returns(up)) < math.inf, within=patience)
            settle(page)
            button.click()
            expect(calls.get_by_role("heading", name="2")).to_be_visible()
            work.over.set()

    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Activity)) == 2
