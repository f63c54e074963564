"""What repeats: written ahead, changed and called off in part or as a whole, with what was changed by hand left alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import CalendarEvent, EventSeries, Person
from domain.calendar.series import Reach
from domain.errors import ConflictError, InputError, NotFoundError
from domain.facts import EventEntry
from domain.local_time import wall_clock
from domain.records import EventKind, EventStatus, Outcome
from services import calendar, event_outcomes, event_series, series_entries
from services.access import Viewer, viewer
from services.calendar import Booked
from services.event_input import EventDetails, changed_event, new_event
from services.event_series import Repeat
from tests import builders
from tests.api.conftest import until_somebody_waits
from tests.builders import NOON, TUESDAY

NINE = datetime(2026, 3, 10, 9, 0)  # noqa: DTZ001 - what the agent's clock shows
WEEK = timedelta(days=7)


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


@pytest.fixture
def agent(session: Session) -> Person:
    person: Person = builders.person(session, time_zone="Europe/Berlin")
    return person


def book(session: Session, who: Person, rule: str = "FREQ=WEEKLY", *, agent: Person | None = None, **fields: Any) -> Booked:
    said = {"agent_id": (agent or who).id, "kind": EventKind.CALL, "title": "Review", "starts": NINE}
    return event_series.book_series(session, as_viewer(session, who), new_event(**said | fields), rule, TUESDAY)


def entries(session: Session, agent: Person) -> list[CalendarEvent]:
    session.flush()
    session.expire_all()
    query = select(CalendarEvent).where(col(CalendarEvent.agent_id) == agent.id).order_by(col(CalendarEvent.starts_at))
    return list(session.scalars(query))


def entry_on(session: Session, agent: Person, day: date) -> EventEntry:
    (found,) = [each for each in entries(session, agent) if each.occurs_on == day]
    return calendar.visible_event(session, as_viewer(session, agent), found.id or 0)


def said_by(event: EventEntry, **changed: Any) -> EventDetails:
    """The entry as the form shows it, with what somebody changed in it."""
    known = {field: getattr(event, field) for field in calendar.SAID}
    minutes = int((event.ends_at - event.starts_at).total_seconds() // 60)
    return changed_event(**known | {"starts": wall_clock(event.starts_at, event.time_zone), "minutes": minutes} | changed)


def change(session: Session, agent: Person, day: date, reach: Reach, rule: str | None = None, **changed: Any) -> Booked:
    event = entry_on(session, agent, day)
    repeat = Repeat(reach=reach, rule=rule)
    who = as_viewer(session, agent)
    return event_series.change_event(session, who, event.id, event.version, said_by(event, **changed), repeat, TUESDAY)


def shown(session: Session, agent: Person) -> list[tuple[str, str]]:
    """When and what, as the agent's clock shows it; what is called off in brackets."""
    return [
        (
            f"{wall_clock(each.starts_at, agent.time_zone):%m-%d %H:%M}",
            f"({each.title})" if each.status is EventStatus.CANCELLED else each.title,
        )
        for each in entries(session, agent)
    ]


def test_a_series_is_written_sixty_days_ahead_at_the_same_hour_over_a_change_of_the_clock(session: Session, agent: Person) -> None:
    booked = book(session, agent)
    assert booked.written == 9
    assert shown(session, agent) == [(f"{NINE + number * WEEK:%m-%d %H:%M}", "Review") for number in range(9)]
    assert {each.starts_at.hour for each in entries(session, agent)} == {8, 7}


def test_a_rule_that_cannot_be_or_leaves_its_first_day_out_is_refused_and_nothing_is_stored(session: Session, agent: Person) -> None:
    for rule in ("FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=TH", "FREQ=DAILY;UNTIL=20300101", "FREQ=DAILY;COUNT=501"):
        with pytest.raises(InputError) as raised:
            book(session, agent, rule)
        assert raised.value.code == "unusable_rule"
    assert session.scalar(select(func.count()).select_from(EventSeries)) == 0


def test_a_series_for_a_foreign_agent_is_refused_as_if_there_were_none(session: Session, agent: Person) -> None:
    with pytest.raises(NotFoundError):
        book(session, agent, agent=builders.person(session))


