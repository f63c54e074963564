"""Erasing somebody: every holding meets its fate, nothing tells who it was, and no sum changes."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from data.models import AuditEntry, Erasure, Notification, Nudge, Person
from data.models.daily_metrics import daily_metrics
from data.personal.holding import Fate
from data.personal.holdings import HOLDINGS
from domain.access import Selection
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.periods import Grain, containing
from domain.records import Role
from services import access, erasure, people
from services.access import Viewer
from services.summaries import summary
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.fakes.full_person import fill, names_in

pytestmark = pytest.mark.usefixtures("cheap_hashes")
SECRET = "a secret of the tests"
NAME, EMAIL = "Zoë O'Quill-Bexley", "zoe.quill@example.com"
NOT_YET = {"audit_log", "erasure"}
"""Written by the erasure itself."""
MARCH = Selection(period=containing(TUESDAY, Grain.MONTH))


@pytest.fixture
def admin(session: Session) -> Viewer:
    builders.organisation(session)
    return viewer_of(session, builders.person(session, role=Role.ADMIN, password_hash="x"))


@pytest.fixture
def zoe(session: Session) -> Person:
    return builders.person(session, name=NAME, email=EMAIL, external_id="crm-7", password_hash="x")


def viewer_of(session: Session, person: Person) -> Viewer:
    return access.viewer(session, person.id or 0)


def counts(session: Session, person: Person) -> dict[str, int]:
    asked = {each.table: f"SELECT count(*) FROM {each.table} WHERE {each.whose}" for each in HOLDINGS}
    return {table: session.execute(text(query), {"me": person.id}).scalar_one() for table, query in asked.items()}


def erase(session: Session, viewer: Viewer, person: Person, typed: str = NAME) -> str:
    return erasure.erase_person(session, viewer, person.id or 0, typed, secret=SECRET, now=NOON)


def test_every_holding_meets_its_fate_and_nothing_tells_who_it_was(session: Session, admin: Viewer, zoe: Person) -> None:
    fill(session, zoe)
    before = counts(session, zoe)
    assert [table for table, count in before.items() if not count and table not in NOT_YET] == []

    assert erase(session, admin, zoe) == f"Former agent {zoe.id}"

    after = counts(session, zoe)
    gone = {each.table for each in HOLDINGS if each.fate is not Fate.STAYS}
    assert {table for table, count in after.items() if not count} == gone
    assert {table: after[table] for table in after if table not in gone | NOT_YET} == {
        table: before[table] for table in before if table not in gone | NOT_YET
    }
    # A client of the same name is somebody else.
    assert names_in(session, NAME, EMAIL) <= erasure.OF_SOMEBODY_ELSE
    assert names_in(session, EMAIL) == set()


def test_what_stays_says_nothing_of_who_it_was(session: Session, admin: Viewer, zoe: Person) -> None:
    note = builders.activity(session, zoe, notes="She told me about her mother.")
    erase(session, admin, zoe, EMAIL.upper())
    session.refresh(note)
    left = session.get_one(Person, zoe.id)
    assert (left.name, left.email, left.external_id, left.password_hash, left.joined_on) == (
        f"Former agent {zoe.id}",
        None,
        None,
        None,
        None,
    )
    assert not left.active
    assert note.notes == ""


def test_the_team_sums_are_what_they_were(session: Session, admin: Viewer, zoe: Person) -> None:
    team = builders.team(session)
    for agent in (zoe, builders.person(session, on=team)):
        builders.activity(session, agent)
        builders.deal(session, agent, status="won", closed_on=TUESDAY, amount_minor=70_000)
        builders.event(session, agent)
    before = (summary(session, admin, MARCH, TUESDAY, "monthly"), session.execute(select(daily_metrics)).all())
    erase(session, admin, zoe)
    assert (summary(session, admin, MARCH, TUESDAY, "monthly"), session.execute(select(daily_metrics)).all()) == before


def test_a_colleague_of_the_same_name_keeps_it(session: Session, admin: Viewer, zoe: Person) -> None:
    other = builders.person(session, name=NAME)
    builders.goal(session, other, name=f"For {NAME}")
    erase(session, admin, zoe)
    session.refresh(other)
    assert other.name == NAME
    assert names_in(session, NAME) == {("person", "name"), ("goal", "name")}


def test_a_name_of_one_word_does_not_take_words_of_the_language_along(session: Session, admin: Viewer) -> None:
    will, other = builders.person(session, name="Will", email=None), builders.person(session)
    told = builders.activity(session, other, notes="Will said he will call; Willa too.")
    erase(session, admin, will, "will")
    session.refresh(told)
    assert told.notes == f"Former agent {will.id} said he will call; Willa too."


@pytest.mark.parametrize("typed", ["", "Somebody else", "zoe"])
def test_nothing_happens_until_the_name_or_e_mail_is_typed(session: Session, admin: Viewer, zoe: Person, typed: str) -> None:
    with pytest.raises(InputError, match="neither the name nor the e-mail"):
        erase(session, admin, zoe, typed)
    assert zoe.name == NAME


def test_only_an_admin_erases_and_neither_themselves_nor_the_last_one(session: Session, admin: Viewer, zoe: Person) -> None:
    team = builders.team(session)
    for viewer in (viewer_of(session, zoe), viewer_of(session, builders.manager(session, of=team))):
        with pytest.raises(AccessError):
            erase(session, viewer, zoe)
    with pytest.raises(ConflictError, match="cannot erase yourself"):
        erasure.erase_person(session, admin, admin.person_id, admin.name, secret=SECRET, now=NOON)
    with pytest.raises(ConflictError, match="last administrator"):
        erasure.erase_named(session, admin.email, admin.name, secret=SECRET, now=NOON)
    with pytest.raises(NotFoundError):
        erasure.erase_named(session, "nobody@example.com", "nobody", secret=SECRET, now=NOON)


def test_nobody_is_erased_twice_or_let_back_in(session: Session, admin: Viewer, zoe: Person) -> None:
    nameless = erase(session, admin, zoe)
    with pytest.raises(ConflictError, match="erased already"):
        erase(session, admin, zoe, nameless)
    with pytest.raises(ConflictError, match="Invite them anew"):
        people.reactivate(session, admin, zoe.id or 0, NOON)
    assert session.get(Erasure, zoe.id) is not None


def test_the_audit_log_tells_it_by_numbers_only(session: Session, admin: Viewer, zoe: Person) -> None:
    erase(session, admin, zoe)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.person_id, entry.action, entry.subject, set(entry.details)) == (
        admin.person_id,
        "person_erased",
        f"person:{zoe.id}",
        {"records"},
    )


def test_own_behaviour_goes_alone_and_only_ones_own(session: Session, admin: Viewer, zoe: Person) -> None:
    other = builders.person(session)
    fill(session, zoe)
    builders.nudge(session, other)
    before = counts(session, zoe)
    assert erasure.erase_own_behaviour(session, viewer_of(session, zoe), NOON) == 5
    after = counts(session, zoe)
    assert {table for table in before if before[table] and not after[table]} == {
        each.table for each in HOLDINGS if each.fate is Fate.BEHAVIOUR
    }
    assert session.scalar(select(func.count()).select_from(Nudge)) == 1
    del admin


def test_the_wish_to_be_erased_reaches_the_administrators_once_a_day(session: Session, admin: Viewer, zoe: Person) -> None:
    for _ in range(2):
        erasure.ask_for_erasure(session, viewer_of(session, zoe), NOON)
    told = session.scalars(select(Notification)).one()
    assert (told.person_id, told.link) == (admin.person_id, "/people")
    assert told.body.startswith(NAME)
