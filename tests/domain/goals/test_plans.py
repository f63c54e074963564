"""What a goal takes: the textbook values, the laws every plan obeys, and chance against simulation."""

from dataclasses import replace
from itertools import zip_longest
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.counters import Counters
from domain.errors import InputError
from domain.goals.beta import at_least, at_most
from domain.goals.chain import CHAINS, REVENUE, Chain, Link, LinkEdit, link_counts
from domain.goals.cost import Verdict
from domain.goals.plans import Analysis, PlanKey, analyse
from domain.goals.posterior import DealValues, RatePosterior, Source, deal_values, posterior, posteriors
from domain.goals.way import Target, target_of
from domain.metrics.catalog import METRICS
from domain.records import Profile

WHOLE = CHAINS[Profile.REAL_ESTATE]
SHORT = replace(WHOLE, links=tuple(WHOLE.link(key) for key in ("calls", "appointments", "deals_won")))
"""Calls to appointments to sales."""
KNOWN = {"appointments": RatePosterior.exactly(0.1), "deals_won": RatePosterior.exactly(0.25)}
LEARNT = {
    "appointments": RatePosterior(a=12.5, b=108.5, source=Source.YOURS, own_part=12, own_whole=120),
    "deals_won": RatePosterior(a=3.5, b=9.5, source=Source.YOURS, own_part=3, own_whole=12),
}
"""Rates learnt from their own records alone, 12 of 120 and 3 of 12, by the prior that prefers nothing."""
TEN_THOUSAND = DealValues.exactly(1_000_000)
SOME = {"calls": 400, "conversations": 150, "appointments_set": 50, "appointments": 40, "showings": 30, "proposals": 10, "deals_won": 8}
AMOUNTS = deal_values([900_000, 1_500_000, 800_000], [], default_minor=1_000_000)
rates = st.builds(posterior, st.integers(0, 30), st.integers(30, 300), st.floats(0.05, 0.9), st.just(Source.TEAM))
short_chains = st.fixed_dictionaries({"appointments": rates, "deals_won": rates})


def sales(amount: float) -> Target:
    return Target(key="deals_won", amount=amount)


def activities(analysis: Analysis) -> list[int]:
    return [plan.activities for plan in analysis.plans]


def test_five_sales_at_ten_and_twenty_five_percent_are_two_hundred_calls_only_when_luck_is_average() -> None:
    found = analyse(SHORT, sales(5), KNOWN, TEN_THOUSAND)
    assert found.naive == 200
    assert found.naive_chance == pytest.approx(0.562, abs=0.001)
    assert activities(found) == [187, 268, 364]


def test_what_is_unknown_of_the_rates_asks_for_more_calls() -> None:
    """120 calls, 12 appointments, 3 sales: about 345 calls instead of 268."""
    safe = analyse(SHORT, sales(5), LEARNT, TEN_THOUSAND).plan(PlanKey.SAFE)
    assert safe is not None
    assert safe.activities == pytest.approx(345, rel=0.02)
    assert safe.chance >= 0.8


def test_a_plan_says_how_many_of_every_link_it_takes_and_which_are_in_ones_hands() -> None:
    safe = analyse(SHORT, sales(5), KNOWN, TEN_THOUSAND).plans[1]
    assert [(link.key, link.is_controllable, round(link.expected, 1), link.needed) for link in safe.links] == [
        ("calls", True, 268.0, 268),
        ("appointments", False, 26.8, 26),
        ("deals_won", False, 6.7, 5),
    ]


def test_links_behind_the_goal_are_expected_and_not_needed() -> None:
    found = analyse(SHORT, Target(key="appointments", amount=20), KNOWN, TEN_THOUSAND)
    assert found.naive == 200
    assert [link.needed for link in found.plans[0].links][1:] == [20, None]


def test_a_goal_of_the_first_link_is_its_own_plan() -> None:
    found = analyse(WHOLE, Target(key="calls", amount=40), posteriors(WHOLE, SOME), AMOUNTS)
    assert activities(found) == [40, 40, 40]
    assert found.chance_of(39) == 0
    assert found.chance_of(40) == 1


def test_revenue_of_equal_sales_is_a_number_of_sales() -> None:
    money = analyse(SHORT, Target(key=REVENUE, amount=4_100_000), KNOWN, TEN_THOUSAND)
    assert activities(money) == activities(analyse(SHORT, sales(5), KNOWN, TEN_THOUSAND))
    assert money.naive == 164