def test_the_nightly_job_writes_on_and_brings_nothing_back(session: Session, agent: Person) -> None:
    book(session, agent)
    moved, dropped = entry_on(session, agent, TUESDAY + WEEK), entry_on(session, agent, TUESDAY + 2 * WEEK)
    change(session, agent, TUESDAY + WEEK, Reach.THIS, starts=NINE + timedelta(days=8, hours=2))
    calendar.cancel_event(session, as_viewer(session, agent), dropped.id, dropped.version)
    later = TUESDAY + timedelta(days=21)
    assert series_entries.extend(session, later) == {"series": 1, "entries": 3}
    assert series_entries.extend(session, later) == {"series": 0, "entries": 0}
    found = shown(session, agent)
    assert len(found) == 12
    assert found[1:3] == [("03-18 11:00", "Review"), ("03-24 09:00", "(Review)")]
    assert entry_on(session, agent, TUESDAY + WEEK).id == moved.id


def test_a_series_of_somebody_who_left_is_not_written_on(session: Session, agent: Person) -> None:
    book(session, agent)
    agent.active, agent.deactivated_at = False, NOON
    session.flush()
    assert series_entries.extend(session, TUESDAY + timedelta(days=30))["series"] == 0


def test_one_entry_is_changed_alone(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=WEEKLY;COUNT=3")
    change(session, agent, TUESDAY + WEEK, Reach.THIS, title="Review with Mia")
    assert [title for _, title in shown(session, agent)] == ["Review", "Review with Mia", "Review"]
    with pytest.raises(InputError, match="alone"):
        change(session, agent, TUESDAY + WEEK, Reach.THIS, "FREQ=DAILY")


def test_a_title_for_all_leaves_what_was_moved_renamed_or_called_off_by_hand(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=WEEKLY;COUNT=5")
    change(session, agent, TUESDAY + WEEK, Reach.THIS, starts=NINE + timedelta(days=8))
    change(session, agent, TUESDAY + 2 * WEEK, Reach.THIS, title="With the bank")
    dropped = entry_on(session, agent, TUESDAY + 3 * WEEK)
    calendar.cancel_event(session, as_viewer(session, agent), dropped.id, dropped.version)
    change(session, agent, TUESDAY, Reach.ALL, title="Weekly review")
    assert shown(session, agent) == [
        ("03-10 09:00", "Weekly review"),
        ("03-18 09:00", "Weekly review"),
        ("03-24 09:00", "With the bank"),
        ("03-31 09:00", "(Review)"),
        ("04-07 09:00", "Weekly review"),
    ]


def test_this_and_following_splits_and_what_is_before_stays(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=WEEKLY;COUNT=4")
    change(session, agent, TUESDAY + 2 * WEEK, Reach.FOLLOWING, starts=NINE + 2 * WEEK + timedelta(hours=1), minutes=45)
    assert [when for when, _ in shown(session, agent)] == ["03-10 09:00", "03-17 09:00", "03-24 10:00", "03-31 10:00"]
    assert series_entries.extend(session, TUESDAY + timedelta(days=90))["entries"] == 0
    assert len(entries(session, agent)) == 4
    assert len({each.series_id for each in entries(session, agent)}) == 2


def test_all_to_another_weekday_moves_every_day_and_keeps_what_was_done(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=WEEKLY;COUNT=4")
    first = entry_on(session, agent, TUESDAY)
    event_outcomes.complete_event(session, as_viewer(session, agent), first.id, first.version, Outcome.CONNECTED, NOON)
    change(session, agent, TUESDAY + WEEK, Reach.FOLLOWING, starts=NINE + WEEK + timedelta(days=2))
    assert [when for when, _ in shown(session, agent)] == ["03-10 09:00", "03-19 09:00", "03-26 09:00", "04-02 09:00"]
    assert entries(session, agent)[0].status is EventStatus.COMPLETED


def test_days_move_over_each_other_without_getting_in_each_others_way(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=DAILY;COUNT=4")
    change(session, agent, TUESDAY, Reach.ALL, starts=NINE + timedelta(days=1))
    assert [when for when, _ in shown(session, agent)] == ["03-11 09:00", "03-12 09:00", "03-13 09:00", "03-14 09:00"]
    assert session.scalar(select(func.count()).select_from(EventSeries)) == 1


def test_another_rule_takes_away_untouched_days_and_leaves_touched_ones(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=DAILY;COUNT=5")
    change(session, agent, TUESDAY + timedelta(days=1), Reach.THIS, title="With the bank")
    change(session, agent, TUESDAY, Reach.ALL, "FREQ=DAILY;INTERVAL=3;COUNT=2")
    assert shown(session, agent) == [("03-10 09:00", "Review"), ("03-11 09:00", "With the bank"), ("03-13 09:00", "Review")]
    assert [each.series_id is None for each in entries(session, agent)] == [False, True, False]


def test_moving_a_weekday_the_rule_names_needs_the_rule_changed_too(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4")
    with pytest.raises(InputError, match="Choose them too"):
        change(session, agent, TUESDAY, Reach.ALL, starts=NINE + timedelta(days=1))


def test_a_single_entry_begins_to_repeat(session: Session, agent: Person) -> None:
    said = {"agent_id": agent.id, "kind": EventKind.CALL, "title": "Review", "starts": NINE}
    event = calendar.book_event(session, as_viewer(session, agent), new_event(**said)).event
    who = as_viewer(session, agent)
    booked = event_series.change_event(session, who, event.id, 1, said_by(event), Repeat(rule="FREQ=WEEKLY;COUNT=3"), TUESDAY)
    assert (booked.event.id, booked.written, len(entries(session, agent))) == (event.id, 3, 3)
    assert booked.event.series is not None
    assert booked.event.series.rule == "FREQ=WEEKLY;COUNT=3"


def test_calling_off_from_one_on_ends_the_series_and_leaves_the_days_visible(session: Session, agent: Person) -> None:
    book(session, agent)
    third = entry_on(session, agent, TUESDAY + 2 * WEEK)
    assert event_series.cancel_events(session, as_viewer(session, agent), third.id, third.version, Reach.FOLLOWING, TUESDAY) == 7
    statuses = [each.status for each in entries(session, agent)]
    assert statuses == [EventStatus.PLANNED] * 2 + [EventStatus.CANCELLED] * 7
    assert series_entries.extend(session, TUESDAY + timedelta(days=60)) == {"series": 0, "entries": 0}


def test_an_entry_planned_again_behind_the_end_stands_alone(session: Session, agent: Person) -> None:
    book(session, agent, "FREQ=WEEKLY;COUNT=3")
    event = entry_on(session, agent, TUESDAY + WEEK)
    who = as_viewer(session, agent)
    event_series.cancel_events(session, who, event.id, event.version, Reach.ALL, TUESDAY)
    again = event_outcomes.reopen_event(session, who, event.id, event.version + 1, NOON)
    assert event_series.cancel_events(session, who, again.id, again.version, Reach.FOLLOWING, TUESDAY) == 1


def test_a_stale_or_foreign_change_of_a_series_is_refused(session: Session, agent: Person) -> None:
    event = book(session, agent).event
    stranger = as_viewer(session, builders.person(session))
    with pytest.raises(NotFoundError):
        event_series.change_event(session, stranger, event.id, 1, said_by(event), Repeat(reach=Reach.ALL), TUESDAY)
    with pytest.raises(NotFoundError):
        event_series.cancel_events(session, stranger, event.id, 1, Reach.ALL, TUESDAY)
    with pytest.raises(ConflictError):
        event_series.cancel_events(session, as_viewer(session, agent), event.id, 7, Reach.ALL, TUESDAY)


def test_two_changes_at_a_time_wait_and_the_second_looks_again(fresh_database: Database) -> None:
    def company(session: Session) -> tuple[Viewer, int]:
        agent = builders.person(session, time_zone="Europe/Berlin")
        return as_viewer(session, agent), book(session, agent).event.id

    who, event_id = fresh_database.write(company)

    def rename(session: Session) -> None:
        event = calendar.visible_event(session, who, event_id)
        change = said_by(event, title="Renamed")
        event_series.change_event(session, who, event_id, 1, change, Repeat(reach=Reach.ALL), TUESDAY)
        pool.submit(fresh_database.write, lambda other: event_series.cancel_events(other, who, event_id, 1, Reach.ALL, TUESDAY))
        until_somebody_waits(fresh_database)

    with ThreadPoolExecutor(max_workers=1) as pool:
        fresh_database.write(rename)
    with fresh_database.reading() as session:
        assert {(each.title, each.status) for each in session.scalars(select(CalendarEvent))} == {("Renamed", EventStatus.PLANNED)}


def test_a_series_says_what_stands_in_its_way(session: Session, agent: Person) -> None:
    said = {"agent_id": agent.id, "kind": EventKind.CALL, "title": "Dentist", "starts": NINE + WEEK}
    calendar.book_event(session, as_viewer(session, agent), new_event(**said))
    assert [event.title for event in book(session, agent).overlapping] == ["Dentist"]


def test_a_training_is_booked_with_its_module_while_it_is_on_offer(session: Session, agent: Person) -> None:
    module = builders.training_module(session, title="First calls")
    booked = book(session, agent, "FREQ=WEEKLY;COUNT=2", kind=EventKind.TRAINING, module_id=module.id)
    assert booked.event.module_title == "First calls"
    module.is_active = False
    session.flush()
    with pytest.raises(NotFoundError, match="on offer"):
        book(session, agent, kind=EventKind.TRAINING, module_id=module.id)


STEPS = st.lists(
    st.tuples(st.sampled_from(["move", "name", "drop", "all", "following", "later", "extend"]), st.integers(0, 30)), min_size=1, max_size=6
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=st.sampled_from(["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=MONTHLY;BYDAY=2TU"]), steps=STEPS)
def test_no_day_is_doubled_or_lost_and_what_was_done_by_hand_stays(session: Session, rule: str, steps: list[tuple[str, int]]) -> None:
    agent = builders.person(session, time_zone="Europe/Berlin")
    who = as_viewer(session, agent)
    book(session, agent, rule)
    dropped: set[int] = set()
    moved: dict[int, datetime] = {}
    hour = 9
    for number, (step, pick) in enumerate(steps):
        planned = [each for each in entries(session, agent) if each.status is EventStatus.PLANNED]
        chosen = calendar.visible_event(session, who, planned[pick % len(planned)].id or 0)
        if step == "drop" and len(planned) > 1:
            calendar.cancel_event(session, who, chosen.id, chosen.version)
            dropped.add(chosen.id)
        elif step == "move":
            said = said_by(chosen, starts=wall_clock(chosen.starts_at, chosen.time_zone) + timedelta(minutes=17))
            moved[chosen.id] = calendar.change_event(session, who, chosen.id, chosen.version, said).event.starts_at
        elif step == "extend":
            series_entries.extend(session, TUESDAY + timedelta(days=pick))
        elif step in {"all", "following", "name"}:
            reach = Reach.THIS if step == "name" else Reach(step)
            repeat = Repeat(reach=reach)
            event_series.change_event(session, who, chosen.id, chosen.version, said_by(chosen, title=f"Review {number}"), repeat, TUESDAY)
        elif step == "later" and chosen.id not in moved:
            hour += 1
            said = said_by(chosen, starts=datetime.combine(wall_clock(chosen.starts_at, chosen.time_zone).date(), time(hour)))
            event_series.change_event(session, who, chosen.id, chosen.version, said, Repeat(reach=Reach.FOLLOWING), TUESDAY)
    found = entries(session, agent)
    assert {each.id for each in found if each.status is EventStatus.CANCELLED} == dropped
    assert {each.id: each.starts_at for each in found if each.id in moved and each.id not in dropped} == {
        key: at for key, at in moved.items() if key not in dropped
    }
    fresh = builders.person(session, time_zone="Europe/Berlin")
    book(session, fresh, rule)
    series_entries.extend(session, TUESDAY + timedelta(days=30))
    series_entries.extend(session, TUESDAY + timedelta(days=30))
    assert [each.occurs_on for each in sorted(entries(session, agent), key=lambda each: each.occurs_on or date.max)] == [
        each.occurs_on for each in entries(session, fresh)
    ]
    assert all(each.starts_at.tzinfo is UTC for each in found)
