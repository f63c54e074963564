"""How far a goal is, and how it ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.counters import Counters
from domain.errors import InputError
from domain.goals.entry import GoalEntry, goal_days, span_days
from domain.goals.progress import GoalFacts, GoalProgress, by_chance, progress
from domain.metrics.status import Status
from domain.periods import Grain, containing
from domain.records import GoalPeriod, GoalState
from domain.working_days import Span, WorkDays

TUESDAY = date(2026, 3, 10)
APRIL = date(2026, 4, 1)
MARCH = containing(TUESDAY, Grain.MONTH)
WEEKDAYS = WorkDays(tuple(day for day in MARCH if day.isoweekday() < 6))


def entry(goal_type: str, target: float, **fields: Any) -> GoalEntry:
    month = {"period": GoalPeriod.MONTHLY, "starts_on": MARCH.start, "ends_on": MARCH.end}
    return GoalEntry(**{"id": 1, "agent_id": 1, "version": 1, "type": goal_type, "target": target} | month | fields)


def held(goal_type: str, target: float, today: date = TUESDAY, *, goal: dict[str, Any] | None = None, **facts: Any) -> GoalProgress:
    known = {"by_day": {}, "waits": (), "work_days": WEEKDAYS} | facts
    return progress(entry(goal_type, target, **goal or {}), GoalFacts(**known), today)


def calls(count: int, on: date) -> dict[date, Counters]:
    return {on: Counters(calls=count)}


def test_a_sum_is_paced_by_the_working_days_gone() -> None:
    found = held("calls", 44, by_day=calls(8, TUESDAY))
    assert (found.value, found.completion_share, found.status) == (8, 8 / 44, Status.AT_RISK)
    assert found.pace is not None
    assert found.pace.ahead == -4


def test_the_day_the_running_total_reached_the_target_is_known() -> None:
    by_day = calls(6, TUESDAY - timedelta(days=1)) | calls(4, TUESDAY) | calls(9, APRIL)
    found = held("calls", 10, by_day=by_day)
    assert (found.status, found.reached_on, found.is_over) == (Status.REACHED, TUESDAY, False)


def test_a_goal_ends_at_its_end() -> None:
    assert held("calls", 10, APRIL, by_day=calls(9, TUESDAY)).status is Status.MISSED
    assert held("median_response_time", 2, APRIL, waits=[(TUESDAY, 3 * 3600)] * 10).status is Status.MISSED


def test_waiting_less_is_judged_only_with_enough_leads() -> None:
    nothing, few = held("median_response_time", 2), held("median_response_time", 2, waits=[(TUESDAY, 60)] * 9)
    assert (nothing.status, nothing.completion_share, few.status, few.completion_share) == (Status.NO_DATA, None, Status.TOO_EARLY, None)
    enough = held("median_response_time", 2, waits=[(TUESDAY, 4 * 3600)] * 10)
    assert (enough.value, enough.completion_share, enough.status) == (4, 0.5, Status.AT_RISK)
    assert held("median_response_time", 2, APRIL).status is Status.NO_DATA


def test_a_rate_has_reached_its_target_on_the_last_day() -> None:
    waits = [(TUESDAY, 3600)] * 10
    assert held("median_response_time", 2, waits=waits).reached_on is None
    assert held("median_response_time", 2, APRIL, waits=waits).reached_on == MARCH.last_day


def test_leads_of_the_period_need_time_before_their_rate_is_behind() -> None:
    by_day = {TUESDAY: Counters(leads_assigned=20, leads_converted=1)}
    assert held("conversion_rate", 0.2, by_day=by_day).status is Status.TOO_EARLY
    assert held("conversion_rate", 0.2, APRIL, by_day=by_day).status is Status.MISSED


def test_any_day_names_its_whole_period() -> None:
    assert goal_days(GoalPeriod.QUARTERLY, TUESDAY).end == APRIL


PAUSED = {"state": GoalState.PAUSED, "paused_on": TUESDAY}


def test_a_paused_goal_is_neither_ahead_nor_behind() -> None:
    found = held("calls", 44, date(2026, 3, 24), goal=PAUSED, by_day=calls(8, TUESDAY))
    assert (found.value, found.status, found.pace) == (8, Status.PAUSED, None)


def test_what_is_done_in_a_pause_counts_and_may_reach_the_goal() -> None:
    found = held("calls", 8, date(2026, 3, 24), goal=PAUSED, by_day=calls(8, date(2026, 3, 20)))
    assert (found.status, found.reached_on) == (Status.REACHED, date(2026, 3, 20))


def test_days_of_a_pause_are_not_planned() -> None:
    week = Span(date(2026, 3, 2), date(2026, 3, 9))
    found = held("calls", 34, goal={"pauses": (week,)}, by_day=calls(2, TUESDAY - timedelta(days=1)))
    assert found.pace is not None
    assert (found.pace.ahead, found.pace.needed_per_day) == (0.0, 2.0)


def test_a_pause_is_no_way_never_to_miss_a_goal() -> None:
    assert held("calls", 44, APRIL, goal=PAUSED).status is Status.MISSED


def test_a_goal_that_was_taken_back_is_judged_no_more() -> None:
    assert held("calls", 44, APRIL, goal={"state": GoalState.CANCELLED}).status is Status.CANCELLED


@pytest.mark.parametrize(
    ("probability", "status"), [(0.88, Status.ON_TRACK), (0.5, Status.ON_TRACK), (0.3, Status.BEHIND), (0.08, Status.AT_RISK)]
)
def test_where_there_is_a_chance_the_state_says_the_same(probability: float, status: Status) -> None:
    at_risk_by_pace, early_by_pace = held("calls", 100), held("deals_won", 2)
    assert at_risk_by_pace.status is Status.AT_RISK
    assert early_by_pace.status is Status.TOO_EARLY
    assert by_chance(at_risk_by_pace, probability).status is by_chance(early_by_pace, probability).status is status


def test_no_chance_takes_back_what_is_reached() -> None:
    reached = held("calls", 100, by_day=calls(120, TUESDAY))
    assert by_chance(reached, 0.01) == reached


def test_a_deadline_of_its_own_is_the_last_day() -> None:
    days = span_days(TUESDAY, date(2026, 3, 20), TUESDAY)
    span = {"period": GoalPeriod.SPAN, "starts_on": days.start, "ends_on": days.end}
    found = held("calls", 8, days.end, goal=span, by_day=calls(7, TUESDAY))
    assert (days.end, days.grain, found.status, found.is_over) == (date(2026, 3, 21), None, Status.MISSED, True)


@pytest.mark.parametrize(
    ("start", "last_day", "code"),
    [
        (date(2026, 3, 1), date(2026, 3, 9), "period_over"),
        (date(2026, 3, 12), date(2026, 3, 11), "reversed_period"),
        (date(2026, 3, 1), date(2028, 3, 3), "period_too_long"),
        (date(2028, 3, 20), date(2028, 3, 21), "period_too_far"),
    ],
)
def test_what_cannot_be_a_deadline_is_refused(start: date, last_day: date, code: str) -> None:
    with pytest.raises(InputError) as refused:
        span_days(start, last_day, TUESDAY)
    assert refused.value.code == code


def test_two_years_are_the_longest() -> None:
    assert span_days(date(2026, 3, 1), date(2028, 3, 1), TUESDAY).days == 732
