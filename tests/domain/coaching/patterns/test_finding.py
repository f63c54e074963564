"""Patterns are told where they are true, large enough and lasting, and nowhere else."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from domain.coaching.patterns.enough import evidence
from domain.coaching.patterns.finding import answers
from domain.coaching.patterns.hypotheses import HYPOTHESES
from domain.coaching.patterns.pattern import Answer, Lack, Tier, Whose
from domain.coaching.patterns.sample import Sample, sample
from tests.domain.coaching.patterns.facts import team_facts

LENGTH = HYPOTHESES["length_next_step"]
TEAM = Whose(team_id=3)


def answer(facts: Sample, whose: Whose = TEAM) -> Answer:
    (found,) = answers({(whose, LENGTH): evidence(facts, LENGTH)}, {})
    return found


def test_a_true_difference_of_a_team_is_clear_and_its_interval_holds_it() -> None:
    found = answer(team_facts(log_odds=log(1.5))).pattern
    assert found is not None
    assert (found.tier, found.segment.key, found.id) == (Tier.CLEAR, "short", "team.3.length_next_step.short")
    assert found.low < 1.5 < found.high
    assert found.is_more
    assert found.people == 6


def test_no_difference_is_nothing() -> None:
    assert answer(team_facts()).tier is Tier.NOTHING


def test_a_difference_under_a_fifth_is_not_told_however_sure_it_is() -> None:
    assert answer(team_facts(per_day=60, log_odds=log(1.12))).tier is Tier.NOTHING


def test_what_has_stopped_is_not_told() -> None:
    assert answer(team_facts(log_odds=log(1.8), until=110)).tier is Tier.NOTHING


def test_a_strong_agent_who_prefers_a_segment_is_no_pattern() -> None:
    facts = team_facts()
    dice = np.random.default_rng(4)
    strong = facts.agents == 0
    values = np.where(strong, dice.random(len(facts)) < 0.8, facts.values).astype(float)
    segments = np.where(strong & (dice.random(len(facts)) < 0.7), 0, facts.segments)
    assert answer(replace(facts, values=values, segments=segments)).tier is Tier.NOTHING


def test_a_team_of_four_says_nothing_about_its_people() -> None:
    found = answer(team_facts(agents=4, per_day=20, log_odds=log(2)))
    assert (found.tier, found.lack, found.has, found.needs) == (Tier.TOO_EARLY, Lack.PEOPLE, 4, 5)


def test_one_person_with_most_of_the_facts_makes_no_team_pattern() -> None:
    one, others = team_facts(agents=1, per_day=60, log_odds=log(2)), team_facts(agents=6, per_day=1)
    both = Sample(
        agents=np.concatenate([one.agents + 10, others.agents]),
        days=np.concatenate([one.days, others.days]),
        segments=np.concatenate([one.segments, others.segments]),
        values=np.concatenate([one.values, others.values]),
    )
    assert answer(both).lack is Lack.PEOPLE


def test_under_two_months_it_is_too_early() -> None:
    found = answer(team_facts(days=50, per_day=20, log_odds=log(2)))
    assert (found.lack, found.has, found.needs) == (Lack.WEEKS, 7, 8)


def test_few_facts_say_how_many_it_takes() -> None:
    found = answer(team_facts(days=60, per_day=1))
    assert found.lack is Lack.FACTS
    assert found.has == pytest.approx(120, abs=25)
    assert found.needs == pytest.approx(330, abs=50)


def test_without_facts_it_is_too_early() -> None:
    assert answer(sample([])).tier is Tier.TOO_EARLY


def test_about_one_person_only_what_is_clear_is_said() -> None:
    whose = Whose(agent_id=0)
    told = [answer(team_facts(seed=seed, agents=1, per_day=9, log_odds=log(1.6)), whose).tier for seed in range(12)]
    assert set(told) <= {Tier.CLEAR, Tier.NOTHING}
    assert Tier.CLEAR in told


def test_an_agents_effect_is_drawn_towards_their_teams() -> None:
    facts = team_facts(per_day=9, log_odds=log(1.8))
    whose = Whose(agent_id=0)
    own = evidence(facts.of(facts.agents == 0), LENGTH)
    alone = answers({(whose, LENGTH): own}, {})[0].pattern
    together = answers({(TEAM, LENGTH): evidence(facts, LENGTH), (whose, LENGTH): own}, {0: 3})[1].pattern
    assert alone is not None
    assert together is not None
    assert together.effect > alone.effect


def test_ratings_differ_by_stars() -> None:
    question = HYPOTHESES["response_rating"]
    facts = team_facts()
    dice = np.random.default_rng(2)
    stars = np.clip(np.round(4 + dice.normal(0, 0.8, len(facts)) + 0.4 * (facts.segments == 0)), 1, 5)
    found = answers({(TEAM, question): evidence(replace(facts, values=stars), question)}, {})[0].pattern
    assert found is not None
    assert found.low < found.effect < found.high
    assert found.effect == pytest.approx((found.inside.mean or 0) - (found.outside.mean or 0), abs=0.05)


def test_a_night_without_anything_to_find_tells_almost_nothing() -> None:
    """One team and its six agents, forty nights of pure luck: as many patterns as one in five nights would be too many."""
    told = 0
    for seed in range(40):
        facts = team_facts(seed=seed, days=100, per_day=9)
        looked_at = {(TEAM, LENGTH): evidence(facts, LENGTH)}
        looked_at |= {(Whose(agent_id=agent), LENGTH): evidence(facts.of(facts.agents == agent), LENGTH) for agent in range(6)}
        told += sum(each.pattern is not None for each in answers(looked_at, dict.fromkeys(range(6), 3)))
    assert told <= 4
