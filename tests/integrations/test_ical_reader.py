"""Calendar files of other programs: what is taken, what is named with why not, and what a hostile one costs."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from domain.errors import InputError
from domain.periods import Period
from integrations.ical_reader import ReadEntry, Unread, read_calendar

BERLIN = ";TZID=Europe/Berlin"
WINDOW = Period(date(2026, 3, 1), date(2026, 6, 1))
ONE = "UID:one\nDTSTART;TZID=Europe/Berlin:20260310T090000\nDTEND;TZID=Europe/Berlin:20260310T093000\nSUMMARY:Viewing"


def file_of(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{head}{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(*events: str, head: str = "") -> list[ReadEntry | Unread]:
    return read_calendar(file_of(*events, head=head), "Europe/Berlin", WINDOW)


def taken(*events: str) -> list[ReadEntry]:
    found = read(*events)
    assert not [each for each in found if isinstance(each, Unread)], found
    return [each for each in found if isinstance(each, ReadEntry)]


def starts(*events: str) -> list[str]:
    return sorted(f"{each.starts_at:%m-%d %H:%M}" for each in taken(*events))


def reason(*events: str) -> str:
    (only,) = read(*events)
    assert isinstance(only, Unread)
    return only.reason


def test_an_entry_is_taken_with_its_moment_length_and_words() -> None:
    (entry,) = taken(f"{ONE}\nLOCATION:12 Oak Street\nDESCRIPTION:Bring the keys\\nand a pen")
    assert (entry.key, entry.title, entry.notes) == ("one", "Viewing", "12 Oak Street\nBring the keys\nand a pen")
    assert (entry.starts_at, entry.ends_at) == (datetime(2026, 3, 10, 8, tzinfo=UTC), datetime(2026, 3, 10, 8, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        ("DTSTART:20260310T090000Z", "03-10 09:00"),
        ("DTSTART:20260310T090000", "03-10 08:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20260310T090000", "03-10 08:00"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/America/New_York:20260310T090000", "03-10 13:00"),
        ("DTSTART;VALUE=DATE:20260310", "03-09 23:00"),
    ],
)
def test_times_are_those_of_their_zone_or_of_the_agents(start: str, shown: str) -> None:
    assert starts(f"UID:a\n{start}\nSUMMARY:x") == [shown]


def test_what_repeats_comes_day_by_day_with_days_left_out_added_and_moved() -> None:
    weekly = f"{ONE}\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20260317T090000\nRDATE;TZID=Europe/Berlin:20260312T110000"
    moved = "UID:one\nRECURRENCE-ID;TZID=Europe/Berlin:20260331T090000\nDTSTART:20260401T080000Z\nDURATION:PT1H\nSUMMARY:Later"
    found = taken(weekly, moved)
    assert sorted(f"{each.starts_at:%m-%d %H:%M} {each.title}" for each in found) == [
        "03-10 08:00 Viewing",
        "03-12 10:00 Viewing",
        "03-24 08:00 Viewing",
        "04-01 08:00 Later",
    ]
    assert {each.key for each in found if each.title == "Later"} == {"one/20260331T070000Z"}


def test_a_rule_without_an_end_goes_as_far_as_the_days_asked_for() -> None:
    assert len(starts("UID:a\nDTSTART:20100105T090000Z\nRRULE:FREQ=WEEKLY")) == 13


RULES = st.sampled_from(
    [
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
    ]
)


@settings(max_examples=25)
@given(rule=RULES, end=st.sampled_from(["", ";COUNT=9", ";UNTIL=20260430T070000Z"]), hour=st.integers(4, 22), left_out=st.integers(0, 40))
def test_another_reader_finds_the_same(rule: str, end: str, hour: int, left_out: int) -> None:
    first = next(day for day in (date(2026, 3, 1) + timedelta(days=n) for n in range(31)) if _is_first(rule, day))
    out = f"{first + timedelta(days=left_out):%Y%m%d}T{hour:02}0000"
    event = f"UID:a\nDTSTART{BERLIN}:{first:%Y%m%d}T{hour:02}0000\nDURATION:PT30M\nRRULE:{rule}{end}\nEXDATE{BERLIN}:{out}"
    theirs = recurring_ical_events.of(Calendar.from_ical(file_of(event))).between((2026, 3, 1), (2026, 6, 1))
    assert starts(event) == sorted(f"{each['DTSTART'].dt.astimezone(UTC):%m-%d %H:%M}" for each in theirs)


def _is_first(rule: str, day: date) -> bool:
    """Whether the rule falls on the day: a start that it does not name counts in one reader and not in another."""
    if "BYDAY=MO" in rule:
        return day.weekday() == 0
    return day == date(2026, 3, 27) if "-1FR" in rule else day == date(2026, 3, 31) if "31" in rule else True


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("UID:a\nSUMMARY:x", "start cannot be read"),
        ("UID:a\nDTSTART:2026-13-99\nSUMMARY:x", "start cannot be read"),
        ("UID:a\nDTSTART:00010101T000000Z", "start cannot be read"),
        ("UID:a\nDTSTART;TZID=Mine:20260310T090000", "time zone “Mine”"),
        ("UID:a\nDTSTART:20260310T090000Z\nDTEND:20260312T090000Z", "longer than a day"),
        ("UID:a\nDTSTART:20260310T090000Z\nDTEND:20260310T080000Z", "ends before it starts"),
        ("UID:a\nDTSTART:20260310T090000Z\nDTEND;VALUE=DATE:20260311", "end cannot be read"),
        ("UID:a\nDTSTART:20250310T090000Z", "too long ago"),
        ("UID:a\nDTSTART:20260310T090000Z\nRRULE:FREQ=SECONDLY", "not SECONDLY"),
        ("UID:a\nDTSTART:20260310T090000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2", "BYHOUR"),
        ("UID:a\nDTSTART:20260310T090000Z\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "more than one rule"),
        ("UID:a\nDTSTART:20260310T090000Z\nRDATE;VALUE=PERIOD:20260311T090000Z/PT1H", "days added cannot be read"),
        ("UID:a\nDTSTART:20260310T090000Z\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260310T090000Z", "all later days"),
    ],
)
def test_what_is_not_taken_says_why(event: str, why: str) -> None:
    assert why in reason(event)


def test_the_same_name_twice_a_task_and_a_nameless_entry() -> None:
    found = read(ONE, ONE, "DTSTART:20260310T090000Z", head="BEGIN:VTODO\nUID:t\nSUMMARY:Buy milk\nEND:VTODO\n")
    assert [(each.title, each.reason) for each in found if isinstance(each, Unread)] == [
        ("Buy milk", "Only events are taken, no tasks or notes."),
        ("Viewing", "The file has it twice."),
    ]
    assert [each.title for each in found if isinstance(each, ReadEntry)] == ["Viewing", "Untitled"]


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"BEGIN:VCALENDAR\r\n" * 50])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as raised:
        read_calendar(content, "UTC", WINDOW)
    assert raised.value.code == "not_a_calendar"


def test_a_large_file_and_many_entries_are_refused() -> None:
    for content in (b"x" * (2 * 1024 * 1024 + 1), file_of(*(f"UID:{number}" for number in range(3001)))):
        with pytest.raises(InputError) as raised:
            read_calendar(content, "UTC", WINDOW)
        assert raised.value.code == "calendar_too_large"


def test_a_file_made_to_cost_time_costs_little() -> None:
    part = "DTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY"
    zone = (
        f"BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\n{part}\nEND:STANDARD\nBEGIN:DAYLIGHT\n{part}\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
    )
    never = [f"UID:{n}\nDTSTART:19900101T090000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9" for n in range(20)]
    endless = [f"UID:e{n}\nDTSTART;TZID=Europe/Berlin:19900101T090000\nRRULE:FREQ=DAILY;INTERVAL=7" for n in range(200)]
    began = perf_counter()
    found = read(*never, *endless, head=zone)
    assert perf_counter() - began < 20
    assert len(found) < 3400
    assert any(isinstance(each, Unread) and "more than 200 repeating" in each.reason for each in found)


@settings(max_examples=150)
@given(content=st.binary(max_size=200) | st.text(alphabet="BEGINVCALRT:;=\r\n, DU2026S0Z", max_size=300).map(file_of))
def test_no_file_makes_reading_fail_in_any_other_way(content: bytes) -> None:
    with suppress(InputError):
        assert all(isinstance(each, ReadEntry | Unread) for each in read_calendar(content, "Europe/Berlin", WINDOW))
