"""How far a goal is, and how it ends."""

from datetime import date, timedelta
from typing import Any

from domain.counters import Counters
from domain.goals.entry import GoalEntry, goal_days
from domain.goals.progress import GoalFacts, GoalProgress, progress
from domain.metrics.status import Status
from domain.periods import Grain, containing
from domain.records import GoalPeriod
from domain.working_days import WorkDays

TUESDAY = date(2026, 3, 10)
APRIL = date(2026, 4, 1)
MARCH = containing(TUESDAY, Grain.MONTH)
WEEKDAYS = WorkDays(tuple(day for day in MARCH if day.isoweekday() < 6))


def held(goal_type: str, target: float, today: date = TUESDAY, **facts: Any) -> GoalProgress:
    goal = GoalEntry(
        id=1, agent_id=1, period=GoalPeriod.MONTHLY, type=goal_type, target=target, starts_on=MARCH.start, ends_on=MARCH.end, version=1
    )
    return progress(goal, GoalFacts(**{"by_day": {}, "waits": (), "work_days": WEEKDAYS} | facts), today)


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
