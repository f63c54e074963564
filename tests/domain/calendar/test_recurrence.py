"""Rules of repetition: what they fall on, compared with another library's answer; what is refused; how they read."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.occurrences import Repetition, days_of
from domain.calendar.recurrence import WEEKDAYS, Frequency, Rule, Weekday, ended, rule_of
from domain.calendar.rule_words import rule_words
from domain.errors import InputError
from domain.local_time import ClockNote
from domain.periods import Period

TUESDAY = date(2026, 3, 10)
END = date(2028, 4, 1)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules of every kind that both libraries read the same way."""
    frequency = draw(st.sampled_from(Frequency))
    is_long = frequency in {Frequency.MONTHLY, Frequency.YEARLY}
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    may_have_nth = frequency is Frequency.MONTHLY or (frequency is Frequency.YEARLY and bool(months))
    nth = st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]) if may_have_nth and draw(st.booleans()) else st.none()
    weekdays = draw(st.lists(st.builds(Weekday, st.integers(0, 6), nth), max_size=3, unique=True))
    month_days = [] if frequency is Frequency.WEEKLY else draw(st.lists(st.integers(1, 31) | st.integers(-31, -1), max_size=3, unique=True))
    said = weekdays or month_days
    positions = draw(st.lists(st.sampled_from([1, 2, -1, -2]), max_size=2, unique=True)) if is_long and said else []
    end = draw(st.sampled_from(["count", "until", "none"]))
    return Rule(
        frequency=frequency,
        interval=draw(st.integers(1, 4)),
        weekdays=tuple(weekdays),
        month_days=tuple(month_days),
        months=tuple(months),
        positions=tuple(positions),
        week_start=draw(st.integers(0, 6)),
        count=draw(st.integers(1, 40)) if end == "count" else None,
        until=draw(DAYS) if end == "until" else None,
    )


@settings(max_examples=60)
@given(rule=rules(), first_on=DAYS)
def test_a_rule_falls_on_the_days_another_library_finds(rule: Rule, first_on: date) -> None:
    midnight = datetime.combine(first_on, time())
    theirs = rrulestr(rule.text, dtstart=midnight).between(midnight, datetime.combine(END, time()) - timedelta(seconds=1), inc=True)
    assert days_of(rule, first_on, END) == [moment.date() for moment in theirs]


@given(rule=rules())
def test_a_rule_is_read_as_it_was_written(rule: Rule) -> None:
    assert rule_of(rule.text) == rule


@settings(max_examples=30)
@given(rule=rules(), first_on=DAYS, cut=st.integers(1, 700))
def test_two_windows_have_the_days_of_the_one_they_make_up(rule: Rule, first_on: date, cut: int) -> None:
    whole = Period(first_on, first_on + timedelta(days=800))
    middle = first_on + timedelta(days=cut)
    repeated = Repetition(rule=rule, first_on=first_on, at=time(9), zone_name="Europe/Berlin")
    assert repeated.days(whole) == repeated.days(Period(whole.start, middle)) + repeated.days(Period(middle, whole.end))


@settings(max_examples=30)
@given(rule=rules(), first_on=DAYS)
def test_every_rule_can_be_ended_within_two_years_and_five_hundred_times(rule: Rule, first_on: date) -> None:
    try:
        kept = ended(rule, first_on)
    except InputError:
        return
    assert (kept.count or 0) <= 500
    assert kept.count is not None or (kept.until is not None and kept.until <= first_on + timedelta(days=731))
    assert len(days_of(kept, first_on, date(2032, 1, 1))) <= 732


@pytest.mark.parametrize("text", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=500"])
def test_a_rule_that_fits_no_day_costs_no_more_than_another(text: str) -> None:
    began = perf_counter()
    assert days_of(ended(rule_of(text), TUESDAY), TUESDAY, TUESDAY + timedelta(days=800)) == []
    assert perf_counter() - began < 1


@pytest.mark.parametrize("zone_name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
@settings(max_examples=20)
@given(first_on=DAYS, at=st.times())
def test_the_hour_is_the_same_on_every_day_that_has_it(zone_name: str, first_on: date, at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    daily = Repetition(rule=rule_of("FREQ=DAILY;INTERVAL=9"), first_on=first_on, at=at, zone_name=zone_name)
    for day in daily.days(Period(first_on, first_on + timedelta(days=400))):
        resolved = daily.moment(day)
        shown = resolved.moment.astimezone(ZoneInfo(zone_name))
        assert (shown.date(), shown.time()) == (day, at) or resolved.note is ClockNote.SKIPPED


def test_nine_o_clock_stays_nine_o_clock_over_a_change_of_the_clock() -> None:
    weekly = Repetition(rule=rule_of("FREQ=WEEKLY"), first_on=date(2026, 3, 24), at=time(9), zone_name="Europe/Berlin")
    days = weekly.days(Period(date(2026, 3, 1), date(2026, 4, 8)))
    assert [weekly.moment(day).moment.hour for day in days] == [8, 7, 7]


def test_a_skipped_hour_is_as_much_later_and_of_a_repeated_one_the_first_is_meant() -> None:
    daily = Repetition(rule=rule_of("FREQ=DAILY"), first_on=TUESDAY, at=time(2, 30), zone_name="Europe/Berlin")
    spring, autumn = daily.moment(date(2026, 3, 29)), daily.moment(date(2026, 10, 25))
    assert (spring.moment, spring.note) == (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), ClockNote.SKIPPED)
    assert (autumn.moment, autumn.note) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ClockNote.REPEATED)


def test_a_month_without_the_day_is_left_out() -> None:
    monthly = days_of(rule_of("FREQ=MONTHLY"), date(2026, 1, 31), date(2026, 6, 1))
    assert monthly == [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31)]


