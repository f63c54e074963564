"""Skills of the same agents, then and now."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.records import Skill
from domain.success.skill_change import Assessed, SkillFound, skill_changes, skills_of

START = date(2026, 1, 1)


def assessed(agent_id: int, days: int, rate: float, sample: int = 100, skill: Skill = Skill.CLOSING) -> Assessed:
    return Assessed(agent_id=agent_id, day=START + timedelta(days=days), skills={skill: SkillFound(rate=rate, sample=sample)})


def grown(agents: int, then: float, now: float, *, days: int = 90, skill: Skill = Skill.CLOSING, sample: int = 100) -> Any:
    pairs = [(assessed(n, 0, then, sample, skill), assessed(n, days, now, sample, skill)) for n in range(agents)]
    return next(each for each in skill_changes(pairs) if each.skill is skill)


def test_parts_are_added_and_rates_never_averaged() -> None:
    pairs = [(assessed(1, 0, 0.5, 10), assessed(1, 95, 0.5, 10)), (assessed(2, 0, 0.1, 190), assessed(2, 95, 0.2, 190))]
    found = next(each for each in skill_changes(pairs) if each.skill is Skill.CLOSING)
    assert (found.agents, found.then.value, found.now.value) == (2, 24 / 200, 43 / 200)


def test_a_clear_growth_is_told_and_a_small_one_is_luck() -> None:
    assert grown(5, 0.2, 0.4).has_moved
    assert not grown(5, 0.30, 0.31).has_moved


def test_few_agents_few_facts_and_assessments_too_near_are_too_early() -> None:
    assert grown(4, 0.2, 0.4).is_early
    assert grown(5, 0.25, 0.75, sample=3).is_early
    assert grown(5, 0.2, 0.4, days=89).agents == 0


def test_a_rate_above_one_is_kept() -> None:
    found = grown(5, 1.2, 1.5, skill=Skill.APPOINTMENT_SETTING)
    assert (found.then.value, found.now.value, found.has_moved) == (pytest.approx(1.2), pytest.approx(1.5), True)


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"skills": None},
        {"skills": {"closing": 1}},
        {"skills": ["closing", 3]},
        {"skills": [{"skill": "juggling", "rate": 0.5, "sample": 10}]},
        {"skills": [{"skill": "closing", "rate": None, "sample": 10}]},
        {"skills": [{"skill": "closing", "rate": 0.5, "sample": 0}]},
    ],
)
def test_what_was_not_measured_is_left_out(inputs: dict[str, Any]) -> None:
    assert skills_of(inputs) == {}


def test_what_was_kept_is_read() -> None:
    kept = {"skills": [{"skill": "closing", "rate": 0.25, "sample": 12, "interval": [0.1, 0.5]}]}
    assert skills_of(kept) == {Skill.CLOSING: SkillFound(rate=0.25, sample=12)}
