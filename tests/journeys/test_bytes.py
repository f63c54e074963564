"""What reaches the browser, byte for byte: whoever is outside the viewer's scope is not in it, whatever the address asks for."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from sqlalchemy.orm import Session

import clock
from benchmarks.tab import Run, Tab
from data.models import Person
from domain.records import Role
from services import sessions
from tests import builders
from tests.journeys.live import LiveApp
from ui.pages import pages_for

pytestmark = pytest.mark.slow
Result = TypeVar("Result")
SHOWN = 300
"""Bytes around a name that should not be there, for the report."""


@pytest.fixture
def house(live_app: LiveApp) -> SimpleNamespace:
    """Two teams with names found nowhere else, and a busy morning for everybody."""

    def found(session: Session) -> SimpleNamespace:
        north, south = builders.team(session, name="Northwind"), builders.team(session, name="Southgate")
        people = SimpleNamespace(
            agent=builders.person(session, name="Norabel", on=north),
            mates=[builders.person(session, name=f"Norimate{number}", on=north) for number in range(6)],
            stranger=builders.person(session, name="Svenolf", on=south),
            manager=builders.manager(session, of=north, name="Mirabelle"),
            other_manager=builders.manager(session, of=south, name="Maximus"),
            south=south,
        )
        for person in (people.agent, *people.mates, people.stranger):
            builders.activity(session, person, at=clock.now(), subject=f"Call of {person.name}")
            builders.lead(session, person, on=clock.now().date(), name=f"Lead of {person.name}")
        return people

    return live_app.database.write(found)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """In a thread of its own, because a browser test before it leaves its event loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as own_thread:
        return own_thread.submit(asyncio.run, work).result()


def cookies(app: LiveApp, person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    token = app.database.write(lambda session: sessions.open_session(session, person_id=person.id or 0, user_agent="test", now=clock.now()))
    return {app.cookie_name: token}


async def every_screen(app: LiveApp, person: Person | None, screens: list[str], query: str) -> dict[str, Run]:
    async with Tab.open(app.url, cookies(app, person)) as tab:
        return {screen: await tab.visit(screen, query) for screen in screens}


def betrayed(runs: dict[str, Run], people: list[Person]) -> list[str]:
    """Where one of these people is named."""
    return [
        f"{screen}: {found[max(0, at - SHOWN) : at + SHOWN]!r}"
        for screen, each in runs.items()
        for person in people
        for found in [each.everything]
        if (at := found.find(person.name.encode())) >= 0 or (at := found.find((person.email or "").encode())) >= 0
    ]


def screens_of(role: Role) -> list[str]:
    return [spec.key for spec in pages_for(role)]


def test_an_agents_screens_name_no_other_agent(live_app: LiveApp, house: SimpleNamespace) -> None:
    query = f"agent={house.stranger.id}&agents={house.stranger.id}&team={house.south.id}"
    for asked in ("", query):
        runs = run(every_screen(live_app, house.agent, screens_of(Role.AGENT), asked))
        assert all(b"Norabel" in each.everything for each in runs.values())
        assert betrayed(runs, [*house.mates, house.stranger, house.other_manager]) == []
        assert [complaint for each in runs.values() for complaint in each.complaints] == []


def test_a_managers_screens_name_nobody_of_another_team(live_app: LiveApp, house: SimpleNamespace) -> None:
    query = f"agent={house.stranger.id}&agents={house.stranger.id}&team={house.south.id}"
    for asked in ("", query):
        runs = run(every_screen(live_app, house.manager, screens_of(Role.MANAGER), asked))
        assert betrayed(runs, [house.stranger, house.other_manager]) == []
    assert b"Norimate3" in run(every_screen(live_app, house.manager, ["overview"], ""))["overview"].everything


def test_a_stranger_is_sent_nobodys_name(live_app: LiveApp, house: SimpleNamespace) -> None:
    runs = run(every_screen(live_app, None, screens_of(Role.ADMIN), f"agent={house.agent.id}"))
    assert betrayed(runs, [house.agent, *house.mates, house.stranger, house.manager]) == []


@pytest.mark.parametrize("forged", ["Svenolf", "{id}"])
def test_an_option_that_was_never_offered_chooses_nothing(live_app: LiveApp, house: SimpleNamespace, forged: str) -> None:
    async def tamper() -> Run:
        async with Tab.open(live_app.url, cookies(live_app, house.manager)) as tab:
            await tab.visit("daily")
            assert "Svenolf" not in tab.widgets["agent-choice"].options
            return await tab.choose("agent-choice", forged.format(id=house.stranger.id))

    shown = run(tamper()).everything
    assert b"no such agent among yours" in shown
    assert b"Call of Svenolf" not in shown


def test_news_draws_nothing_that_is_not_the_viewers(live_app: LiveApp, house: SimpleNamespace) -> None:
    async def follow() -> Run:
        async with Tab.open(live_app.url, cookies(live_app, house.agent)) as tab:
            await tab.visit("daily", f"agent={house.agent.id}")
            await tab.signal("live", "changed")
            return await tab.settled()

    drawn = run(follow())
    assert b"Call of Norabel" in drawn.everything
    assert betrayed({"daily": drawn}, [*house.mates, house.stranger]) == []


def test_anothers_session_taken_over_with_ones_own_cookie_shows_nothing_of_theirs(live_app: LiveApp, house: SimpleNamespace) -> None:
    async def take_over() -> Run:
        async with Tab.open(live_app.url, cookies(live_app, house.stranger)) as victim:
            await victim.visit("daily")
            session_id = victim.session_id
        async with Tab.open(live_app.url, cookies(live_app, house.agent), resume=session_id) as tab:
            return await tab.visit("daily")

    shown = run(take_over())
    assert b"Norabel" in shown.everything
    assert betrayed({"daily": shown}, [house.stranger]) == []
