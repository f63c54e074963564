"""1:1s are of two people: who reads them, who writes what, what becomes of them, and everybody who tries to get in."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Notification, OneOnOne, OneOnOneCommitment, Person, Team, TeamMembership
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.one_on_ones.commitments import CommitmentState
from domain.one_on_ones.queue import Group, ReasonKind
from domain.records import Role
from services import access, erasure, one_on_one_changes, one_on_one_queue, one_on_ones, own_data, retention
from services.access import Viewer
from services.one_on_one_changes import talk_words
from services.one_on_ones import TookPlace
from tests import builders
from tests.builders import NOON, TUESDAY

WORDS = talk_words(agenda="Territory", notes="She wants the north.", planned_on=TUESDAY)
SOON = TUESDAY + timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class House:
    """Ada's talk with Mia, and everybody who has no business in it."""

    team: Team
    ada: Person
    mia: Person
    bob: Person
    other_manager: Person
    second_manager: Person
    admin: Person
    talk: OneOnOne


@pytest.fixture
def house(session: Session) -> House:
    builders.organisation(session, country=builders.NO_HOLIDAYS)
    team, other = builders.team(session), builders.team(session)
    ada, mia = builders.person(session, name="Ada", on=team), builders.manager(session, of=team, name="Mia")
    talk = builders.one_on_one(session, ada, mia, notes="She wants the north.", topics="My territory")
    builders.commitment(session, ada, of=talk)
    return House(
        team=team,
        ada=ada,
        mia=mia,
        bob=builders.person(session, name="Bob", on=team),
        other_manager=builders.manager(session, of=other),
        second_manager=builders.manager(session, of=team),
        admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
        talk=talk,
    )


def who(session: Session, person: Person) -> Viewer:
    return access.viewer(session, person.id or 0)


def moved(session: Session, person: Person, to: Team) -> None:
    """To another team, from `TUESDAY` on."""
    row = session.scalars(select(TeamMembership).where(col(TeamMembership.person_id) == person.id)).one()
    row.until_on = TUESDAY
    session.add(TeamMembership(person_id=person.id or 0, team_id=to.id or 0, from_on=TUESDAY))
    session.flush()


def held(session: Session, house: House) -> None:
    one_on_one_changes.finish(session, who(session, house.mia), house.talk.id or 0, WORDS, house.talk.version, NOON)


def attempts(house: House) -> list[Callable[[Session, Viewer], Any]]:
    """Every way to read or change a talk or a promise by its id."""
    talk_id = house.talk.id or 0
    return [
        lambda session, viewer: one_on_ones.talk_shown(session, viewer, talk_id, NOON),
        lambda session, viewer: one_on_ones.own_talk(session, viewer, talk_id),
        lambda session, viewer: one_on_one_changes.write(session, viewer, talk_id, WORDS, 1, NOON),
        lambda session, viewer: one_on_one_changes.say_topics(session, viewer, talk_id, "Hello", NOON),
        lambda session, viewer: one_on_one_changes.promise(session, viewer, talk_id, "Call", SOON, NOON),
        lambda session, viewer: one_on_one_changes.finish(session, viewer, talk_id, WORDS, 1, NOON),
        lambda session, viewer: one_on_one_changes.tick(session, viewer, _promise_id(session), NOON, is_done=True),
        lambda session, viewer: one_on_one_changes.drop(session, viewer, _promise_id(session), "No", NOON),
    ]


def _promise_id(session: Session) -> int:
    return session.scalars(select(OneOnOneCommitment.id)).one() or 0


@pytest.mark.parametrize("stranger", ["bob", "other_manager", "second_manager", "admin"])
@pytest.mark.parametrize("is_over", [False, True])
def test_nobody_but_the_two_gets_in(session: Session, house: House, stranger: str, is_over: bool) -> None:  # noqa: FBT001
    if is_over:
        held(session, house)
    viewer = who(session, getattr(house, stranger))
    for attempt in attempts(house):
        with pytest.raises(NotFoundError):
            attempt(session, viewer)
    assert one_on_ones.talks(session, viewer) == []
    found = one_on_ones.together(session, viewer, house.ada.id or 0, NOON)
    assert (found.preparing, found.held, found.commitments) == ((), (), ())
    assert one_on_ones.of_the_day(session, viewer, house.ada.id or 0, NOON) == ()


