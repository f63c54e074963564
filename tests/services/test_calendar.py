"""Booking, moving and closing calendar entries in the agent's own time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data import rollups
from data.models import Activity, Person
from data.queries import daily
from domain.access import Selection
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.local_time import ClockNote
from domain.periods import Grain, containing
from domain.records import ActivityType, EventKind, EventStatus, LeadStatus, Outcome, Role
from services import calendar, event_outcomes
from services.access import Viewer, viewer
from services.calendar import Booked, DayCount
from services.event_input import changed_event, new_event
from tests import builders
from tests.builders import NOON, TUESDAY

TEN = datetime(2026, 3, 10, 10, 0)  # noqa: DTZ001 - what the agent's clock shows
THE_DAY = Selection(period=containing(TUESDAY, Grain.DAY))


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def book(session: Session, who: Person, *, agent: Person | None = None, **fields: Any) -> Booked:
    said = {"agent_id": (agent or who).id, "kind": EventKind.SHOWING, "title": "12 Oak Street", "starts": TEN}
    return calendar.book_event(session, as_viewer(session, who), new_event(**said | fields))


def move(session: Session, who: Person, booked: Booked, *, seen: int | None = None, **fields: Any) -> Booked:
    event = booked.event
    said = {"kind": event.kind, "title": event.title, "starts": TEN}
    change = changed_event(**said | fields)
    return calendar.change_event(session, as_viewer(session, who), event.id, seen or event.version, change)


def activity_of(session: Session, activity_id: int | None) -> Activity:
    return session.get_one(Activity, activity_id)


def test_an_entry_is_booked_on_the_agents_clock(session: Session) -> None:
    agent = builders.person(session, time_zone="America/Los_Angeles")
    event = book(session, agent, starts=TEN.replace(hour=22), minutes=45).event
    assert event.starts_at == datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
    assert event.ends_at - event.starts_at == timedelta(minutes=45)
    assert (event.local_on, event.status, event.version) == (TUESDAY, EventStatus.PLANNED, 1)


def test_a_time_the_clock_jumps_over_moves_on_and_says_so(session: Session) -> None:
    agent = builders.person(session, time_zone="Europe/Berlin")
    booked = book(session, agent, starts=datetime(2026, 3, 29, 2, 30))  # noqa: DTZ001
    assert booked.clock is ClockNote.SKIPPED
    assert booked.event.starts_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_overlapping_entries_are_allowed_and_named_and_touching_ones_are_not(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    first = book(session, agent, minutes=60).event
    book(session, other, minutes=60)
    book(session, agent, starts=TEN.replace(hour=11))
    assert [event.id for event in book(session, agent, starts=TEN.replace(minute=30)).overlapping] == [first.id]


def test_overlap_is_seen_across_midnight_and_a_cancelled_entry_does_not_overlap(session: Session) -> None:
    agent = builders.person(session)
    night = book(session, agent, starts=TEN.replace(hour=23), minutes=120).event
    dropped = book(session, agent, starts=TEN.replace(hour=23), minutes=120).event
    calendar.cancel_event(session, as_viewer(session, agent), dropped.id, dropped.version)
    booked = book(session, agent, starts=TEN.replace(day=11, hour=0, minute=30))
    assert [event.id for event in booked.overlapping] == [night.id]


def test_foreign_agents_leads_and_deals_are_not_there(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session, name="Olga Other")
    with pytest.raises(NotFoundError) as raised:
        book(session, agent, agent=other)
    assert "Olga" not in str(raised.value)
    with pytest.raises(NotFoundError, match="no such lead"):
        book(session, agent, lead_id=builders.lead(session, other).id)
    with pytest.raises(NotFoundError, match="no such deal"):
        book(session, agent, deal_id=builders.deal(session, other).id)


def test_a_manager_books_for_their_team_and_sees_nobody_elses_entries(session: Session) -> None:
    ours, theirs = builders.team(session), builders.team(session)
    manager, agent = builders.manager(session, of=ours), builders.person(session, on=ours)
    stranger = builders.person(session, on=theirs)
    mine = book(session, manager, agent=agent).event
    foreign = book(session, stranger).event
    who = as_viewer(session, manager)
    asked = Selection(period=THE_DAY.period, agent_ids=frozenset({agent.id or 0, stranger.id or 0}))
    assert [event.id for event in calendar.events_in(session, who, asked)] == [mine.id]
    assert calendar.day_counts(session, who, asked) == {TUESDAY: DayCount(activities=0, events=1)}
    with pytest.raises(NotFoundError):
        calendar.cancel_event(session, who, foreign.id, foreign.version)


def test_an_edit_raises_the_version_and_a_stale_one_is_refused(session: Session) -> None:
    agent = builders.person(session)
    booked = book(session, agent)
    moved = move(session, agent, booked, starts=TEN.replace(day=11), title="13 Oak Street").event
    assert (moved.local_on, moved.title, moved.version) == (TUESDAY + timedelta(days=1), "13 Oak Street", 2)
    with pytest.raises(ConflictError, match="meanwhile"):
        move(session, agent, booked, starts=TEN.replace(day=12))


def test_an_edit_keeps_a_link_to_a_lead_that_now_belongs_to_somebody_else(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    lead = builders.lead(session, agent)
    booked = book(session, agent, lead_id=lead.id)
    lead.agent_id = other.id
    session.flush()
    assert move(session, agent, booked, lead_id=lead.id).event.lead_id == lead.id
    done = event_outcomes.complete_event(session, as_viewer(session, agent), booked.event.id, 2, Outcome.COMPLETED, NOON)
    assert activity_of(session, done.activity_id).lead_id is None


def test_completing_logs_the_matching_activity_with_its_outcome(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, assigned_at=NOON - timedelta(hours=3))
    event = book(session, agent, lead_id=lead.id, minutes=30).event
    done = event_outcomes.complete_event(session, as_viewer(session, agent), event.id, event.version, Outcome.INTERESTED, NOON)
    logged = activity_of(session, done.activity_id)
    assert done.status is EventStatus.COMPLETED
    assert (logged.type, logged.outcome, logged.subject) == (ActivityType.SHOWING, Outcome.INTERESTED, "12 Oak Street")
    assert (logged.occurred_at, logged.duration_seconds, logged.lead_id) == (event.starts_at, 1800, lead.id)
    assert lead.status is LeadStatus.CONTACTED
    assert daily.totals(session, as_viewer(session, agent).scope, THE_DAY).showings == 1


def test_an_entry_completed_early_counts_now_not_in_the_future(session: Session) -> None:
    agent = builders.person(session)
    event = book(session, agent, starts=TEN + timedelta(days=9)).event
    done = event_outcomes.complete_event(session, as_viewer(session, agent), event.id, 1, Outcome.COMPLETED, NOON)
    assert activity_of(session, done.activity_id).occurred_at == NOON


@pytest.mark.parametrize("kind", [EventKind.TRAINING, EventKind.BLOCKED])
def test_training_and_blocked_time_are_closed_without_an_activity(session: Session, kind: EventKind) -> None:
    agent = builders.person(session)
    event = book(session, agent, kind=kind).event
    done = event_outcomes.complete_event(session, as_viewer(session, agent), event.id, 1, None, NOON)
    assert (done.status, done.activity_id, calendar.has_activity(done)) == (EventStatus.COMPLETED, None, False)


@pytest.mark.parametrize(("kind", "outcome"), [(EventKind.MEETING, Outcome.NO_SHOW), (EventKind.CALL, Outcome.NO_ANSWER)])
def test_a_no_show_is_kept_and_not_counted_as_held(session: Session, kind: EventKind, outcome: Outcome) -> None:
    agent = builders.person(session)
    event = book(session, agent, kind=kind).event
    missed = event_outcomes.mark_no_show(session, as_viewer(session, agent), event.id, 1, NOON)
    counted = daily.totals(session, as_viewer(session, agent).scope, THE_DAY)
    assert (missed.status, activity_of(session, missed.activity_id).outcome) == (EventStatus.NO_SHOW, outcome)
    assert (counted.activities, counted.meetings, counted.conversations) == (1, 0, 0)


def test_reopening_takes_the_activity_back(session: Session) -> None:
    agent = builders.person(session)
    who = as_viewer(session, agent)
    event = book(session, agent).event
    done = event_outcomes.complete_event(session, who, event.id, 1, Outcome.COMPLETED, NOON)
    again = event_outcomes.reopen_event(session, who, event.id, done.version, NOON)
    assert (again.status, again.activity_id, again.version) == (EventStatus.PLANNED, None, 3)
    assert daily.totals(session, who.scope, THE_DAY).activities == 0
    assert rollups.drift(session.connection()) == []
    with pytest.raises(ConflictError, match="planned already"):
        event_outcomes.reopen_event(session, who, event.id, 3, NOON)


def test_an_old_completed_entry_stays_as_it_was_reported(session: Session) -> None:
    agent = builders.person(session)
    who = as_viewer(session, agent)
    event = book(session, agent).event
    event_outcomes.complete_event(session, who, event.id, 1, Outcome.COMPLETED, NOON)
    with pytest.raises(AccessError):
        event_outcomes.reopen_event(session, who, event.id, 2, NOON + timedelta(days=8))


def test_a_second_completion_is_refused_and_logs_nothing(session: Session) -> None:
    agent = builders.person(session)
    who = as_viewer(session, agent)
    event = book(session, agent).event
    event_outcomes.complete_event(session, who, event.id, 1, Outcome.COMPLETED, NOON)
    for seen in (1, 2):
        with pytest.raises(ConflictError):
            event_outcomes.complete_event(session, who, event.id, seen, Outcome.COMPLETED, NOON)
    assert daily.totals(session, who.scope, THE_DAY).activities == 1


def test_a_cancelled_entry_stays_in_the_list_and_leaves_the_count(session: Session) -> None:
    agent = builders.person(session)
    who = as_viewer(session, agent)
    event = book(session, agent).event
    calendar.cancel_event(session, who, event.id, 1)
    assert [item.status for item in calendar.events_in(session, who, THE_DAY)] == [EventStatus.CANCELLED]
    assert calendar.day_counts(session, who, THE_DAY) == {}


def test_days_count_work_done_and_entries_planned(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent)
    builders.activity(session, agent, type=ActivityType.NOTE)
    book(session, agent, starts=TEN + timedelta(days=1))
    month = Selection(period=containing(TUESDAY, Grain.MONTH))
    counted = calendar.day_counts(session, as_viewer(session, agent), month)
    assert counted == {TUESDAY: DayCount(activities=1, events=0), TUESDAY + timedelta(days=1): DayCount(activities=0, events=1)}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "  "}, "Title"),
        ({"minutes": 0}, "Minutes"),
        ({"minutes": 1441}, "Minutes"),
        ({"starts": NOON}, "Starts"),
        ({"starts": datetime(1026, 3, 1)}, "Starts: the year 1026"),  # noqa: DTZ001
        ({"kind": "party"}, "Kind"),
    ],
)
def test_unusable_input_is_named(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        new_event(**{"agent_id": 1, "kind": EventKind.CALL, "title": "Call", "starts": TEN} | fields)


def test_an_admin_sees_every_agents_entries(session: Session) -> None:
    admin = builders.person(session, role=Role.ADMIN)
    booked = {book(session, builders.person(session)).event.id for _ in range(2)}
    assert {event.id for event in calendar.events_in(session, as_viewer(session, admin), THE_DAY)} == booked
