"""Due slots: one per local day in every zone of the world, in step in UTC, and never a pile of them after a long sleep (J6)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import tzset
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InputError
from jobs.slots import Daily, Every, Slot, slots

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
NIGHT = Daily(at=time(2, 30), zone="Europe/Berlin")
FIVE_MINUTES = Every(step=timedelta(minutes=5))
ODD_TIMES = [time(0, 0), time(0, 30), time(2, 30), time(12, 0), time(23, 59)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def run_through(schedule: Daily | Every, start: datetime, moments: list[timedelta]) -> list[Slot]:
    """What a process that looks at these moments, one after the other, puts down; a ledger keeps each name once."""
    ledger: dict[str, Slot] = {}
    for offset in moments:
        now = start + offset
        last = max((slot.due_at for slot in ledger.values() if slot.due_at <= now), default=None)
        for slot in slots(schedule, now, last):
            ledger.setdefault(slot.name, slot)
    return list(ledger.values())


@settings(max_examples=60, deadline=None)
@given(zone=st.sampled_from(ZONES), clock=st.sampled_from(ODD_TIMES), start=st.integers(0, 1_200))
def test_every_local_day_of_two_years_has_one_slot_in_every_zone(zone: str, clock: time, start: int) -> None:
    first = at("2024-01-01 07:13") + timedelta(days=start)
    days = 730
    found = run_through(Daily(at=clock, zone=zone), first, [timedelta(days=day) for day in range(days + 1)])

    names = [slot.day for slot in found]
    assert names == [names[0] + timedelta(days=number) for number in range(len(names))]
    assert abs(len(names) - (days + 1)) <= 1
    assert [slot.due_at for slot in found] == sorted(slot.due_at for slot in found)
    assert {later.due_at - earlier.due_at for earlier, later in pairwise(found)} <= {
        timedelta(hours=24) + timedelta(minutes=minutes) for minutes in (-120, -60, -30, 0, 30, 60, 120)
    }


@settings(deadline=None)
@given(offsets=st.lists(st.integers(-7200, 7200), min_size=1, max_size=40))
def test_a_clock_that_is_off_by_up_to_two_hours_gives_no_slot_twice_and_loses_none(offsets: list[int]) -> None:
    start, honest = at("2026-03-28 00:00"), timedelta(0)
    moments = []
    for number, off in enumerate(offsets):
        honest = timedelta(hours=3) * number
        moments.append(honest + timedelta(seconds=off))
    moments.append(honest + timedelta(hours=3))
    found = run_through(NIGHT, start, moments)

    days = sorted(slot.day for slot in found)
    assert len(days) == len({slot.name for slot in found})
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert days[-1] >= (start + moments[-1]).date() - timedelta(days=1)


def test_a_time_the_clock_jumps_over_comes_once_right_after_the_jump() -> None:
    found = slots(NIGHT, at("2026-03-30 12:00"), at("2026-03-28 12:00"))
    assert [(slot.name, slot.due_at) for slot in found] == [
        ("2026-03-29 Europe/Berlin", at("2026-03-29 01:30")),
        ("2026-03-30 Europe/Berlin", at("2026-03-30 00:30")),
    ]


def test_a_time_the_clock_shows_twice_comes_once_the_first_time() -> None:
    found = slots(NIGHT, at("2026-10-26 12:00"), at("2026-10-24 12:00"))
    assert [(slot.name, slot.due_at) for slot in found] == [
        ("2026-10-25 Europe/Berlin", at("2026-10-25 00:30")),
        ("2026-10-26 Europe/Berlin", at("2026-10-26 01:30")),
    ]


def test_a_leap_day_is_a_day() -> None:
    found = slots(Daily(at=time(2, 30)), at("2028-03-01 12:00"), at("2028-02-28 12:00"))
    assert [slot.day for slot in found] == [date(2028, 2, 29), date(2028, 3, 1)]


def test_after_five_days_asleep_the_three_newest_slots_are_made_up_for() -> None:
    """J6: catching up is bounded."""
    found = slots(NIGHT, at("2026-03-15 12:00"), at("2026-03-10 01:30"))
    assert [slot.day.day for slot in found] == [13, 14, 15]
    often = slots(FIVE_MINUTES, at("2026-03-15 12:01"), at("2026-03-10 01:30"))
    assert [slot.name[11:16] for slot in often] == ["11:50", "11:55", "12:00"]


def test_a_first_start_begins_with_the_newest_slot_alone() -> None:
    assert [slot.name for slot in slots(NIGHT, at("2026-03-15 12:00"), None)] == ["2026-03-15 Europe/Berlin"]


def test_nothing_is_due_twice_or_before_its_time() -> None:
    due = at("2026-03-10 01:30")
    assert slots(NIGHT, due - timedelta(seconds=1), due - timedelta(days=1)) == []
    assert [slot.due_at for slot in slots(NIGHT, due, due - timedelta(days=1))] == [due]
    assert slots(NIGHT, due + timedelta(hours=23), due) == []
    assert slots(NIGHT, due - timedelta(hours=2), due) == [], "the clock was set back"


@settings(deadline=None)
@given(step=st.sampled_from([1, 5, 60, 300, 3600]), second=st.integers(0, 10**9), later=st.integers(0, 50_000))
def test_every_process_means_the_same_moments(step: int, second: int, later: int) -> None:
    schedule, now = Every(step=timedelta(seconds=step)), datetime.fromtimestamp(second, UTC)
    one, other = slots(schedule, now, None)[0], slots(schedule, now + timedelta(seconds=later % step), None)[0]
    assert one.due_at.timestamp() % step == 0
    assert other.due_at - one.due_at in {timedelta(0), timedelta(seconds=step)}
    assert schedule.after(now).due_at == one.due_at + timedelta(seconds=step)


def test_a_company_that_moves_to_another_zone_has_slots_of_its_own_there() -> None:
    moved = slots(NIGHT.in_zone("America/New_York"), at("2026-03-10 12:00"), at("2026-03-10 01:30"))
    assert [slot.name for slot in moved] == ["2026-03-10 America/New_York"]


@pytest.mark.parametrize("schedule", [NIGHT, FIVE_MINUTES])
def test_a_slot_is_found_again_by_its_name(schedule: Daily | Every) -> None:
    slot = slots(schedule, at("2026-03-15 12:01"), None)[0]
    assert schedule.named(slot.name) == slot
    assert NIGHT.named("2026-03-10").name == "2026-03-10 Europe/Berlin"


@pytest.mark.parametrize(
    ("schedule", "name", "words"),
    [
        (NIGHT, "tonight", "Name a local date"),
        (NIGHT, "2026-03-10 Europe/Berlni", "Did you mean Europe/Berlin?"),
        (FIVE_MINUTES, "now", "Name a moment in UTC"),
        (FIVE_MINUTES, "2026-03-10T09:07:00Z", "The one before it is 2026-03-10T09:05:00Z"),
    ],
)
def test_a_name_that_is_no_slot_is_refused_with_the_nearest(schedule: Daily | Every, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        schedule.named(name)


def test_a_moment_without_a_zone_means_utc_wherever_the_host_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    tzset()
    try:
        assert Every(step=timedelta(minutes=5)).named("2026-03-10T09:05:00").name == "2026-03-10T09:05:00Z"
    finally:
        monkeypatch.undo()
        tzset()