@pytest.mark.parametrize("of_whom", ["ada", "mia", "admin"])
def test_a_program_has_no_1_1s_whoever_it_stands_for(session: Session, house: House, of_whom: str) -> None:
    program = replace(who(session, getattr(house, of_whom)), is_program=True)
    for attempt in attempts(house):
        with pytest.raises(NotFoundError):
            attempt(session, program)
    assert one_on_ones.talks(session, program) == []
    assert one_on_ones.together(session, program, house.ada.id or 0, NOON).commitments == ()


def test_an_administrator_sees_that_it_took_place_and_nothing_else(session: Session, house: House) -> None:
    admin = who(session, house.admin)
    assert one_on_ones.took_place(session, admin) == []
    held(session, house)
    assert one_on_ones.took_place(session, admin) == [TookPlace(held_on=TUESDAY, agent_name="Ada", manager_name="Mia")]
    for person in (house.ada, house.mia, house.bob):
        with pytest.raises(AccessError):
            one_on_ones.took_place(session, who(session, person))


def test_a_later_manager_begins_anew_and_the_earlier_one_only_reads(session: Session, house: House) -> None:
    held(session, house)
    south = builders.team(session)
    later = builders.manager(session, of=south, name="Lea")
    moved(session, house.ada, south)
    lea, mia = who(session, later), who(session, house.mia)

    with pytest.raises(NotFoundError):
        one_on_ones.talk_shown(session, lea, house.talk.id or 0, NOON)
    assert one_on_ones.together(session, lea, house.ada.id or 0, NOON).held == ()
    (due,) = one_on_one_queue.who_is_due(session, lea, NOON)
    assert due.last_talk == "You have not talked yet."

    shown = one_on_ones.talk_shown(session, mia, house.talk.id or 0, NOON)
    assert (shown.talk.notes, shown.may_change) == ("She wants the north.", False)
    with pytest.raises(ConflictError, match="do not work together"):
        one_on_one_changes.drop(session, mia, _promise_id(session), "No", NOON)
    with pytest.raises(NotFoundError):
        one_on_one_changes.prepare(session, mia, house.ada.id or 0, NOON)


def test_a_prepared_talk_is_not_held_once_the_agent_is_on_another_team(session: Session, house: House) -> None:
    moved(session, house.ada, builders.team(session))
    for person in (house.ada, house.mia):
        shown = one_on_ones.talk_shown(session, who(session, person), house.talk.id or 0, NOON)
        assert (shown.may_change, shown.pre_read) == (False, None)
        assert one_on_ones.together(session, who(session, person), house.ada.id or 0, NOON).preparing == ()
    with pytest.raises(ConflictError, match="do not work together"):
        held(session, house)


def test_only_a_manager_who_looks_after_the_agent_prepares_one_and_there_is_one_a_pair(session: Session, house: House) -> None:
    bob = house.bob.id or 0
    first = one_on_one_changes.prepare(session, who(session, house.mia), bob, NOON)
    assert one_on_one_changes.prepare(session, who(session, house.mia), bob, NOON) == first
    told = session.scalars(select(Notification).where(col(Notification.person_id) == bob)).one()
    assert (told.title, told.link) == ("Mia prepares a 1:1 with you", f"/one_on_ones?talk={first}")
    assert one_on_one_changes.prepare(session, who(session, house.second_manager), bob, NOON) != first
    for person in (house.ada, house.admin):
        with pytest.raises(AccessError):
            one_on_one_changes.prepare(session, who(session, person), bob, NOON)
    with pytest.raises(NotFoundError):
        one_on_one_changes.prepare(session, who(session, house.other_manager), bob, NOON)
    with pytest.raises(AccessError):
        one_on_one_changes.prepare(session, who(session, house.mia), house.mia.id or 0, NOON)


def test_both_read_every_word_and_each_field_has_one_author(session: Session, house: House) -> None:
    ada, mia, talk_id = who(session, house.ada), who(session, house.mia), house.talk.id or 0
    assert one_on_one_changes.write(session, mia, talk_id, WORDS, 1, NOON) == 2
    one_on_one_changes.say_topics(session, ada, talk_id, "My territory\nHolidays", NOON)
    assert one_on_ones.talk_shown(session, ada, talk_id, NOON).talk == one_on_ones.talk_shown(session, mia, talk_id, NOON).talk
    with pytest.raises(AccessError, match="written by the manager"):
        one_on_one_changes.write(session, ada, talk_id, WORDS, 2, NOON)
    with pytest.raises(AccessError, match="agent's own"):
        one_on_one_changes.say_topics(session, mia, talk_id, "Mine", NOON)
    with pytest.raises(ConflictError, match="another window"):
        one_on_one_changes.write(session, mia, talk_id, WORDS, 1, NOON)


