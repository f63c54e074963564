"""Which days a report's name means."""

from datetime import date

import pytest

from domain.errors import InputError
from domain.periods import Grain, containing
from domain.reports.spans import last_finished, report_days, span_name

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("this_week", date(2025, 12, 29), date(2026, 1, 4)),
        ("last_month", date(2025, 12, 1), date(2025, 12, 31)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_week_or_month_is_read_by_its_name(name: str, first: date, last: date) -> None:
    days = report_days(name, TODAY)
    assert (days.start, days.last_day) == (first, last)
    assert report_days(span_name(days), TODAY) == days


@pytest.mark.parametrize(
    "name", ["2021-W53", "2026-W00", "2026-13", "2026-00", "0000-01", "9999-12", "9999-W52", "yesterday", "2026-1", ""]
)
def test_a_name_that_is_no_week_or_month_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no week or month"):
        report_days(name, TODAY)


def test_days_that_have_not_begun_have_no_report() -> None:
    with pytest.raises(InputError, match="has not begun"):
        report_days("2026-W02", TODAY)


def test_the_last_finished_unit_ends_before_today() -> None:
    assert last_finished(Grain.WEEK, date(2026, 3, 9)) == containing(date(2026, 3, 2), Grain.WEEK)
    assert last_finished(Grain.MONTH, date(2026, 3, 31)) == containing(date(2026, 2, 1), Grain.MONTH)