def test_a_goal_beyond_reason_has_no_plan() -> None:
    found = analyse(WHOLE, sales(900_000), posteriors(WHOLE, SOME), AMOUNTS)
    assert (found.naive, found.plans, found.verdict) == (None, (), None)


def assert_needs_no_fewer(hard: Analysis, easy: Analysis) -> None:
    """Plan by plan; one that is beyond reason, and so not there, takes more than any."""
    assert all(one <= other for one, other in zip_longest(activities(easy), activities(hard), fillvalue=inf))


@settings(max_examples=15, deadline=None)
@given(known=short_chains, low=st.integers(1, 40), more=st.integers(0, 30))
def test_a_higher_target_never_needs_fewer_activities(known: dict[str, RatePosterior], low: int, more: int) -> None:
    easy, hard = (analyse(SHORT, sales(amount), known, TEN_THOUSAND) for amount in (low, low + more))
    assert_needs_no_fewer(hard, easy)


@settings(max_examples=10, deadline=None)
@given(known=short_chains, low=st.integers(200_000, 20_000_000), factor=st.floats(1, 3))
def test_more_money_never_needs_fewer_activities(known: dict[str, RatePosterior], low: int, factor: float) -> None:
    easy, hard = (analyse(SHORT, Target(key=REVENUE, amount=amount), known, AMOUNTS) for amount in (low, low * factor))
    assert_needs_no_fewer(hard, easy)


@settings(max_examples=15, deadline=None)
@given(known=short_chains, amount=st.integers(1, 60), tries=st.integers(1, 3_000), more=st.integers(0, 500))
def test_the_chance_rises_with_activities_and_falls_with_the_target(
    known: dict[str, RatePosterior], amount: int, tries: int, more: int
) -> None:
    easy, hard = (analyse(SHORT, sales(goal), known, TEN_THOUSAND) for goal in (amount, amount + 3))
    assert easy.chance_of(tries) <= easy.chance_of(tries + more) + 1e-12
    assert hard.chance_of(tries) <= easy.chance_of(tries) + 1e-12


@settings(max_examples=10, deadline=None)
@given(known=short_chains, amount=st.integers(1, 40))
def test_a_plan_is_the_smallest_number_that_keeps_its_promise(known: dict[str, RatePosterior], amount: int) -> None:
    found = analyse(SHORT, sales(amount), known, TEN_THOUSAND)
    for plan, promise in zip(found.plans, (0.5, 0.8, 0.95), strict=True):
        assert plan.chance >= promise > found.chance_of(plan.activities - 1)


@pytest.mark.parametrize("target", [sales(5), sales(120), Target(key=REVENUE, amount=6_000_000)])
def test_the_chance_is_what_a_simulation_of_the_whole_chain_finds(target: Target) -> None:
    known = posteriors(WHOLE, SOME)
    found = analyse(WHOLE, target, known, AMOUNTS)
    dice = np.random.default_rng(4)
    for plan in found.plans:
        count = np.full(20_000, plan.activities)
        for key in WHOLE.keys[1:]:
            count = dice.binomial(count, known[key].drawn(dice, len(count)))
        if target.key == REVENUE:
            chances = AMOUNTS.chances(dice, len(count))
            totals = (dice.multinomial(count, chances) * np.array(AMOUNTS.values)).sum(axis=1)
            assert (totals >= target.amount).mean() == pytest.approx(plan.chance, abs=0.025)
        else:
            assert (count >= target.amount).mean() == pytest.approx(plan.chance, abs=0.012)


def test_the_approximation_for_many_successes_meets_the_exact_tail() -> None:
    chances = np.linspace(0.01, 0.9, 40)
    needs = np.full(40, 100.0)
    tries = 1_000.0
    assert np.abs(at_least(needs, tries, chances) - at_most(needs, tries - needs + 1, chances)).max() < 1e-4


def test_what_somebody_says_stands_in_for_what_is_known() -> None:
    found = analyse(SHORT, sales(5), LEARNT, AMOUNTS, {"rate.appointments": 0.1, "rate.deals_won": 0.25, "deal_value": 1_000_000})
    assert activities(found) == [187, 268, 364]
    said = {each.key for each in found.assumptions if each.source is Source.YOU_SAID}
    assert said == {"rate.appointments", "rate.deals_won", "deal_value"}


