"""Figures, changes and spans as people read them."""

from datetime import date

import pytest

from domain import formatting
from domain.counters import Counters
from domain.metrics.catalog import metric
from domain.metrics.change import change
from domain.metrics.measures import Measure, Ratio, Total
from domain.periods import Grain, Period, containing

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("calls", None, "–"),
        ("calls", 0.0, "0"),
        ("calls", 1234.0, "1,234"),
        ("calls", 9.57, "9.6"),
        ("win_rate", 0.1254, "12.5 %"),
        ("satisfaction", 4.66, "4.7 ★"),
        ("response_time", 0.2, "12 min"),
        ("performance_index", 84.0, "84"),
    ],
)
def test_a_figure_carries_its_unit(key: str, value: float | None, text: str) -> None:
    assert formatting.value_text(metric(key), value) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1_234_567, "USD", "$12,346"),
        (999, "USD", "$9.99"),
        (1000, "USD", "$10"),
        (0, "EUR", "€0"),
        (-250_000, "USD", "−$2,500"),
        (123_456, "JPY", "¥123,456"),
        (1_234_567, "CHF", "12,346 CHF"),
        (12_345_678, "KWD", "12,346 KWD"),
    ],
)
def test_money_is_shown_in_its_currency(minor: int, currency: str, text: str) -> None:
    assert formatting.money_text(minor, currency) == text


@pytest.mark.parametrize(
    ("minor", "text"), [(9_999_900, "$99,999"), (12_345_600, "$123k"), (99_960_000, "$1.00M"), (125_000_000, "$1.25M")]
)
def test_large_amounts_are_short_where_space_is(minor: int, text: str) -> None:
    assert formatting.value_text(metric("revenue"), minor, compact=True) == text


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0.005, "18 s"), (0.5, "30 min"), (59.6 / 60, "1.0 h"), (59.7 / 3600, "1 min"), (3.5, "3.5 h"), (47.96, "48.0 h"), (50.4, "2.1 days")],
)
def test_durations_use_the_unit_people_think_in(hours: float, text: str) -> None:
    assert formatting.hours_text(hours) == text


def test_hours_of_work_are_not_told_in_days_of_24() -> None:
    assert [formatting.hours_text(hours, in_days=False) for hours in (0.5, 50.4)] == ["30 min", "50.4 h"]


@pytest.mark.parametrize(
    ("key", "now", "before", "text"),
    [
        ("calls", Total(60), Total(40), "+50 %"),
        ("calls", Total(20), Total(40), "−50 %"),
        ("calls", Total(5), Total(0), "new"),
        ("calls", Total(40), Total(40), "no change"),
        ("calls", Total(40), None, "nothing to compare with"),
        ("win_rate", Ratio(30, 100), Ratio(42, 100), "−12.0 points"),
        ("win_rate", Ratio(300, 10_000), Ratio(304, 10_000), "under 0.1 points"),
    ],
)
def test_a_change_is_told_in_the_terms_of_its_metric(key: str, now: Measure, before: Measure | None, text: str) -> None:
    found = metric(key)
    assert formatting.change_text(found, change(found, now, before)) == text


def test_stars_change_by_stars() -> None:
    found = metric("satisfaction")
    measured = [found.measure(Counters(ratings=10, rating_points=points, rating_squares=points * 4)) for points in (45, 40)]
    assert formatting.change_text(found, change(found, *measured)) == "+0.5 ★"


def test_signs_intervals_and_shares() -> None:
    assert (formatting.signed_text(metric("calls"), 3), formatting.signed_text(metric("revenue"), -120_000)) == ("+3", "−$1,200")
    assert formatting.interval_text(metric("win_rate"), (0.12, 0.185)) == "12.0 %–18.5 %"
    assert formatting.interval_text(metric("win_rate"), None) == ""
    assert (formatting.share_text(0.486), formatting.share_text(None)) == ("49 %", "–")


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (containing(DAY, Grain.DAY), "10 Mar 2026"),
        (containing(DAY, Grain.WEEK), "9 – 15 Mar 2026"),
        (containing(DAY, Grain.MONTH), "March 2026"),
        (containing(DAY, Grain.QUARTER), "Q1 2026"),
        (containing(DAY, Grain.YEAR), "2026"),
        (Period(date(2026, 2, 20), date(2026, 3, 11)), "20 Feb – 10 Mar 2026"),
        (Period(date(2025, 12, 20), date(2026, 3, 11)), "20 Dec 2025 – 10 Mar 2026"),
    ],
)
def test_a_period_is_called_what_people_call_it(period: Period, text: str) -> None:
    assert formatting.period_text(period) == text


@pytest.mark.parametrize(("chance", "text"), [(0.0, "under 1 %"), (0.01, "1 %"), (0.345, "34 %"), (0.99, "99 %"), (1.0, "over 99 %")])
def test_nothing_that_is_still_to_come_is_certain(chance: float, text: str) -> None:
    assert formatting.chance_text(chance) == text
