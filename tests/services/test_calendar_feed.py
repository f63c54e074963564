"""The private feed: what it tells, to whom, and that another program reads the same calendar out of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarEvent, CalendarFeed, Person
from domain.calendar.series import Reach
from domain.errors import NotFoundError
from domain.local_time import wall_clock
from domain.records import EventKind, EventStatus
from services import calendar, calendar_feed, event_series
from services.access import Viewer, viewer
from services.event_input import changed_event, new_event
from services.event_series import Repeat
from tests import builders
from tests.builders import NOON, TUESDAY

NINE = datetime(2026, 3, 10, 9, 0)  # noqa: DTZ001 - what the agent's clock shows
WINDOW = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 9, tzinfo=UTC))


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def book(session: Session, who: Person, rule: str | None = None, **fields: Any) -> int:
    new = new_event(**{"agent_id": who.id, "kind": EventKind.SHOWING, "title": "12 Oak Street", "starts": NINE} | fields)
    if rule is None:
        return calendar.book_event(session, as_viewer(session, who), new).event.id
    return event_series.book_series(session, as_viewer(session, who), new, rule, TUESDAY).event.id


def read(session: Session, who: Person, *, with_clients: bool = False) -> bytes:
    token = calendar_feed.make_feed(session, as_viewer(session, who), NOON)
    calendar_feed.tell_clients(session, as_viewer(session, who), with_clients=with_clients)
    found = calendar_feed.feed(session, token, NOON)
    assert found is not None
    return found.content


def expanded(content: bytes) -> list[tuple[datetime, datetime, str]]:
    """What another program shows of it."""
    found = recurring_ical_events.of(Calendar.from_ical(content)).between(*WINDOW)
    return sorted((each["DTSTART"].dt.astimezone(UTC), each["DTEND"].dt.astimezone(UTC), str(each["SUMMARY"])) for each in found)


def stored(session: Session, who: Person) -> list[tuple[datetime, datetime, str]]:
    session.flush()
    query = select(CalendarEvent).where(col(CalendarEvent.agent_id) == who.id, col(CalendarEvent.status) != EventStatus.CANCELLED)
    return sorted((each.starts_at, each.ends_at, each.title) for each in session.scalars(query))


def test_only_the_kind_is_told_unless_its_owner_tells_clients(session: Session) -> None:
    agent = builders.person(session, time_zone="Europe/Berlin")
    lead = builders.lead(session, agent, name="Grace Hopper")
    module = builders.training_module(session, title="First calls")
    book(session, agent, lead_id=lead.id, notes="Bring the keys")
    book(session, agent, kind=EventKind.TRAINING, module_id=module.id, title="With Mia", starts=NINE + timedelta(hours=3))
    quiet = read(session, agent).decode()
    assert "SUMMARY:Showing" in quiet
    assert "SUMMARY:Training: First calls" in quiet
    assert not [word for word in ("Oak", "Grace", "keys", "Mia") if word in quiet]
    full = read(session, agent, with_clients=True).decode()
    assert "SUMMARY:12 Oak Street" in full
    assert "DESCRIPTION:Grace Hopper\\nBring the keys" in full


def test_a_feed_has_its_owners_entries_only_whatever_they_may_see(session: Session) -> None:
    team = builders.team(session)
    manager, agent = builders.manager(session, of=team), builders.person(session, on=team)
    book(session, agent, title="Of the agent")
    book(session, manager, title="Own")
    assert [title for _, _, title in expanded(read(session, manager, with_clients=True))] == ["Own"]


def test_a_new_address_closes_the_old_one_and_closing_it_or_leaving_closes_it_for_good(session: Session) -> None:
    agent = builders.person(session)
    who = as_viewer(session, agent)
    old, new = calendar_feed.make_feed(session, who, NOON), calendar_feed.make_feed(session, who, NOON)
    assert old not in session.scalars(select(col(CalendarFeed.token_hash))).all()
    assert calendar_feed.feed(session, old, NOON) is None
    assert calendar_feed.feed(session, new, NOON) is not None
    agent.active, agent.deactivated_at = False, NOON
    session.flush()
    assert calendar_feed.feed(session, new, NOON) is None
    agent.active = True
    session.flush()
    calendar_feed.close_feed(session, who, NOON)
    assert calendar_feed.feed(session, new, NOON) is None
    for gone in (lambda: calendar_feed.close_feed(session, who, NOON), lambda: calendar_feed.tell_clients(session, who, with_clients=True)):
        with pytest.raises(NotFoundError):
            gone()


def test_a_read_is_written_down_at_most_once_in_a_while(session: Session) -> None:
    agent = builders.person(session)
    token = calendar_feed.make_feed(session, as_viewer(session, agent), NOON)
    first = calendar_feed.feed(session, token, NOON)
    assert first is not None
    calendar_feed.touch(session, first, NOON)
    again, later = (calendar_feed.feed(session, token, NOON + after) for after in (timedelta(minutes=14), timedelta(minutes=15)))
    assert again is not None
    assert later is not None
    assert (first.is_stale, again.is_stale, later.is_stale) == (True, False, True)
    seen = calendar_feed.own_feed(session, as_viewer(session, agent))
    assert seen is not None
    assert seen.last_read_at == NOON


def test_the_same_calendar_has_the_same_tag_and_a_change_another(session: Session) -> None:
    agent = builders.person(session)
    event_id = book(session, agent)
    token = calendar_feed.make_feed(session, as_viewer(session, agent), NOON)
    first, same = (calendar_feed.feed(session, token, NOON + after) for after in (timedelta(0), timedelta(hours=1)))
    calendar.cancel_event(session, as_viewer(session, agent), event_id, 1)
    other = calendar_feed.feed(session, token, NOON)
    assert first is not None
    assert same is not None
    assert other is not None
    assert first.etag == same.etag != other.etag


def test_a_moved_and_a_called_off_day_are_told_in_the_zone_of_the_series(session: Session) -> None:
    agent = builders.person(session, time_zone="Europe/Berlin")
    book(session, agent, "FREQ=WEEKLY;COUNT=5")
    ids = [each.id or 0 for each in session.scalars(select(CalendarEvent).order_by(col(CalendarEvent.local_on)))]
    who = as_viewer(session, agent)
    calendar.cancel_event(session, who, ids[1], 1)
    moved = changed_event(kind=EventKind.SHOWING, title="12 Oak Street", starts=NINE + timedelta(days=22))
    calendar.change_event(session, who, ids[3], 1, moved)
    text = read(session, agent, with_clients=True).decode()
    assert "DTSTART;TZID=Europe/Berlin:20260310T090000" in text
    assert "EXDATE;TZID=Europe/Berlin:20260317T090000" in text
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20260331T090000" in text
    starts = [f"{start:%m-%d %H:%M}" for start, _, _ in expanded(text.encode())]
    assert starts == [
        "03-10 08:00",
        "03-24 08:00",
        "04-01 07:00",
        "04-07 07:00",
    ]


RULES = st.sampled_from(["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3;COUNT=9", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=MONTHLY;BYDAY=2TU"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["move", "drop", "name all", "later", "shift", "end", "again"]), st.integers(0, 30)), min_size=1, max_size=5
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=st.sampled_from(["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3;COUNT=9", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=MONTHLY;BYDAY=2TU"]), steps=STEPS
)
def test_another_program_reads_what_the_calendar_has(session: Session, rule: str, steps: list[tuple[str, int]]) -> None:
    agent = builders.person(session, time_zone="Europe/Berlin")
    who = as_viewer(session, agent)
    book(session, agent, rule)
    for number, (step, pick) in enumerate(steps):
        query = select(CalendarEvent.id).where(col(CalendarEvent.agent_id) == agent.id, col(CalendarEvent.status) == EventStatus.PLANNED)
        planned = list(session.scalars(query.order_by(col(CalendarEvent.starts_at))))
        if not planned:
            break
        event = calendar.visible_event(session, who, planned[pick % len(planned)] or 0)
        minutes = int((event.ends_at - event.starts_at).total_seconds() // 60)
        at = wall_clock(event.starts_at, "Europe/Berlin")
        known = {field: getattr(event, field) for field in calendar.SAID} | {"starts": at, "minutes": minutes}
        change, reach = {}, Reach.THIS
        match step:
            case "drop":
                calendar.cancel_event(session, who, event.id, event.version)
                continue
            case "end":
                event_series.cancel_events(session, who, event.id, event.version, Reach.FOLLOWING, TUESDAY)
                continue
            case "move":
                change = {"starts": at + timedelta(minutes=7), "minutes": 20}
            case "name all":
                change, reach = {"title": f"Visit {number}"}, Reach.ALL
            case "later":
                change, reach = {"starts": at + timedelta(minutes=30)}, Reach.FOLLOWING
            case "shift" if "BYDAY" not in rule:
                change, reach = {"starts": at + timedelta(days=1)}, Reach.FOLLOWING
        event_series.change_event(session, who, event.id, event.version, changed_event(**known | change), Repeat(reach=reach), TUESDAY)
    ours = [each for each in stored(session, agent) if each[0] < WINDOW[1]]
    assert expanded(read(session, agent, with_clients=True)) == ours
