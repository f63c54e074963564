"""Heatmap, trend, funnel, readings."""

import random
from datetime import date, timedelta

import pytest

from domain.counters import Counters
from domain.metrics.catalog import metric
from domain.metrics.funnel import funnel
from domain.metrics.heatmap import heatmap
from domain.metrics.pace import Aim
from domain.metrics.reading import read
from domain.metrics.status import Status
from domain.metrics.trend import fitting_grain, label, trend
from domain.periods import Grain, Period, containing

DAY = date(2026, 3, 19)


def test_the_funnel_of_the_seed_gives_both_kinds_of_rates() -> None:
    steps = funnel(Counters(leads_assigned=47, leads_contacted=40, leads_interested=34, leads_converted=32))
    assert [round(100 * (step.of_assigned.value or 0), 1) for step in steps] == [100, 85.1, 72.3, 68.1]
    assert [round(100 * (step.of_previous.value or 0), 1) for step in steps] == [100, 85.1, 85.0, 94.1]


def test_an_empty_funnel_has_counts_and_no_rates() -> None:
    assert [(step.count, step.of_assigned.value) for step in funnel(Counters())] == [(0, None)] * 4


def test_hours_nobody_called_in_are_there_and_empty() -> None:
    board = heatmap([(1, 9, 20, 5)])
    assert len(board.cells) == 7 * 24
    assert (board.cell(1, 9).calls, board.cell(7, 23).calls, board.cell(7, 23).rate.value) == (20, 0, None)
    assert heatmap([]).busy_hours == range(0)
    assert (board.whole.whole, board.best) == (20, None)


def test_the_best_hour_is_named_only_when_it_is_clear() -> None:
    others = [(weekday, hour, 40, 10) for weekday in range(1, 6) for hour in range(9, 17)]
    clear = heatmap([*others, (6, 10, 40, 32)])
    assert clear.best is not None
    assert (clear.best.weekday, clear.best.hour) == (6, 10)
    assert heatmap([*others, (6, 10, 4, 4)]).best is None


def test_a_heatmap_of_pure_luck_seldom_names_a_best_hour() -> None:
    luck = random.Random(11)  # noqa: S311 - a simulation
    named = 0
    for _ in range(100):
        cells = [(weekday, hour, 30, sum(luck.random() < 0.3 for _ in range(30))) for weekday in range(1, 6) for hour in range(9, 17)]
        named += heatmap(cells).best is not None
    assert named <= 15


def test_a_trend_sums_days_into_units_and_marks_what_is_not_whole() -> None:
    by_day = {DAY - timedelta(days=offset): Counters(calls=1) for offset in range(30)}
    period = Period(date(2026, 3, 4), date(2026, 4, 1))
    points = trend(metric("calls"), by_day, period, Grain.WEEK, DAY)
    assert [(point.start.day, point.value, point.unfinished) for point in points] == [(2, 5, True), (9, 7, False), (16, 4, True)]


def test_next_monday_belongs_to_next_week_only() -> None:
    week = containing(date(2026, 3, 15), Grain.WEEK)
    assert (week.start, week.end, week.days) == (date(2026, 3, 9), date(2026, 3, 16), 7)
    by_day = {date(2026, 3, 15): Counters(calls=1), date(2026, 3, 16): Counters(calls=10)}
    points = trend(metric("calls"), by_day, Period(date(2026, 3, 9), date(2026, 3, 23)), Grain.WEEK, date(2026, 4, 1))
    assert [point.value for point in points] == [1, 10]


@pytest.mark.parametrize(
    ("grain", "text"),
    [(Grain.DAY, "9 Mar"), (Grain.WEEK, "week of 9 Mar"), (Grain.MONTH, "Mar 2026"), (Grain.QUARTER, "Q1 2026"), (Grain.YEAR, "2026")],
)
def test_units_have_short_labels(grain: Grain, text: str) -> None:
    assert label(date(2026, 3, 9), grain) == text


@pytest.mark.parametrize(("days", "grain"), [(31, Grain.DAY), (90, Grain.WEEK), (365, Grain.MONTH)])
def test_longer_periods_get_longer_buckets(days: int, grain: Grain) -> None:
    assert fitting_grain(Period(DAY, DAY + timedelta(days=days))) is grain


def test_a_reading_says_now_before_and_where_it_stands() -> None:
    aim = Aim(target=40, expected=20, due_with_today=22, days_gone=10, days_planned=20, is_finished=False)
    found = read(metric("calls"), Counters(calls=18), Counters(calls=12), aim)
    assert (found.value, found.target, found.expected, found.status, found.is_judged) == (18, 40, 20, Status.BEHIND, True)
    assert found.change.share == pytest.approx(0.5)
    alone = read(metric("calls"), Counters(calls=2), None)
    assert (alone.target, alone.expected, alone.status, alone.before, alone.is_judged) == (None, None, Status.NO_TARGET, None, False)


def test_a_young_cohort_is_neither_worse_nor_behind_yet() -> None:
    now, before = Counters(leads_assigned=100, leads_converted=1), Counters(leads_assigned=100, leads_converted=25)
    aim = Aim(target=0.2, expected=0.2, due_with_today=0.2, days_gone=0, days_planned=0, is_finished=False)
    young, ripe = (read(metric("conversion_rate"), now, before, aim, is_ripe=is_ripe) for is_ripe in (False, True))
    assert (young.change.is_good, young.status) == (None, Status.TOO_EARLY)
    assert (ripe.change.is_good, ripe.status) == (False, Status.AT_RISK)
    won = read(metric("win_rate"), Counters(deals_won=1, deals_lost=99), Counters(deals_won=50, deals_lost=50), aim, is_ripe=False)
    assert (won.change.is_good, won.status) == (False, Status.AT_RISK)


def test_a_young_cohort_may_reach_its_target_early() -> None:
    aim = Aim(target=0.2, expected=0.2, due_with_today=0.2, days_gone=0, days_planned=0, is_finished=False)
    assert (
        read(metric("conversion_rate"), Counters(leads_assigned=30, leads_converted=9), None, aim, is_ripe=False).status is Status.REACHED
    )
