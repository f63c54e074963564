"""GET /api/events: for the signed-in only, silent about what the viewer may not see, and over when the sign-in is."""

from collections.abc import Callable, Iterator
from time import monotonic
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from api.live import SWITCHBOARD
from data.engine import Database
from data.models import Notification, Person
from domain.records import Role
from services import sessions
from services.freshness import HEARD
from services.live import MOST_STREAMS
from tests import builders
from tests.api.conftest import Ask
from tests.api.streams import CLOSED, Ear, live_server
from tests.waiting import until

PROMISED_SECONDS = 5
Open = Callable[[Person], Ear]


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    def found(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session), builders.team(session)
        return SimpleNamespace(
            agent=builders.person(session, name="Nora", on=north),
            other=builders.person(session, name="Sven", on=south),
            former=builders.person(session, on=south),
            manager=builders.manager(session, of=north),
            admin=builders.person(session, role=Role.ADMIN),
            north=north,
        )

    return api_database.write(found)


@pytest.fixture
def open_stream(house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]) -> Iterator[Open]:
    """A stream of somebody newly signed in, past its first news."""
    del house
    ears: list[Ear] = []
    with live_server() as url:

        def listen(person: Person, cookies: dict[str, str] | None = None) -> Ear:
            ears.append(Ear(url, cookies or cookie_of(person)))
            assert (ears[-1].next(), ears[-1].next()) == ("figures", "inbox")
            return ears[-1]

        yield listen
        for ear in ears:
            ear.leave()


def work(database: Database, agent: Person) -> None:
    database.write(lambda session: builders.activity(session, agent))


def change(database: Database, person: Person, **fields: object) -> None:
    def apply(session: Session) -> None:
        for name, value in fields.items():
            setattr(session.get_one(Person, person.id), name, value)

    database.write(apply)


def test_a_stranger_is_refused(ask: Ask) -> None:
    assert ask("GET", "/events").status_code == 401
    assert ask("GET", "/events", cookies={"pacesetter_8501": "x" * 43}).status_code == 401


def test_somebody_who_must_choose_a_password_first_is_refused(
    ask: Ask, house: SimpleNamespace, api_database: Database, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    cookies = cookie_of(house.agent)
    change(api_database, house.agent, must_change_password=True)
    assert ask("GET", "/events", cookies=cookies).status_code == 401


def test_a_stream_is_never_stored_or_compressed(open_stream: Open, house: SimpleNamespace) -> None:
    headers = open_stream(house.agent).headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-store"
    assert "content-encoding" not in headers


def test_a_screen_that_says_when_it_was_drawn_hears_of_what_came_later_only(
    open_stream: Open, house: SimpleNamespace, api_database: Database, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    ear = open_stream(house.agent)
    drawn = HEARD.mark()
    late = Ear(ear.url, cookie_of(house.agent), since=drawn)
    work(api_database, house.other)
    assert late.is_silent()
    work(api_database, house.agent)
    assert (ear.next(), late.next()) == ("figures", "figures")
    latest = Ear(ear.url, cookie_of(house.agent), since=drawn)
    assert latest.next() == "figures"
    for each in (late, latest):
        assert each.is_silent()
        each.leave()


def test_agents_hear_of_their_own_records_and_of_nobody_elses(open_stream: Open, house: SimpleNamespace, api_database: Database) -> None:
    ear = open_stream(house.agent)
    work(api_database, house.other)
    assert ear.is_silent()
    work(api_database, house.agent)
    assert ear.next() == "figures"


def test_a_manager_hears_of_the_team_of_today(open_stream: Open, house: SimpleNamespace, api_database: Database) -> None:
    ear = open_stream(house.manager)
    work(api_database, house.other)
    work(api_database, house.former)
    assert ear.is_silent()
    work(api_database, house.agent)
    assert ear.next() == "figures"


def test_a_manager_whose_team_changes_looks_again_and_hears_of_the_new_people(
    open_stream: Open, house: SimpleNamespace, api_database: Database
) -> None:
    ear = open_stream(house.manager)
    newcomer = api_database.write(lambda session: builders.person(session, on=house.north))
    assert ear.next() == "figures"
    work(api_database, newcomer)
    assert ear.next() == "figures"


def test_an_admin_hears_of_everybody(open_stream: Open, house: SimpleNamespace, api_database: Database) -> None:
    ear = open_stream(house.admin)
    for agent in (house.agent, house.other):
        work(api_database, agent)
        assert ear.next() == "figures"


def test_an_import_of_many_statements_is_one_piece_of_news(open_stream: Open, house: SimpleNamespace, api_database: Database) -> None:
    ear = open_stream(house.agent)

    def import_much(session: Session) -> None:
        for _ in range(30):
            builders.activity(session, house.agent)
            builders.lead(session, house.agent)

    api_database.write(import_much)
    assert ear.next() == "figures"
    assert ear.is_silent()


def test_the_inbox_is_only_its_owners_news(open_stream: Open, house: SimpleNamespace, api_database: Database) -> None:
    owner, admin = open_stream(house.agent), open_stream(house.admin)
    told = Notification(person_id=house.agent.id, kind="test", title="Hello", dedupe_key="test:1", created_at=builders.NOON)
    api_database.write(lambda session: session.add(told))
    assert owner.next() == "inbox"
    assert admin.is_silent()


def test_a_stream_says_nothing_that_could_be_about_anybody(open_stream: Open, house: SimpleNamespace, api_database: Database) -> None:
    ear = open_stream(house.admin)
    work(api_database, house.agent)
    assert ear.next() == "figures"
    until(lambda: ear.words.count("") >= 3)
    assert set(ear.words) == {"event: figures", "event: inbox", "data: look", ""}


def _sign_out(session: Session, person: Person) -> None:
    sessions.end_sessions(session, person.id or 0, clock.now(), by=person.id or 0)


def _deactivate(session: Session, person: Person) -> None:
    gone = session.get_one(Person, person.id)
    gone.active, gone.deactivated_at = False, clock.now()


def _promote(session: Session, person: Person) -> None:
    session.get_one(Person, person.id).role = Role.MANAGER


@pytest.mark.parametrize("end", [_sign_out, _deactivate, _promote])
def test_a_stream_ends_within_five_seconds_of_its_sign_in(
    open_stream: Open, house: SimpleNamespace, api_database: Database, end: Callable[[Session, Person], None]
) -> None:
    ear, started = open_stream(house.agent), monotonic()
    api_database.write(lambda session: end(session, house.agent))
    *others, last = iter(ear.next, CLOSED)
    assert (last, set(others) - {"figures"}) == ("ended", set())
    assert monotonic() - started < PROMISED_SECONDS


def test_too_many_streams_of_one_sign_in_end_the_oldest(
    open_stream: Callable[..., Ear], house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    cookies = cookie_of(house.agent)
    ears = [open_stream(house.agent, cookies) for _ in range(MOST_STREAMS + 1)]
    assert (ears[0].next(), ears[0].next()) == ("crowded", CLOSED)
    assert ears[1].is_silent(0.3)


def test_nothing_is_kept_of_a_stream_whose_tab_is_closed(open_stream: Open, house: SimpleNamespace, api_database: Database) -> None:
    ear = open_stream(house.agent)
    assert len(SWITCHBOARD.token_hashes) == 1
    ear.leave()
    work(api_database, house.agent)
    until(lambda: SWITCHBOARD.token_hashes == [])
