"""Targets: the narrowest wins, and only planned days are asked for."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.metrics.catalog import metric
from domain.metrics.pace import Aim, Recent, pace
from domain.periods import Grain, Period, containing
from domain.targets import Holder, TargetRule, TeamSpan, aim, ramp, rule_on
from domain.working_days import Span, calendar, public_holidays, whole_units

CALLS, RATE = metric("calls"), metric("conversion_rate")
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
MARCH = containing(date(2026, 3, 1), Grain.MONTH)
"""22 weekdays, from a Sunday to a Tuesday."""
THURSDAY = date(2026, 3, 19)
BEGINNING = date(2020, 1, 1)
WEEKDAYS = (1, 2, 3, 4, 5)


def rule(target: float, grain: Grain = Grain.MONTH, **fields: Any) -> TargetRule:
    return TargetRule(**{"metric_key": "calls", "grain": grain, "target": target, "from_on": BEGINNING} | fields)


def holder(*, teams: tuple[TeamSpan, ...] = (), window: Period = YEAR, **shape: Any) -> Holder:
    return Holder(agent_id=7, teams=teams, calendar=calendar(window, WEEKDAYS, **shape))


def asked(rules: list[TargetRule], who: Holder, period: Period = MARCH, today: date = THURSDAY) -> Aim:
    found = aim(CALLS, rules, who, period, today)
    assert found
    return found


def test_expected_is_the_target_times_working_days_gone_of_all() -> None:
    found = asked([rule(44)], holder())
    assert (found.target, found.expected, found.due_with_today) == (
        pytest.approx(44),
        pytest.approx(44 * 13 / 22),
        pytest.approx(44 * 14 / 22),
    )
    assert (found.days_gone, found.days_planned, found.days_left, found.elapsed_share) == (13, 22, 9, pytest.approx(13 / 22))


def test_the_agents_own_target_wins_over_the_teams_and_the_organisations() -> None:
    team = TeamSpan(team_id=3, span=Span(BEGINNING))
    rules = [rule(1), rule(2, team_id=3), rule(3, agent_id=7), rule(4, agent_id=8), rule(5, team_id=4)]
    found = [rule_on(rules[:count], holder(teams=(team,)), THURSDAY) for count in (1, 2, 3, 5)]
    assert [each.target for each in found if each] == [1, 2, 3, 3]


def test_among_equals_the_periods_own_grain_wins_then_the_shortest() -> None:
    rules = [rule(5, Grain.WEEK), rule(22, Grain.MONTH), rule(250, Grain.YEAR)]
    assert [getattr(rule_on(rules, holder(), THURSDAY, grain), "target", None) for grain in (Grain.MONTH, Grain.YEAR, Grain.DAY, None)] == [
        22,
        250,
        5,
        5,
    ]


def test_nobody_is_asked_outside_a_targets_days() -> None:
    ended = rule(22, until_on=date(2026, 3, 16))
    assert rule_on([ended], holder(), date(2026, 3, 16)) is None
    assert asked([ended], holder()).target == pytest.approx(10)
    assert aim(CALLS, [ended], holder(), containing(date(2026, 4, 1), Grain.MONTH), THURSDAY) is None


def test_a_target_that_changes_within_the_period_counts_day_by_day() -> None:
    rules = [rule(22, until_on=date(2026, 3, 16)), rule(44, from_on=date(2026, 3, 16))]
    assert asked(rules, holder()).target == pytest.approx(10 + 24)


def test_a_week_with_a_holiday_asks_less_and_a_month_does_not() -> None:
    holiday = {date(2026, 3, 18)}
    week = containing(THURSDAY, Grain.WEEK)
    assert asked([rule(25, Grain.WEEK)], holder(free=holiday), week).target == pytest.approx(20)
    assert asked([rule(42)], holder(free=holiday)).target == pytest.approx(42)


def test_an_absence_lowers_every_target() -> None:
    away = (Span(date(2026, 3, 2), date(2026, 3, 13)),)
    assert asked([rule(22)], holder(absences=away)).target == pytest.approx(13)


def test_somebody_away_all_period_is_asked_for_nothing() -> None:
    found = asked([rule(22)], holder(absences=(Span(BEGINNING, date(2027, 1, 1)),)))
    assert (found.target, found.elapsed_share) == (0, 0)
    assert found.is_finished is False


def test_a_joiner_is_asked_from_their_first_day() -> None:
    found = asked([rule(22)], holder(present=(Span(date(2026, 3, 16)),)))
    assert (found.target, found.expected) == (pytest.approx(12), pytest.approx(3))


def test_a_teams_target_applies_only_on_days_on_the_team() -> None:
    on_team = (TeamSpan(team_id=3, span=Span(date(2026, 3, 16), date(2026, 3, 18))),)
    assert asked([rule(22, team_id=3)], holder(teams=on_team)).target == pytest.approx(2)


def test_a_weekly_target_covers_a_month_by_its_working_days() -> None:
    assert asked([rule(25, Grain.WEEK)], holder()).target == pytest.approx(110)


def test_before_and_after_the_period_all_or_nothing_is_due() -> None:
    before, after = asked([rule(22)], holder(), today=date(2026, 2, 20)), asked([rule(22)], holder(), today=date(2026, 4, 2))
    assert (before.expected, before.due_with_today, before.elapsed_share, before.is_finished) == (0, 0, 0, False)
    assert (after.expected, after.due_with_today, after.elapsed_share, after.is_finished) == (pytest.approx(22), pytest.approx(22), 1, True)


def test_an_average_goal_is_held_whole_and_never_summed() -> None:
    rules = [TargetRule(metric_key="conversion_rate", grain=Grain.WEEK, target=0.2, from_on=BEGINNING)]
    found = aim(RATE, rules, holder(), MARCH, THURSDAY)
    assert found
    assert (found.target, found.expected) == (0.2, 0.2)
    assert aim(RATE, [], holder(), MARCH, THURSDAY) is None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 364), st.integers(1, 200), st.sampled_from(list(Grain)), st.integers(0, 400))
def test_a_period_asks_for_the_sum_of_its_days(start: int, length: int, grain: Grain, today: int) -> None:
    period = Period(date(2026, 1, 1) + timedelta(days=start), date(2026, 1, 1) + timedelta(days=start + length))
    who = holder(window=Period(date(2025, 1, 1), date(2028, 1, 1)), free={date(2026, 12, 25), date(2026, 7, 3)})
    rules = [rule(100, grain), rule(60, grain, from_on=date(2026, 6, 10))]
    now = date(2026, 1, 1) + timedelta(days=today)
    whole = asked(rules, who, period, now)
    days = [asked(rules, who, Period(day, day + timedelta(days=1)), now) for day in period]
    assert whole.target == pytest.approx(sum(day.target for day in days))
    assert whole.expected == pytest.approx(sum(day.expected for day in days))
    assert whole.days_planned == sum(day.days_planned for day in days)


def test_the_aims_of_agents_add_up() -> None:
    one, other = asked([rule(22)], holder()), asked([rule(44)], holder(absences=(Span(THURSDAY, date(2026, 4, 1)),)))
    both = one + other
    assert (both.target, both.expected) == (pytest.approx(22 + 26), pytest.approx(13 + 26))
    assert (both.days_gone, both.days_planned) == (26, 22 + 13)


def test_pace_tells_how_far_ahead_and_what_each_day_must_bring() -> None:
    found = pace(18, asked([rule(44)], holder()), Recent(events=40, amount=40, days=20))
    assert (found.ahead, found.needed_per_day) == (pytest.approx(18 - 26), pytest.approx(26 / 9))
    assert found.projection == pytest.approx(18 + 2 * 9)
    low, high = found.interval or (0, 0)
    assert 18 < low < 36 < high


def test_a_reached_target_needs_nothing_and_a_lost_one_cannot_be_helped() -> None:
    assert pace(50, asked([rule(44)], holder())).needed_per_day == 0
    assert pace(40, asked([rule(44)], holder(), today=date(2026, 4, 1))).needed_per_day is None


def test_without_recent_days_or_events_nothing_is_carried_forward() -> None:
    found = asked([rule(44)], holder())
    assert pace(18, found).projection is None
    assert (
        pace(18, found, Recent(events=0, amount=0, days=20)).projection,
        pace(18, found, Recent(events=0, amount=0, days=0)).interval,
    ) == (18, None)


def test_spans_are_half_open_and_may_go_on() -> None:
    assert (THURSDAY in Span(THURSDAY), THURSDAY in Span(BEGINNING, THURSDAY)) == (True, False)
    assert Span(BEGINNING).within(MARCH) == Span(MARCH.start, MARCH.end)
    assert Span(BEGINNING, MARCH.start).within(MARCH) is None


def test_public_holidays_come_from_the_country_and_unknown_countries_have_none() -> None:
    assert date(2026, 7, 4) in public_holidays("US", 2025, 2026)
    assert public_holidays("ZZ", 2026, 2026) == frozenset()


def test_the_units_a_period_touches_are_whole_years_and_the_weeks_at_their_ends() -> None:
    assert whole_units(Period(date(2025, 12, 31), date(2026, 1, 1))) == Period(date(2024, 12, 30), date(2026, 1, 5))


def test_a_week_across_the_turn_of_the_year_is_asked_by_the_day_like_any_other() -> None:
    december = containing(date(2026, 12, 1), Grain.MONTH)
    found = asked([rule(40, Grain.WEEK)], holder(window=whole_units(december)), december, date(2026, 12, 1))
    assert (found.days_planned, found.target) == (23, pytest.approx(23 * 8))


def test_reversed_days_hold_no_working_days() -> None:
    assert holder().calendar.present.between(THURSDAY, MARCH.start) == 0


def test_a_ramp_rounds_up_and_leaves_out_a_step_that_is_none() -> None:
    assert ramp(Decimal(45), date(2026, 3, 2)) == [(date(2026, 3, 2), 23), (date(2026, 3, 30), 34), (date(2026, 4, 27), 45)]
    assert ramp(Decimal(1), date(2026, 3, 2)) == [(date(2026, 3, 2), 1)]
