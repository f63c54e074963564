"""Sources side by side, and figures that roll over a week and over four."""

from datetime import date, timedelta

from domain.metrics.measures import Mean, Ratio
from domain.metrics.rolling import rolling
from domain.metrics.sources import SourceSales, source_rows

MONDAY = date(2026, 3, 9)


def test_sources_with_only_leads_or_only_sales_have_a_row_each() -> None:
    rows = source_rows(
        {"Web": Ratio(1, 2), "Referral": Ratio(0, 9)},
        {"Web": SourceSales(sales=1, revenue_minor=500), "": SourceSales(sales=2, revenue_minor=70)},
    )
    assert [(row.source, row.leads, row.sales, row.revenue_minor) for row in rows] == [
        ("Referral", 9, 0, 0),
        ("Web", 2, 1, 500),
        ("", 0, 2, 70),
    ]
    assert rows[2].conversion.value is None


def test_equal_numbers_of_leads_are_ordered_by_revenue_and_then_by_name() -> None:
    rows = source_rows({"B": Ratio(0, 1), "A": Ratio(0, 1), "C": Ratio(0, 1)}, {"C": SourceSales(sales=1, revenue_minor=1)})
    assert [row.source for row in rows] == ["C", "A", "B"]


def test_a_rolling_mean_adds_before_it_divides() -> None:
    by_day = {
        MONDAY: Mean(36_000, 1, 3600),
        MONDAY + timedelta(days=1): Mean(9 * 3600, 9, 3600),
    }
    (point,) = rolling(by_day, [MONDAY + timedelta(days=1)])
    assert (point.week.value, point.week.sample) == ((36_000 + 9 * 3600) / 10 / 3600, 10)


def test_a_day_leaves_the_week_after_seven_days_and_the_four_weeks_after_twenty_eight() -> None:
    by_day = {MONDAY: Mean(3600, 1, 3600)}
    points = rolling(by_day, [MONDAY + timedelta(days=gone) for gone in (0, 6, 7, 27, 28)])
    assert [point.week.value for point in points] == [1, 1, None, None, None]
    assert [point.four_weeks.value for point in points] == [1, 1, 1, 1, None]
