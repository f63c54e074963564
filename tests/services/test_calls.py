"""A call with a clock becomes an activity, once; its planned entry follows it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.models import CalendarEvent, Lead, OpenCall, Person
from domain.calls import FORGOTTEN_AFTER
from domain.errors import ConflictError, InputError, NotFoundError
from domain.records import ActivityType, EventKind, EventStatus, LeadStatus, Outcome
from services import calendar, calls
from services.access import Viewer, viewer
from services.call_input import ended_call, new_call
from services.calls import CallUnderWay
from tests import builders
from tests.builders import NOON, TUESDAY

LATER = NOON + timedelta(minutes=3, seconds=20)


@pytest.fixture
def agent(session: Session) -> Person:
    builders.organisation(session)
    return builders.person(session, on=builders.team(session))


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def start(session: Session, who: Person, *, of: Person | None = None, **fields: Any) -> CallUnderWay:
    return calls.start_call(session, as_viewer(session, who), new_call(agent_id=(of or who).id, **fields), NOON)


def event(session: Session, agent: Person, **fields: Any) -> CalendarEvent:
    plain = {"kind": EventKind.CALL, "title": "Offer", "starts_at": NOON, "ends_at": NOON + timedelta(minutes=30), "local_on": TUESDAY}
    made = CalendarEvent(agent_id=agent.id or 0, **plain | fields)
    session.add(made)
    session.flush()
    return made


def test_a_call_becomes_an_activity_with_its_duration_and_outcome(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, name="Ben")
    begun = start(session, agent, lead_id=lead.id, client_phone="+1 555 0100").call
    assert (begun.started_at, begun.lead_name, begun.kind) == (NOON, "Ben", ActivityType.CALL)

    said = ended_call(outcome=Outcome.CONNECTED, notes="Wants a garden.")
    done = calls.finish_call(session, as_viewer(session, agent), begun.id, said, LATER)

    assert (done.type, done.outcome, done.duration_seconds, done.occurred_at) == (ActivityType.CALL, Outcome.CONNECTED, 200, NOON)
    assert (done.lead_id, done.subject, done.notes) == (lead.id, "+1 555 0100", "Wants a garden.")
    assert session.get_one(Lead, lead.id).status is LeadStatus.CONTACTED
    assert calls.call_of(session, as_viewer(session, agent), agent.id or 0, LATER) is None


def test_a_call_ends_once(session: Session, agent: Person) -> None:
    who, begun = as_viewer(session, agent), start(session, agent).call
    calls.finish_call(session, who, begun.id, ended_call(), LATER)
    for again in (
        lambda: calls.finish_call(session, who, begun.id, ended_call(), LATER),
        lambda: calls.drop_call(session, who, begun.id, LATER),
    ):
        with pytest.raises(NotFoundError):
            again()


def test_there_is_one_call_at_a_time(session: Session, agent: Person) -> None:
    begun = start(session, agent).call
    with pytest.raises(ConflictError) as refused:
        start(session, agent)
    assert refused.value.code == "call_under_way"

    calls.drop_call(session, as_viewer(session, agent), begun.id, LATER)
    assert start(session, agent).call.id != begun.id


def test_a_call_is_found_again_and_says_whether_it_may_be_recorded(session: Session, agent: Person) -> None:
    begun = start(session, agent, client_name="Ben", wants_recording=False)
    found = calls.call_of(session, as_viewer(session, agent), agent.id or 0, LATER)
    assert found == begun
    assert not begun.recording.allowed
    assert calls.call_under_way(session, as_viewer(session, agent), begun.call.id, LATER) == begun


def test_a_forgotten_call_says_nothing_about_how_long_it_took_unless_somebody_does(session: Session, agent: Person) -> None:
    late = NOON + FORGOTTEN_AFTER + timedelta(hours=1)
    who = as_viewer(session, agent)
    assert calls.finish_call(session, who, start(session, agent).call.id, ended_call(), late).duration_seconds is None
    said = ended_call(talked_seconds=600)
    assert calls.finish_call(session, who, start(session, agent).call.id, said, late).duration_seconds == 600


def test_a_lead_that_became_somebody_elses_does_not_keep_the_call_open(session: Session, agent: Person) -> None:
    lead, other = builders.lead(session, agent), builders.person(session)
    begun = start(session, agent, lead_id=lead.id).call
    lead.agent_id = other.id
    session.flush()
    assert calls.finish_call(session, as_viewer(session, agent), begun.id, ended_call(), LATER).lead_id is None


def test_others_can_neither_start_nor_see_nor_end_a_call(session: Session, agent: Person) -> None:
    stranger = builders.person(session, on=builders.team(session))
    foreign = builders.lead(session, stranger)
    begun = start(session, agent).call
    who = as_viewer(session, stranger)
    attempts: list[Callable[[], object]] = [
        lambda: start(session, stranger, of=agent),
        lambda: start(session, stranger, lead_id=builders.lead(session, agent).id),
        lambda: calls.call_under_way(session, who, begun.id, LATER),
        lambda: calls.finish_call(session, who, begun.id, ended_call(), LATER),
        lambda: calls.drop_call(session, who, begun.id, LATER),
    ]
    for attempt in attempts:
        with pytest.raises(NotFoundError):
            attempt()
    assert foreign.agent_id == stranger.id
    assert calls.call_of(session, who, agent.id or 0, LATER) is None
    assert session.scalar(select(func.count()).select_from(OpenCall)) == 1


def test_a_manager_starts_a_call_for_an_agent_of_the_team(session: Session) -> None:
    builders.organisation(session)
    team = builders.team(session)
    agent, manager = builders.person(session, on=team), builders.manager(session, of=team)
    begun = start(session, manager, of=agent).call
    assert calls.finish_call(session, as_viewer(session, manager), begun.id, ended_call(), LATER).agent_id == agent.id


def test_a_planned_call_is_started_once_and_done_with_its_call(session: Session, agent: Person) -> None:
    lead, deal = builders.lead(session, agent), builders.deal(session, agent)
    planned, who = event(session, agent, lead_id=lead.id, deal_id=deal.id, auto_record=False), as_viewer(session, agent)

    begun = calls.start_for_event(session, who, planned.id or 0, NOON)
    assert calls.start_for_event(session, who, planned.id or 0, LATER) == begun
    assert (begun.call.lead_id, begun.call.subject, begun.call.wants_recording) == (lead.id, "Offer", False)
    session.refresh(planned)
    assert (planned.started_at, planned.version, planned.status) == (NOON, 2, EventStatus.PLANNED)

    done = calls.finish_call(session, who, begun.call.id, ended_call(outcome=Outcome.CALL_BACK), LATER)
    session.refresh(planned)
    assert (planned.status, planned.activity_id) == (EventStatus.COMPLETED, done.id)
    assert (done.subject, done.lead_id, done.deal_id) == ("Offer", lead.id, deal.id)


def test_an_appointment_to_which_nobody_came_is_a_no_show(session: Session, agent: Person) -> None:
    planned, who = event(session, agent, kind=EventKind.APPOINTMENT), as_viewer(session, agent)
    begun = calls.start_for_event(session, who, planned.id or 0, NOON).call
    done = calls.finish_call(session, who, begun.id, ended_call(outcome=Outcome.NO_SHOW), LATER)
    session.refresh(planned)
    assert (done.type, planned.status) == (ActivityType.APPOINTMENT, EventStatus.NO_SHOW)


def test_taking_a_started_call_back_leaves_its_entry_planned(session: Session, agent: Person) -> None:
    planned, who = event(session, agent), as_viewer(session, agent)
    calls.drop_call(session, who, calls.start_for_event(session, who, planned.id or 0, NOON).call.id, LATER)
    session.refresh(planned)
    assert (planned.started_at, planned.status) == (None, EventStatus.PLANNED)


def test_an_entry_called_off_meanwhile_stays_called_off(session: Session, agent: Person) -> None:
    planned, who = event(session, agent), as_viewer(session, agent)
    begun = calls.start_for_event(session, who, planned.id or 0, NOON).call
    calendar.cancel_event(session, who, planned.id or 0, 2)
    done = calls.finish_call(session, who, begun.id, ended_call(), LATER)
    session.refresh(planned)
    assert (planned.status, planned.activity_id, done.subject) == (EventStatus.CANCELLED, None, "Offer")


def test_only_a_planned_talk_of_ones_own_can_be_started(session: Session, agent: Person) -> None:
    who = as_viewer(session, agent)
    with pytest.raises(InputError) as refused:
        calls.start_for_event(session, who, event(session, agent, kind=EventKind.BLOCKED).id or 0, NOON)
    assert refused.value.code == "not_a_call"
    with pytest.raises(ConflictError):
        calls.start_for_event(session, who, event(session, agent, status=EventStatus.COMPLETED).id or 0, NOON)
    with pytest.raises(NotFoundError):
        calls.start_for_event(session, who, event(session, builders.person(session)).id or 0, NOON)
    start(session, agent)
    with pytest.raises(ConflictError):
        calls.start_for_event(session, who, event(session, agent).id or 0, NOON)


@pytest.mark.parametrize("fields", [{"client_name": "x" * 301}, {"client_phone": "\x00"}, {"agent_id": "1"}, {"unknown": 1}])
def test_what_cannot_be_stored_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        new_call(**{"agent_id": 1} | fields)
