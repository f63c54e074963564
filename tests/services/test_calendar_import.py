"""Bringing a file of another program into the calendar, once and again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarEvent, Person
from domain.errors import InputError, NotFoundError
from domain.records import EventKind, EventStatus, Role
from services import calendar, calendar_feed, calendar_import, client_erasure
from services.access import viewer
from services.calendar_import import Imported
from tests import builders
from tests.builders import NOON

SECRET = "a secret of the tests"
VISIT = "UID:visit\nDTSTART:20260311T090000Z\nDTEND:20260311T100000Z\nSUMMARY:Visit"
WEEKLY = "UID:weekly\nDTSTART:20260310T150000Z\nDURATION:PT30M\nSUMMARY:Round\nRRULE:FREQ=WEEKLY;COUNT="


def bring(session: Session, who: Person, *events: str, agent: Person | None = None) -> Imported:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    content = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:t\n{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()
    who_sees = viewer(session, who.id or 0)
    return calendar_import.import_calendar(session, who_sees, (agent or who).id or 0, content, EventKind.BLOCKED, secret=SECRET, now=NOON)


def counts(done: Imported) -> tuple[int, int, int, int]:
    return (done.added, done.changed, done.called_off, done.unchanged)


def stored(session: Session) -> list[CalendarEvent]:
    session.flush()
    return list(session.scalars(select(CalendarEvent).order_by(col(CalendarEvent.starts_at))))


def test_a_file_is_brought_in_as_the_kind_chosen_and_nothing_is_doubled(session: Session) -> None:
    agent = builders.person(session, time_zone="Europe/Berlin")
    assert counts(bring(session, agent, VISIT, WEEKLY + "3")) == (4, 0, 0, 0)
    assert counts(bring(session, agent, VISIT, WEEKLY + "3")) == (0, 0, 0, 4)
    assert [(each.title, each.kind, each.local_on.day) for each in stored(session)] == [
        ("Round", EventKind.BLOCKED, 10),
        ("Visit", EventKind.BLOCKED, 11),
        ("Round", EventKind.BLOCKED, 17),
        ("Round", EventKind.BLOCKED, 24),
    ]


def test_what_the_file_moved_shortened_or_called_off_follows_while_it_is_planned(session: Session) -> None:
    agent = builders.person(session)
    bring(session, agent, VISIT, WEEKLY + "3", VISIT.replace("visit", "done"))
    done = next(each for each in stored(session) if each.external_uid == "done")
    done.status = EventStatus.COMPLETED
    moved = VISIT.replace("T090000Z", "T093000Z")
    again = bring(
        session, agent, moved, WEEKLY + "2", moved.replace("visit", "done"), "UID:off\nSTATUS:CANCELLED\nDTSTART:20260312T090000Z"
    )
    assert counts(again) == (0, 1, 1, 3)
    assert [each.reason for each in again.refused] == ["It is called off in the file."]
    off = bring(session, agent, VISIT + "\nSTATUS:CANCELLED")
    assert counts(off) == (0, 0, 1, 0)
    found = {each.external_uid: (each.status, each.starts_at) for each in stored(session)}
    assert found["done"] == (EventStatus.COMPLETED, datetime(2026, 3, 11, 9, tzinfo=UTC))
    assert found["weekly/20260324T150000Z"][0] is EventStatus.CANCELLED


def test_two_agents_bring_the_same_file_and_each_has_their_own(session: Session) -> None:
    for _ in range(2):
        assert bring(session, builders.person(session), VISIT).added == 1


def test_a_manager_brings_in_for_their_team_and_for_nobody_else(session: Session) -> None:
    ours = builders.team(session)
    manager, agent = builders.manager(session, of=ours), builders.person(session, on=ours)
    assert bring(session, manager, VISIT, agent=agent).added == 1
    with pytest.raises(NotFoundError):
        bring(session, manager, VISIT, agent=builders.person(session, on=builders.team(session)))
    assert len(stored(session)) == 1


def test_the_own_feed_brought_back_is_named_and_not_taken(session: Session) -> None:
    agent = builders.person(session)
    who = viewer(session, agent.id or 0)
    builders.event(session, agent)
    found = calendar_feed.feed(session, calendar_feed.make_feed(session, who, NOON), NOON)
    assert found is not None
    done = calendar_import.import_calendar(session, who, who.person_id, found.content, EventKind.BLOCKED, secret=SECRET, now=NOON)
    assert (done.added, [each.reason for each in done.refused]) == (0, ["It comes from this calendar."])


def test_a_file_that_is_no_calendar_stores_nothing(session: Session) -> None:
    agent = builders.person(session)
    with pytest.raises(InputError, match="no calendar file"):
        calendar_import.import_calendar(
            session, viewer(session, agent.id or 0), agent.id or 0, b"name,date\n", EventKind.BLOCKED, secret=SECRET, now=NOON
        )


def test_an_imported_entry_can_be_planned_like_any_other(session: Session) -> None:
    agent = builders.person(session)
    bring(session, agent, VISIT)
    (event,) = stored(session)
    who = viewer(session, agent.id or 0)
    calendar.cancel_event(session, who, event.id or 0, 1)
    assert counts(bring(session, agent, VISIT)) == (0, 0, 0, 1)


def test_a_file_brought_again_does_not_name_a_client_who_asked_to_be_forgotten(session: Session) -> None:
    """Neither in the entry it brought, which follows its new time, nor in a later one; a namesake's first name is no name of theirs."""
    agent = builders.person(session, role=Role.MANAGER)
    lead = builders.lead(session, agent, name="Ada O'Quill", email="ada@quill.example", phone="+353 1 555 01 99")
    visit, other = VISIT.replace("Visit", "Viewing with ADA O'QUILL"), WEEKLY.replace("Round", "Ada and Ben") + "1"
    linked = VISIT.replace("visit", "linked").replace("Visit", "The corner house")
    assert counts(bring(session, agent, visit, linked, other)) == (3, 0, 0, 0)
    next(each for each in stored(session) if each.external_uid == "linked").lead_id = lead.id
    session.flush()
    admin = viewer(session, builders.person(session, role=Role.ADMIN).id or 0)
    client_erasure.erase_client(session, admin, lead.id or 0, lead.name, secret=SECRET, now=NOON)
    nameless = f"Former client {lead.id}"

    late = [
        VISIT.replace("visit", key).replace("Visit", said) for key, said in (("new", "Ring (01) 555 01-99"), ("mail", "ada@quill.example"))
    ]
    again = bring(session, agent, visit.replace("T090000Z", "T093000Z"), linked, other, *late)

    assert counts(again) == (0, 1, 0, 2)
    assert [(each.title, each.reason) for each in again.refused] == [("", "This client asked to be forgotten on 10 Mar 2026.")] * 2
    shown = {each.external_uid: (each.title, each.starts_at.minute) for each in stored(session)}
    assert (shown["visit"], shown["linked"]) == ((f"Viewing with {nameless}", 30), (nameless, 0))
    assert [title for title, _ in shown.values() if title == "Ada and Ben"] == ["Ada and Ben"]
