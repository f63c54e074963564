"""Made-up companies whose true patterns are known: agents differ, days and months differ, and some habits go together with outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.insights_facts import World
from domain.coaching.patterns.hypotheses import HYPOTHESES, Hypothesis
from domain.coaching.patterns.sample import Integers, Numbers, Sample

TEAMS, AGENTS = 4, 10
STRETCH: Final = 28
"""Days in which a drifting effect stays as it is."""
FIRST_DAY: Final = 735_000
RATING_SPREAD: Final = 0.9
PER_SD: Final = np.pi / np.sqrt(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How much there is of the facts of a question: so many an agent and working day, over so many days, and how they mostly come out."""

    per_day: float
    days: int
    base: float
    shares: tuple[float, ...]
    """Of the segments; weekdays follow the calendar instead."""


MADE: Final[Mapping[str, Made]] = {
    "weekday_reach": Made(per_day=15, days=182, base=0.35, shares=()),
    "hour_reach": Made(per_day=15, days=182, base=0.35, shares=(0.15, 0.25, 0.15, 0.2, 0.2, 0.05)),
    "response_conversion": Made(per_day=3, days=364, base=0.2, shares=(0.15, 0.35, 0.3, 0.2)),
    "response_rating": Made(per_day=1, days=364, base=0.5, shares=(0.15, 0.35, 0.3, 0.2)),
    "sequence_conversion": Made(per_day=2.5, days=364, base=0.2, shares=(0.4, 0.3, 0.2, 0.1)),
    "post_next_step": Made(per_day=6, days=182, base=0.25, shares=(0.1, 0.2, 0.7)),
    "length_next_step": Made(per_day=2, days=364, base=0.4, shares=(0.3, 0.5, 0.2)),
}
"""A day's work of somebody who mostly calls: fifteen calls that are picked up or not, three new leads, two meetings."""
Effects = Mapping[tuple[int, str, int], Numbers]
"""Log odds by team, question and segment, stretch by stretch."""


def company(dice: np.random.Generator, effects: Effects) -> World:
    """A company of four teams of ten with these true effects."""
    teams_of = {agent: agent // AGENTS for agent in range(TEAMS * AGENTS)}
    facts = {HYPOTHESES[key]: _facts(dice, HYPOTHESES[key], made, effects) for key, made in MADE.items()}
    return World(facts=facts, teams_of=teams_of)


def constant(log_odds: float) -> Numbers:
    """An effect that stays."""
    return np.full(STRETCHES, log_odds)


STRETCHES: Final = 364 // STRETCH


def planted(dice: np.random.Generator, odds: float) -> dict[tuple[int, str, int], Numbers]:
    """In two of the teams one true pattern each, of any question, in any segment with a tenth of the facts or more, more often or less."""
    teams = dice.permutation(TEAMS)[:2].tolist()
    return {_any_segment(dice, team): constant(float(np.log(odds)) * dice.choice([-1, 1])) for team in teams}


def drifting(dice: np.random.Generator) -> dict[tuple[int, str, int], Numbers]:
    """In every team some effects of all sizes around none, each of which wanders from month to month by as much as they differ."""
    effects = {}
    for team in range(TEAMS):
        for _ in range(3):
            steps = dice.normal(0, 0.2, STRETCHES)
            wander = np.empty(STRETCHES)
            wander[0] = steps[0]
            for at in range(1, STRETCHES):
                wander[at] = 0.7 * wander[at - 1] + steps[at]
            effects[_any_segment(dice, team)] = dice.normal(0, 0.3) + wander
    return effects


def _any_segment(dice: np.random.Generator, team: int) -> tuple[int, str, int]:
    key = str(dice.choice([key for key in MADE if HYPOTHESES[key].outcome.is_share]))
    shares = MADE[key].shares or (0.2,) * 5
    return team, key, int(dice.choice([place for place, share in enumerate(shares) if share >= 0.1]))  # noqa: PLR2004 - a tenth


def _facts(dice: np.random.Generator, question: Hypothesis, made: Made, effects: Effects) -> Sample:
    people, span = TEAMS * AGENTS, np.arange(FIRST_DAY, FIRST_DAY + made.days)
    worked = span[(span - 1) % 7 < 5]  # noqa: PLR2004 - ordinals of Monday are 1 modulo 7
    busy = dice.gamma(8, 1 / 8, people)
    counts = dice.poisson(made.per_day * busy[:, None] * np.ones(len(worked)))
    agents = np.repeat(np.arange(people), counts.sum(axis=1))
    days = np.concatenate([np.repeat(worked, row) for row in counts])
    segments = _segments(dice, made, days, agents)
    odds = np.log(made.base / (1 - made.base)) + dice.normal(0, 0.3, people)[agents] + _moods(dice, days, agents)
    for (team, key, place), course in effects.items():
        if key == question.key:
            there = (agents // AGENTS == team) & (segments == place)
            odds = odds + there * course[(days - FIRST_DAY) // STRETCH]
    return Sample(agents=agents, days=days, segments=segments, values=_values(dice, odds, is_share=question.outcome.is_share))


def _segments(dice: np.random.Generator, made: Made, days: Integers, agents: Integers) -> Integers:
    """The weekday, or one of the segments, of which each agent has a mix of their own."""
    if not made.shares:
        return (days - 1) % 7
    mixes = dice.dirichlet(np.array(made.shares) * 30, TEAMS * AGENTS)
    drawn: Integers = (dice.random(len(days))[:, None] > mixes.cumsum(axis=1)[agents][:, :-1]).sum(axis=1)
    return drawn


def _moods(dice: np.random.Generator, days: Integers, agents: Integers) -> Numbers:
    """Good and bad days of a whole team, and good and bad months of an agent."""
    day_noise = dice.normal(0, 0.15, (TEAMS, 364))[agents // AGENTS, days - FIRST_DAY]
    return day_noise + dice.normal(0, 0.2, (TEAMS * AGENTS, STRETCHES))[agents, (days - FIRST_DAY) // STRETCH]


def _values(dice: np.random.Generator, odds: Numbers, *, is_share: bool) -> Numbers:
    if is_share:
        return (dice.random(len(odds)) < 1 / (1 + np.exp(-odds))).astype(float)
    stars: Numbers = np.clip(np.round(4 + RATING_SPREAD * (odds / PER_SD + dice.normal(0, 1, len(odds)))), 1, 5)
    return stars
