"""What held a month back most: the weakest step against one's own usual, with its range and n, or that it is too early."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from domain.counters import Counters
from domain.reports.content import Section
from domain.reports.held_back import NONE_BELOW, TOO_EARLY, held_back, is_clear, judged, weakest
from domain.success.conversion import Conversion, conversions

USUAL = Counters(calls=1800, conversations=450, appointments_set=90, meetings=60, deals_won=15)


def steps(before: Counters | None = USUAL, **now: int) -> tuple[Conversion, ...]:
    return conversions(Counters(**now), before, is_ripe=True)


def told(**now: int) -> Section:
    return held_back(steps(**now))


def test_the_step_that_fell_most_is_told_with_its_range_its_numbers_and_what_the_usual_would_have_brought() -> None:
    found = told(calls=300, conversations=74, appointments_set=3)
    assert found.lines == (
        "Conversations → appointments: 4.1 % (likely 1.5 %–9.0 %, n = 74), usually 20.0 % (n = 450).",
        "More than luck. At the usual rate the same 74 would have brought about 15 instead of 3.",
    )


def test_a_step_below_its_usual_within_luck_is_called_that() -> None:
    found = told(calls=300, conversations=70, appointments_set=15)
    assert found.lines[0].startswith("Calls → conversations: 23.3 %")
    assert found.lines[1] == "That is within what luck does: watch it, there is nothing to mend yet."


def test_steps_at_or_above_their_usual_hold_nothing_back() -> None:
    found = told(calls=300, conversations=90, appointments_set=20)
    assert (found.is_empty, found.empty) == (True, NONE_BELOW)


def test_below_twenty_facts_on_either_side_it_is_too_early() -> None:
    assert told(calls=19).empty == TOO_EARLY
    assert held_back(steps(Counters(calls=19, conversations=9), calls=300)).empty == TOO_EARLY
    assert held_back(steps(None, calls=300)).empty == TOO_EARLY
    assert [each.step.key for each in judged(steps(calls=20, conversations=19))] == ["calls_to_conversations"]


def test_leads_that_have_not_had_their_time_are_not_judged() -> None:
    now, before = Counters(leads_assigned=40), Counters(leads_assigned=200, leads_converted=40)
    assert weakest(conversions(now, before, is_ripe=False)) is None
    assert weakest(conversions(now, before, is_ripe=True)).step.key == "leads_to_customers"


@given(st.integers(20, 400), st.integers(0, 400))
def test_whatever_is_told_is_below_its_usual_and_rests_on_enough(calls: int, conversations: int) -> None:
    found = weakest(steps(calls=calls, conversations=min(calls, conversations)))
    if found is not None:
        assert found.now.value < found.before.value
        assert min(found.now.sample, found.before.sample) >= 20


def test_months_without_any_change_hardly_ever_name_a_step() -> None:
    dice, named = np.random.default_rng(1), 0

    def month(calls: int) -> Counters:
        conversations = int(dice.binomial(calls, 0.25))
        agreed, won = int(dice.binomial(conversations, 0.2)), int(dice.poisson(calls / 80))
        return Counters(calls=calls, conversations=conversations, appointments_set=agreed, meetings=calls // 20, deals_won=won)

    for _ in range(400):
        found = weakest(conversions(month(400), month(2400), is_ripe=True))
        named += found is not None and is_clear(found)
    assert named <= 400 * 0.07
