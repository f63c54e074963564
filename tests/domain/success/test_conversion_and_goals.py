"""Steps of the work against before, and goals that ended."""

from datetime import date

from domain.counters import Counters
from domain.goals.entry import GoalEntry
from domain.goals.progress import GoalFacts, GoalProgress, progress
from domain.metrics.measures import Ratio
from domain.periods import Grain, containing
from domain.records import GoalPeriod
from domain.success.conversion import conversions
from domain.success.goal_completion import completion
from domain.working_days import WorkDays

MARCH = containing(date(2026, 3, 1), Grain.MONTH)


def test_each_step_has_its_own_denominator() -> None:
    sums = Counters(calls=100, conversations=40, appointments_set=10, appointments=6, showings=2, meetings=0, deals_won=2, leads_assigned=5)
    assert [each.now.value for each in conversions(sums, None, is_ripe=True)] == [0.4, 0.25, 0.25, 0.0]
    assert [each.now.sample for each in conversions(sums, None, is_ripe=True)] == [100, 40, 8, 5]
    assert [each.is_early for each in conversions(sums, None, is_ripe=True)] == [False, False, True, True]
    assert not any(each.has_moved for each in conversions(sums, None, is_ripe=True))


def test_a_step_has_moved_only_beyond_luck() -> None:
    before = Counters(calls=100, conversations=40)
    assert not conversions(Counters(calls=100, conversations=42), before, is_ripe=True)[0].has_moved
    assert conversions(Counters(calls=100, conversations=60), before, is_ripe=True)[0].has_moved


def ended(kind: str, target: float, sums: Counters) -> GoalProgress:
    goal = GoalEntry(
        id=1, agent_id=1, period=GoalPeriod.MONTHLY, type=kind, target=target, starts_on=MARCH.start, ends_on=MARCH.end, version=1
    )
    return progress(goal, GoalFacts(by_day={MARCH.start: sums}, waits=(), work_days=WorkDays(())), MARCH.end)


def test_a_goal_without_the_facts_for_a_verdict_is_neither_reached_nor_missed() -> None:
    goals = [
        ended("calls", 10, Counters(calls=10)),
        ended("calls", 11, Counters(calls=10)),
        ended("satisfaction", 4.5, Counters()),
        ended("calls", 3, Counters()),
    ]
    every, calls, satisfaction = completion(goals)
    assert (every.reached, every.ended, every.without_verdict) == (Ratio(1, 3), 4, 1)
    assert (calls.reached, satisfaction.reached, satisfaction.without_verdict) == (Ratio(1, 3), Ratio(0, 0), 1)


def test_without_goals_there_is_no_rate() -> None:
    (every,) = completion([])
    assert (every.reached.value, every.ended) == (None, 0)


def test_leads_that_had_less_time_are_not_held_against_those_that_had_more() -> None:
    before, now = Counters(leads_assigned=100, leads_converted=40), Counters(leads_assigned=100, leads_converted=10)
    assert [conversions(now, before, is_ripe=ripe)[-1].has_moved for ripe in (False, True)] == [False, True]