@pytest.mark.parametrize("said", [{"rate.deals_won": 0.0}, {"margin": 1.2}, {"hourly": -1.0}, {"deal_value": float("nan")}, {"luck": 1.0}])
def test_an_assumption_that_cannot_be_is_refused(said: dict[str, float]) -> None:
    with pytest.raises(InputError):
        analyse(SHORT, sales(5), KNOWN, TEN_THOUSAND, said)


def test_cost_is_time_and_spending_and_the_return_is_what_is_left_by_cost() -> None:
    said = {"hourly": 6_000.0, "margin": 0.5, "minutes.appointments": 60.0, "minutes.deals_won": 0.0, "spend.calls": 100.0}
    plan = analyse(SHORT, sales(5), KNOWN, TEN_THOUSAND, said).plans[1]
    hours = 268 * 0.1 + 26.8
    cost = hours * 6_000 + 268 * 100
    assert plan.worth.hours == pytest.approx(hours)
    assert plan.worth.cost_minor == round(cost)
    assert plan.worth.revenue_minor == 6_700_000
    assert plan.worth.roi == pytest.approx((6_700_000 * 0.5 - cost) / cost)
    assert plan.worth.verdict is Verdict.WORTH_IT


def test_what_costs_more_than_it_brings_is_not_worth_it() -> None:
    found = analyse(SHORT, sales(5), KNOWN, TEN_THOUSAND, {"deal_value": 50_000.0})
    assert found.verdict is Verdict.NOT_WORTH_IT
    assert found.roi is not None
    assert found.roi < 0


@pytest.mark.parametrize("chain", CHAINS.values(), ids=lambda chain: chain.profile.value)
def test_every_chain_begins_with_a_decision_and_ends_in_sales_counted_by_the_catalogue(chain: Chain) -> None:
    assert chain.links[0].is_controllable
    assert chain.links[0].rate == 1
    assert chain.links[-1].key == "deals_won"
    assert all(link.key in METRICS and 0 < link.rate <= 1 for link in chain.links)
    values = deal_values([], [], default_minor=chain.deal_value_minor)
    assert analyse(chain, sales(3), posteriors(chain, {}), values).verdict is Verdict.WORTH_IT


def test_the_kind_of_goal_says_where_the_chain_is_cut() -> None:
    assert target_of(WHOLE, "conversions", 3) == sales(3)
    assert target_of(WHOLE, "revenue", 9) == Target(key=REVENUE, amount=9)
    assert target_of(WHOLE, "satisfaction", 4.5) is None


def test_links_nobody_records_are_left_out() -> None:
    kept = WHOLE.recorded({**SOME, "proposals": 2, "deals_won": 8})
    assert [link.key for link in kept.left_out] == ["proposals"]
    assert kept.links[-1].rate == pytest.approx(0.4)
    assert WHOLE.recorded({}).links == WHOLE.links


def test_an_admins_numbers_take_the_place_of_the_products() -> None:
    edited = WHOLE.edited([LinkEdit(key="showings", rate=0.9, minutes=30)])
    assert (edited.link("showings").rate, edited.link("showings").minutes, edited.link("showings").name) == (0.9, 30, "Showings")


def test_links_are_counted_by_their_metrics() -> None:
    assert link_counts(SHORT, Counters(calls=9, appointments=2, deals_won=1)) == {"calls": 9, "appointments": 2, "deals_won": 1}


def test_a_rate_begins_with_twenty_records_of_the_teams() -> None:
    team = {**SOME, "calls": 1_000, "conversations": 500}
    known = posteriors(WHOLE, {"calls": 10, "conversations": 1}, team)
    assert known["conversations"].mean == pytest.approx((1 + 10) / 30)
    assert (known["conversations"].source, known["conversations"].prior) == (Source.TEAM, Source.TEAM)
    assert posteriors(WHOLE, {})["showings"].source is Source.DEFAULT
    assert posteriors(WHOLE, SOME, team)["conversations"].source is Source.YOURS


def test_own_sales_are_drawn_towards_the_teams() -> None:
    values = deal_values([100, 300], [1_000] * 50, default_minor=5)
    assert values.mean == pytest.approx((100 + 300 + 5 * 1_000) / 7)
    assert deal_values([], [], default_minor=500).mean == pytest.approx(500)


def test_a_link_has_its_grammar() -> None:
    assert Link(key="calls", name="Calls", is_controllable=True, rate=1).words.counted(1) == "1 call"
