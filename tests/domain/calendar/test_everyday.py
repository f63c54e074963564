"""What people choose from when something repeats."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.everyday import Everyday, everyday_rule, nth_weekday
from domain.calendar.occurrences import days_of
from domain.calendar.recurrence import Weekday
from domain.calendar.series import check_first_day
from domain.periods import add_months

TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (Everyday.DAILY, "FREQ=DAILY"),
        (Everyday.WEEKDAYS, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (Everyday.WEEKLY, "FREQ=WEEKLY"),
        (Everyday.FORTNIGHTLY, "FREQ=WEEKLY;INTERVAL=2"),
        (Everyday.MONTHLY, "FREQ=MONTHLY"),
        (Everyday.MONTHLY_WEEKDAY, "FREQ=MONTHLY;BYDAY=2TU"),
    ],
)
def test_a_choice_is_a_rule(choice: Everyday, text: str) -> None:
    assert everyday_rule(choice, TUESDAY).text == text


def test_days_of_the_week_are_named_where_they_are_not_the_first_days_own() -> None:
    assert everyday_rule(Everyday.WEEKLY, TUESDAY, days=(1,)).text == "FREQ=WEEKLY"
    assert everyday_rule(Everyday.WEEKLY, TUESDAY, days=(3, 1), times=4).text == "FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH"


@pytest.mark.parametrize(("day", "weekday"), [(22, Weekday(6, 4)), (29, Weekday(6, -1)), (31, Weekday(1, -1)), (1, Weekday(6, 1))])
def test_a_fifth_weekday_is_the_last_one(day: int, weekday: Weekday) -> None:
    assert nth_weekday(TUESDAY.replace(day=day)) == weekday


@given(
    choice=st.sampled_from([each for each in Everyday if each is not Everyday.WEEKDAYS]),
    first_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    times=st.integers(1, 5),
)
def test_every_choice_begins_on_its_first_day_and_ends_after_its_times(choice: Everyday, first_on: date, times: int) -> None:
    rule = everyday_rule(choice, first_on, times=times)
    check_first_day(rule, first_on)
    assert len(days_of(rule, first_on, add_months(first_on, 13))) == times
    until = first_on + timedelta(days=40)
    assert max(days_of(everyday_rule(choice, first_on, until=until), first_on, date(2030, 1, 1))) <= until
