"""The 90-day cycle: its phases, the days compared, the review and what may be a focus."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.comparison import Stretch, compared
from domain.coaching.cycles import CYCLE_DAYS, Cycle, Phase, gaps, review, windows
from domain.coaching.patterns.pattern import Tier
from domain.counters import Counters
from domain.metrics.catalog import metric
from domain.metrics.pace import Aim
from domain.metrics.reading import Reading, read
from domain.periods import Period

START = date(2026, 3, 10)
CYCLE = Cycle(id=1, agent_id=1, days=Period(START, START + timedelta(days=CYCLE_DAYS)))


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (-1, None),
        (0, Phase.FOUNDATION),
        (29, Phase.FOUNDATION),
        (30, Phase.BUILD),
        (60, Phase.CONSOLIDATE),
        (89, Phase.CONSOLIDATE),
        (90, None),
    ],
)
def test_three_phases_of_thirty_days(day: int, phase: Phase | None) -> None:
    assert CYCLE.phase_on(START + timedelta(days=day)) is phase


@given(st.integers(min_value=1, max_value=CYCLE_DAYS))
def test_as_many_days_are_compared_as_lie_before_the_start_and_none_of_the_cycle_is_among_those(passed: int) -> None:
    found = windows(START, START + timedelta(days=passed))
    assert found.before.days == found.now.days == min(passed, 30)
    assert found.before.end == START
    assert found.now.start >= START
    assert found.is_early == (passed < 30)


def stretch(workdays: int = 20, **sums: int) -> Stretch:
    return Stretch(sums=Counters(**sums), workdays=workdays)


def test_a_week_of_leave_is_no_fall_because_counts_are_per_working_day() -> None:
    found = compared(metric("calls"), stretch(20, calls=200), stretch(15, calls=150))
    assert (found.before.value, found.now.value, found.tier) == (10.0, 10.0, Tier.NOTHING)


@pytest.mark.parametrize(("calls", "tier"), [(205, Tier.NOTHING), (230, Tier.LIKELY), (300, Tier.CLEAR)])
def test_how_sure_a_movement_is(calls: int, tier: Tier) -> None:
    assert compared(metric("calls"), stretch(calls=200), stretch(calls=calls)).tier is tier


def test_a_stretch_without_a_working_day_or_too_few_facts_is_too_early() -> None:
    assert compared(metric("calls"), stretch(0), stretch(calls=300)).tier is Tier.TOO_EARLY
    assert compared(metric("win_rate"), stretch(deals_won=1, deals_lost=1), stretch(deals_won=2)).tier is Tier.TOO_EARLY


def test_a_review_sorts_by_what_may_be_said() -> None:
    better = compared(metric("calls"), stretch(calls=200), stretch(calls=300))
    worse = compared(metric("appointments"), stretch(appointments=60), stretch(appointments=20))
    same = compared(metric("emails"), stretch(emails=100), stretch(emails=103))
    early = compared(metric("win_rate"), stretch(), stretch())
    found = review([better, worse, same, early])
    assert (found.better, found.worse, found.same, found.too_early) == ((better,), (worse,), (same,), (early,))


def reading(key: str, now: Counters, before: Counters | None = None, due: float | None = None) -> Reading:
    aim = Aim(target=due, expected=due, due_with_today=due, days_gone=20, days_planned=20, is_finished=True) if due else None
    return read(metric(key), now, before, aim)


def test_the_largest_shortfall_is_offered_first_then_what_fell_then_the_rest() -> None:
    readings = [
        reading("emails", Counters(emails=50)),
        reading("calls", Counters(calls=90), due=100),
        reading("meetings", Counters(meetings=20), Counters(meetings=60)),
        reading("showings", Counters(showings=5), due=20),
        reading("revenue", Counters(revenue_minor=5, deals_won=1, deals_won_valued=1), due=100),
    ]
    found = gaps(readings)
    assert [(each.metric.key, each.is_measured) for each in found] == [
        ("showings", True),
        ("calls", True),
        ("meetings", True),
        ("emails", False),
    ]
    assert found[0].why == "5 in the last 30 days, 20 asked (n = 5)"
    assert found[2].why == "20, 60 in the 30 days before: more than luck (n = 20)"