def test_a_talk_that_was_held_stays_as_it_was(session: Session, house: House) -> None:
    builders.activity(session, house.ada)
    held(session, house)
    shown = one_on_ones.talk_shown(session, who(session, house.ada), house.talk.id or 0, NOON)
    assert (shown.talk.held_on, shown.talk.agenda, shown.may_change) == (TUESDAY, "Territory", False)
    assert shown.pre_read is not None
    assert (shown.pre_read.month, shown.pre_read.scores[-1].points) == ("March 2026", 1)
    builders.activity(session, house.ada)
    later = one_on_ones.talk_shown(session, who(session, house.mia), house.talk.id or 0, NOON)
    assert later.pre_read == shown.pre_read
    for change in attempts(house)[2:6]:
        with pytest.raises(ConflictError, match="was held"):
            change(session, who(session, house.mia))


def test_a_promise_is_the_agents_to_tick_and_either_drops_it_with_a_reason(session: Session, house: House) -> None:
    ada, mia, promise_id = who(session, house.ada), who(session, house.mia), _promise_id(session)
    with pytest.raises(AccessError):
        one_on_one_changes.tick(session, mia, promise_id, NOON, is_done=True)
    one_on_one_changes.tick(session, ada, promise_id, NOON, is_done=True)
    (kept,) = one_on_ones.together(session, mia, house.ada.id or 0, NOON).commitments
    assert (kept.state(TUESDAY), kept.done_on) == (CommitmentState.DONE, TUESDAY)
    with pytest.raises(ConflictError, match="is over"):
        one_on_one_changes.drop(session, mia, promise_id, "No", NOON)
    one_on_one_changes.tick(session, ada, promise_id, NOON, is_done=False)
    with pytest.raises(InputError):
        one_on_one_changes.drop(session, mia, promise_id, "  ", NOON)
    one_on_one_changes.drop(session, mia, promise_id, "The list is sold.", NOON)
    (dropped,) = one_on_ones.together(session, ada, house.ada.id or 0, NOON).commitments
    assert dropped.standing(TUESDAY) == "dropped: The list is sold."
    with pytest.raises(ConflictError, match="was dropped"):
        one_on_one_changes.tick(session, ada, promise_id, NOON, is_done=True)


@pytest.mark.parametrize("due_on", [TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=181)])
def test_a_promise_has_a_day_that_can_be_kept(session: Session, house: House, due_on: date) -> None:
    with pytest.raises(InputError, match="Choose a day from 10 Mar 2026"):
        one_on_one_changes.promise(session, who(session, house.mia), house.talk.id or 0, "Call", due_on, NOON)


def test_what_was_promised_is_on_the_agents_own_day_alone(session: Session, house: House) -> None:
    ada_id = house.ada.id or 0
    assert [each.words for each in one_on_ones.of_the_day(session, who(session, house.ada), ada_id, NOON)] == ["Call ten old leads"]
    assert one_on_ones.of_the_day(session, who(session, house.mia), ada_id, NOON) == ()


def test_the_next_talk_begins_with_what_was_promised_in_the_last(session: Session, house: House) -> None:
    held(session, house)
    talk_id = one_on_one_changes.prepare(session, who(session, house.mia), house.ada.id or 0, NOON)
    one_on_one_changes.promise(session, who(session, house.mia), talk_id, "New one", SOON, NOON)
    for person in (house.ada, house.mia):
        shown = one_on_ones.talk_shown(session, who(session, person), talk_id, NOON)
        assert shown.pre_read is not None
        assert shown.pre_read.commitments == ("Call ten old leads: due on 17 Mar 2026",)
        assert "What became of what you took on last time?" in shown.proposed_agenda
        assert [each.words for each in shown.made_here] == ["New one"]
        assert [each.notes for each in one_on_ones.earlier(session, who(session, person), shown.talk)] == ["She wants the north."]


