"""The inbox on screen: one's own, unread marked, leading somewhere."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Notification, Person, Urgency
from domain.records import Role
from services import inbox
from services.notifications import Notice, put_in_inbox
from tests import builders
from tests.fakes.hostile_words import HOSTILE
from tests.ui.visits import visit

ESCAPED = re.compile(r"\\.")
Open = Callable[[Person | None], AppTest]


@pytest.fixture
def ada(live_database: Database) -> Person:
    return live_database.write(lambda session: builders.person(session, name="Ada"))


def tell(database: Database, person: Person, count: int = 1, **fields: object) -> list[int]:
    """Ids of the notifications, oldest first."""

    def work(session: Session) -> list[int]:
        known = len(session.scalars(select(Notification)).all())
        for number in range(known, known + count):
            defaults: dict[str, object] = {"kind": "test", "title": f"Message {number}", "dedupe_key": f"k{number}"}
            put_in_inbox(session, [person.id], Notice(**defaults | fields), clock.now())  # type: ignore[arg-type]
        mine = col(Notification.person_id) == person.id
        return [each for each in session.scalars(select(col(Notification.id)).where(mine).order_by(col(Notification.id))) if each]

    return database.write(work)


def text(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.markdown, *at.caption, *at.header])


@pytest.mark.parametrize("role", Role)
def test_everybody_has_an_inbox_that_explains_itself_while_it_is_empty(app: Open, live_database: Database, role: Role) -> None:
    person = live_database.write(lambda session: builders.person(session, role=role))
    at = visit(app, person, "inbox")
    assert "Nothing here yet" in [each.value for each in at.header]
    assert "unread" not in text(at)


def test_unread_ones_are_marked_counted_beside_the_name_and_read_one_by_one(app: Open, live_database: Database, ada: Person) -> None:
    first, second = tell(live_database, ada, 2)
    at = visit(app, ada, "inbox")
    assert "**2 unread messages**" in text(at)
    assert next(link.proto.label for link in at.get("page_link")) == "2 unread messages"
    assert text(at).count(":blue-badge[New]") == 2
    at.button(key=f"inbox-read-{second}").click().run()
    assert "**1 unread message**" in text(at)
    assert [each.value for each in at.markdown if ":blue-badge[New]" in each.value] == [
        "**Message 0** :blue\\-badge[New]".replace("\\", "")
    ]
    assert not [each for each in at.button if each.key == f"inbox-read-{second}"]
    assert [each for each in at.button if each.key == f"inbox-read-{first}"]


def test_all_are_read_at_once(app: Open, live_database: Database, ada: Person) -> None:
    tell(live_database, ada, 3)
    at = visit(app, ada, "inbox")
    at.button(key="inbox-all").click().run()
    assert ":gray[Everything is read.]" in text(at)
    assert at.button(key="inbox-all").disabled
    assert not at.get("page_link")


def test_opening_one_leads_to_its_screen_and_reads_it(app: Open, live_database: Database, ada: Person) -> None:
    (only,) = tell(live_database, ada, link="/weekly?week=2026-03-09")
    at = visit(app, ada, "inbox")
    at.button(key=f"inbox-open-{only}").click().run()
    assert not at.exception
    assert at.title[0].value == "Weekly"
    assert at.query_params["week"] == "2026-03-09"
    with live_database.reading() as session:
        assert session.get_one(Notification, only).read_at is not None


@pytest.mark.parametrize("link", ["/settings", "/nowhere", "/weekly/../settings", "", "/_stcore/metrics"])
def test_a_link_to_what_the_person_does_not_have_is_not_offered(app: Open, live_database: Database, ada: Person, link: str) -> None:
    (only,) = tell(live_database, ada, link=link)
    at = visit(app, ada, "inbox")
    assert not [each for each in at.button if each.key == f"inbox-open-{only}"]


def test_older_ones_are_a_page_away(app: Open, live_database: Database, ada: Person) -> None:
    tell(live_database, ada, inbox.PAGE + 1)
    at = visit(app, ada, "inbox")
    assert "Message 0" not in text(at)
    at.button(key="inbox-older").click().run()
    assert "**Message 0**" in text(at)
    assert "Message 1\n" not in text(at)
    at.button(key="inbox-newest").click().run()
    assert f"**Message {inbox.PAGE}**" in text(at)


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30, "1;drop table notification", "²"])
def test_an_address_nobody_made_shows_the_newest(app: Open, live_database: Database, ada: Person, before: str) -> None:
    tell(live_database, ada)
    assert "**Message 0**" in text(visit(app, ada, "inbox", before=before))


def test_another_persons_messages_are_out_of_reach(app: Open, live_database: Database, ada: Person) -> None:
    theirs = live_database.write(lambda session: builders.person(session, name="Bob"))
    (foreign,) = tell(live_database, theirs, title="Bob's secret")
    (own,) = tell(live_database, ada, title="Mine")
    for before in (str(foreign + 1), str(foreign)):
        assert "secret" not in text(visit(app, ada, "inbox", before=before))
    at = visit(app, ada, "inbox")
    at.session_state[f"inbox-read-{foreign}"] = True
    at.session_state[f"inbox-open-{foreign}"] = True
    at.button(key="inbox-all").click().run()
    assert "secret" not in text(at)
    with live_database.reading() as session:
        assert session.get_one(Notification, foreign).read_at is None
        assert session.get_one(Notification, own).read_at is not None


def test_other_peoples_words_stay_words(app: Open, live_database: Database, ada: Person) -> None:
    for words in HOSTILE:
        tell(live_database, ada, title=words, body=words, urgency=Urgency.URGENT)
    shown = text(visit(app, ada, "inbox")) + text(visit(app, ada, "inbox", before="5"))
    alive = ESCAPED.sub("", shown).replace("[New]", "").replace(":material/priority_high:]", "").replace(":red[", "")
    for sign in ("<", "[", "](", ":material", "\u202e"):
        assert sign not in alive
