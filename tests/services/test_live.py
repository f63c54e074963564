"""Who hears of what: one's own, one's team's, everybody's; and no more of it than a screen can use."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.changes import ANYTHING, Change
from domain.records import Role
from services.live import Hearer, News, Stream, Switchboard

AGENT = Hearer(person_id=1, role=Role.AGENT, agent_ids=frozenset({1}))
MANAGER = Hearer(person_id=2, role=Role.MANAGER, agent_ids=frozenset({1, 2, 5}))
ADMIN = Hearer(person_id=3, role=Role.ADMIN, agent_ids=None)


def change(table: str, *agents: int) -> Change:
    return Change(table=table, agent_ids=frozenset(agents))


@pytest.mark.parametrize(
    ("hearer", "agents", "hears"),
    [(AGENT, {1}, True), (AGENT, {5}, False), (MANAGER, {5, 9}, True), (MANAGER, {9}, False), (ADMIN, {9}, True)],
)
@pytest.mark.parametrize("table", ["activity", "lead", "deal", "calendar_event"])
def test_a_change_is_news_to_those_who_may_see_its_agent(hearer: Hearer, agents: set[int], hears: bool, table: str) -> None:  # noqa: FBT001
    assert hearer.news_of(change(table, *agents)) == ({News.FIGURES} if hears else set())


@pytest.mark.parametrize("hearer", [AGENT, MANAGER, ADMIN])
def test_what_may_be_anybodys_is_news_to_everybody(hearer: Hearer) -> None:
    assert hearer.news_of(Change(table="kpi_target", agent_ids=None)) == {News.FIGURES}
    assert hearer.news_of(ANYTHING) == {News.FIGURES, News.INBOX}


def test_a_message_is_news_to_its_owner_and_to_no_admin() -> None:
    assert AGENT.news_of(change("notification", 1)) == {News.INBOX}
    assert ADMIN.news_of(change("notification", 1)) == set()
    assert MANAGER.news_of(change("notification", 1)) == set()


def test_an_alert_is_news_to_who_looks_after_the_team_and_never_to_an_agent() -> None:
    told = change("alert", 1, 5)
    assert [each.news_of(told) for each in (AGENT, MANAGER, ADMIN)] == [set(), {News.FIGURES}, {News.FIGURES}]


def test_however_much_happens_one_of_each_kind_waits() -> None:
    """In a thread of its own, because a browser test before it leaves its event loop running in this one."""

    async def fetch() -> list[News]:
        stream = Stream(AGENT)
        for _ in range(1000):
            stream.tell({News.FIGURES})
        stream.tell({News.INBOX})
        return await stream.news()

    with ThreadPoolExecutor(max_workers=1) as own_thread:
        assert own_thread.submit(lambda: asyncio.run(fetch())).result() == [News.FIGURES, News.INBOX]


def test_a_sign_in_that_is_not_there_any_more_ends_its_streams_and_no_others() -> None:
    switchboard = Switchboard()
    with switchboard.stream("a", AGENT) as ended, switchboard.stream("b", ADMIN) as living:
        switchboard.renew(["a", "b"], {"b": ADMIN})
        assert (ended.waiting, living.waiting) == ({News.ENDED}, set())
    assert switchboard.token_hashes == []


def test_somebody_who_signed_in_while_the_others_were_checked_stays() -> None:
    switchboard = Switchboard()
    with switchboard.stream("new", AGENT) as stream:
        switchboard.renew(["a"], {})
        assert stream.waiting == set()


def test_another_role_ends_a_stream_and_another_team_is_a_reason_to_look() -> None:
    switchboard = Switchboard()
    joined = Hearer(person_id=2, role=Role.MANAGER, agent_ids=frozenset({1, 2, 5, 6}))
    demoted = Hearer(person_id=2, role=Role.AGENT, agent_ids=frozenset({2}))
    with switchboard.stream("m", MANAGER) as stream:
        switchboard.renew(["m"], {"m": joined})
        assert stream.waiting == {News.FIGURES}
        assert stream.hearer.news_of(change("deal", 6)) == {News.FIGURES}
        switchboard.renew(["m"], {"m": demoted})
        assert News.ENDED in stream.waiting