def test_a_series_ended_early_stops_before_its_rule_does() -> None:
    weekly = Repetition(rule=rule_of("FREQ=WEEKLY"), first_on=TUESDAY, at=time(9), zone_name="UTC", until_on=date(2026, 3, 24))
    assert weekly.days(Period(TUESDAY, END)) == [TUESDAY, date(2026, 3, 17)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=SECONDLY", "not SECONDLY"),
        ("FREQ=HOURLY;COUNT=3", "not HOURLY"),
        ("INTERVAL=2", "without FREQ"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;COUNT=501", "at most 500 times"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260401", "not both"),
        ("FREQ=DAILY;COUNT=many", "no number"),
        ("FREQ=DAILY;COUNT=²", "no number"),
        ("FREQ=DAILY;BYHOUR=9,10", "not repeated by BYHOUR"),
        ("FREQ=YEARLY;BYWEEKNO=20", "not repeated by BYWEEKNO"),
        ("FREQ=WEEKLY;BYDAY=2TU", "second Tuesday"),
        ("FREQ=YEARLY;BYDAY=20MO", "month of the yearly weekday"),
        ("FREQ=MONTHLY;BYDAY=6MO", "up to five"),
        ("FREQ=MONTHLY;BYDAY=XX", "no weekday"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "from 1 to 31"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "no day of the month"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=DAILY;UNTIL=tomorrow", "no end"),
        ("FREQ=DAILY;UNTIL=20261301", "no end"),
        ("FREQ=DAILY;FREQ=DAILY", "once"),
        ("FREQ", "once"),
        ("FREQ=DAILY;BYDAY=" + ",".join(WEEKDAYS * 20), "at most 200 characters"),
    ],
)
def test_what_cannot_be_a_plan_is_refused_by_name(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        rule_of(text)
    assert raised.value.code == "unusable_rule"


@pytest.mark.parametrize(
    ("until", "last_on"),
    [
        ("20260401", date(2026, 4, 1)),
        ("20260401T215959Z", date(2026, 4, 1)),
        ("20260331T230000Z", date(2026, 3, 31)),
        ("20260401T0900", None),
    ],
)
def test_an_end_that_is_a_moment_is_the_last_day_that_has_begun_by_then(until: str, last_on: date | None) -> None:
    text = f"FREQ=DAILY;UNTIL={until}"
    if last_on is None:
        with pytest.raises(InputError):
            rule_of(text, at=time(9), zone_name="Europe/Berlin")
    else:
        assert rule_of(text, at=time(9), zone_name="Europe/Berlin").until == last_on


def test_a_rule_without_an_end_gets_one_and_a_far_one_is_refused() -> None:
    assert ended(rule_of("FREQ=WEEKLY"), TUESDAY).until == date(2028, 3, 10)
    assert ended(rule_of("FREQ=WEEKLY;COUNT=5"), TUESDAY).until is None
    with pytest.raises(InputError, match="two years"):
        ended(rule_of("FREQ=WEEKLY;UNTIL=20280311"), TUESDAY)
    with pytest.raises(InputError, match="before it begins"):
        ended(rule_of("FREQ=WEEKLY;UNTIL=20260309"), TUESDAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;UNTIL=20260305", "every Tuesday until 5 Mar 2026"),
        ("FREQ=WEEKLY;BYDAY=TH,TU;COUNT=10", "every Tuesday and Thursday, 10 times"),
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks on Tuesday"),
        ("FREQ=MONTHLY", "every month on the 10th"),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=1", "every month on the second Tuesday, once"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,1", "every month on the last day and 1st"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "every month on the 13th if it is a Friday"),
        ("FREQ=YEARLY", "every year on the 10th of March"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday in November"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "by the rule FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
    ],
)
def test_a_rule_reads_as_people_say_it(text: str, words: str) -> None:
    assert rule_words(rule_of(text), TUESDAY) == words


def test_a_rule_says_only_what_it_was_told() -> None:
    said: dict[str, Any] = {
        "frequency": Frequency.WEEKLY,
        "weekdays": (Weekday(1),),
        "until": date(2027, 3, 5),
        "interval": 2,
        "week_start": 6,
    }
    assert Rule(**said).text == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270305;WKST=SU;BYDAY=TU"