def test_an_agent_asks_for_a_talk_and_the_manager_is_told_that_and_not_what(session: Session, house: House) -> None:
    bob = who(session, house.bob)
    assert set(one_on_ones.possible_managers(session, bob, NOON)) == {house.mia.id, house.second_manager.id}
    talk_id = one_on_one_changes.ask_for(session, bob, house.mia.id or 0, "A private matter", NOON)
    told = session.scalars(select(Notification).where(col(Notification.person_id) == house.mia.id)).one()
    assert (told.title, told.link) == ("Bob would like a 1:1", f"/one_on_ones?talk={talk_id}")
    assert "private" not in told.body
    for manager_id in (house.other_manager.id, house.admin.id, house.ada.id):
        with pytest.raises(NotFoundError):
            one_on_one_changes.ask_for(session, bob, manager_id or 0, "Hello", NOON)
    with pytest.raises(InputError):
        one_on_one_changes.ask_for(session, bob, house.mia.id or 0, " ", NOON)


def test_the_queue_says_who_is_due_and_why(session: Session, house: House) -> None:
    due = {each.name: each for each in one_on_one_queue.who_is_due(session, who(session, house.mia), NOON)}
    assert set(due) == {"Ada", "Bob"}
    assert (due["Ada"].group, [each.kind for each in due["Ada"].reasons]) == (
        Group.THIS_WEEK,
        [ReasonKind.ASKED, ReasonKind.LONG_SINCE],
    )
    assert (due["Bob"].group, due["Bob"].last_talk) == (Group.SOON, "You have not talked yet.")
    held(session, house)
    late = NOON + timedelta(days=10)
    ada = next(each for each in one_on_one_queue.who_is_due(session, who(session, house.mia), late) if each.name == "Ada")
    assert [each.kind for each in ada.reasons] == [ReasonKind.OVERDUE]
    for person in (house.ada, house.admin):
        with pytest.raises(AccessError):
            one_on_one_queue.who_is_due(session, who(session, person), NOON)


def test_an_alert_and_a_finding_are_reasons_and_come_from_where_they_are_found(session: Session, house: House) -> None:
    builders.alert(session, house.team, agent_id=house.bob.id, sentence="4 calls of 40.", evidence="Seen twice in a row.")
    others = [builders.person(session, on=house.team) for _ in range(2)]
    for day in range(1, 10):
        at = NOON - timedelta(days=day)
        for agent in (house.ada, *others, *([house.bob] if day > 6 else [])):
            builders.activity(session, agent, at=at)
    bob = next(each for each in one_on_one_queue.who_is_due(session, who(session, house.mia), NOON) if each.name == "Bob")
    assert [each.kind for each in bob.reasons] == [ReasonKind.QUIET, ReasonKind.ALERT, ReasonKind.LONG_SINCE]
    assert bob.reasons[0].words.startswith("No activity for 4 working days.")


def test_erasing_either_of_the_two_takes_the_talk_and_leaves_the_agent_their_promise(session: Session, house: House) -> None:
    held(session, house)
    erasure.erase_person(session, who(session, house.admin), house.mia.id or 0, "Mia", secret="of the tests", now=NOON)
    assert session.scalars(select(OneOnOne)).all() == []
    ada = who(session, house.ada)
    assert [each.words for each in one_on_ones.of_the_day(session, ada, ada.person_id, NOON)] == ["Call ten old leads"]
    erasure.erase_person(session, who(session, house.admin), ada.person_id, "Ada", secret="of the tests", now=NOON)
    assert session.scalars(select(OneOnOneCommitment)).all() == []


def test_talks_and_promises_go_after_two_years(session: Session, house: House) -> None:
    held(session, house)
    assert retention.prune(session, NOON + timedelta(days=730))["one_on_one"] == 0
    gone = retention.prune(session, NOON + timedelta(days=731))
    assert (gone["one_on_one"], gone["one_on_one_commitment"]) == (1, 1)


def test_both_find_their_talk_in_their_own_data(session: Session, house: House) -> None:
    for person, is_in in ((house.ada, True), (house.mia, True), (house.bob, False), (house.admin, False)):
        whole = b"".join(own_data.chunks(session, who(session, person), NOON))
        assert (_told(whole) == ["She wants the north."]) is is_in


def _told(archive: bytes) -> list[str]:
    with ZipFile(BytesIO(archive)) as files:
        return [row["notes"] for row in json.loads(files.read("one_on_one.json"))]
