"""Finding patterns: every question to every team and agent of a run, and which answers are sure enough to be told."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import copysign, log
from typing import Final

from domain.coaching.patterns.blocks import MIN_WEEKS
from domain.coaching.patterns.contrast import Contrast
from domain.coaching.patterns.enough import Asked, Evidence, is_enough, per_unit, too_early
from domain.coaching.patterns.family import q_values
from domain.coaching.patterns.hypotheses import Hypothesis
from domain.coaching.patterns.pattern import Answer, Pattern, Side, Tier, Whose, told
from domain.coaching.patterns.pooling import Estimate, between_variance, drawn, pooled, still_holds

CLEAR_LEVEL: Final = 0.01
"""Share of false patterns among the clear ones of a run."""
LIKELY_LEVEL: Final = 0.05
"""The same among all that are told: at one in ten, every other week would bring somebody a pattern that is none."""
CLEAR_LASTING: Final = 0.9
LIKELY_LASTING: Final = 0.8
"""Chance that the effect has the same sign in a stretch of time still to come."""
FLOOR: Final = log(1.2)
"""Odds a fifth higher or lower: less is not worth changing a habit for, however sure it is."""
USUAL_SPREAD: Final = 0.25
"""Effects of habits scatter so much around none: two thirds of them between odds of 0.78 and 1.28, one in twenty beyond 0.6 or 1.6."""
AGENT_SPREAD: Final = 0.15
"""An agent's scatter less than that around their team's: people of one team call the same customers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    whose: Whose
    question: Hypothesis
    place: int
    contrast: Contrast
    raw: Estimate
    shrunk: Estimate

    @property
    def key(self) -> tuple[Whose, str, int]:
        return self.whose, self.question.key, self.place


def answers(looked_at: Mapping[Asked, Evidence], teams_of: Mapping[int, int]) -> list[Answer]:
    """What each question of a run came to, in the order given; `teams_of` says on which team an agent is.

    For teams and agents alike: one effect from several stretches of time, tested together with all others of the run, drawn towards what
    is usual and told only when it is large enough, still there lately, and likely to stay. Of a question's segments the surest is told.
    """
    tests = _tests(looked_at, teams_of)
    sure = q_values(
        {test.key: test.raw.p_value for test in tests if test.whose.is_team},
        {test.key: test.raw.p_value for test in tests if not test.whose.is_team},
    )
    by_question = defaultdict[Asked, list[_Test]](list)
    for test in tests:
        by_question[test.whose, test.question].append(test)
    return [_answer(asked, found, by_question[asked], sure) for asked, found in looked_at.items()]


def _tests(looked_at: Mapping[Asked, Evidence], teams_of: Mapping[int, int]) -> list[_Test]:
    """Whatever there is enough of; the teams first, because their agents' effects are drawn towards theirs."""
    ready = [
        (whose, question, place, contrast)
        for (whose, question), found in looked_at.items()
        for place, contrast in found.contrasts.items()
        if found.weeks >= MIN_WEEKS and is_enough(whose, question, contrast)
    ]
    like = defaultdict[tuple[bool, Hypothesis], list[Contrast]](list)
    for whose, question, _, contrast in ready:
        like[whose.is_team, question].append(contrast)
    shared = {group: between_variance(members) for group, members in like.items()}
    found_for_teams, tests = dict[tuple[Whose, str, int], _Test](), list[_Test]()
    for whose, question, place, contrast in sorted(ready, key=lambda each: not each[0].is_team):
        raw = pooled(contrast, shared[whose.is_team, question])
        team = None if whose.agent_id is None else found_for_teams.get((whose.team(teams_of), question.key, place))
        shrunk = _drawn(raw, question, whose, team)
        test = _Test(whose=whose, question=question, place=place, contrast=contrast, raw=raw, shrunk=shrunk)
        found_for_teams[test.key] = test
        tests.append(test)
    return tests


def _drawn(raw: Estimate, question: Hypothesis, whose: Whose, team: _Test | None) -> Estimate:
    spread = USUAL_SPREAD if whose.is_team else AGENT_SPREAD
    return drawn(raw, team.shrunk.effect if team else 0.0, spread / per_unit(question))


def _answer(asked: Asked, found: Evidence, tests: list[_Test], sure: Mapping[tuple[Whose, str, int], float]) -> Answer:
    whose, question = asked
    if not tests:
        return too_early(whose, question, found)
    tiers = {test.key: _tier(test, sure[test.key]) for test in tests}
    surest = min((test for test in tests if tiers[test.key].is_told), key=lambda test: test.raw.p_value, default=None)
    pattern = _pattern(surest, tiers[surest.key], sure[surest.key]) if surest else None
    return Answer(whose=whose, hypothesis=question, tier=pattern.tier if pattern else Tier.NOTHING, has=found.facts, pattern=pattern)


def _tier(test: _Test, q_value: float) -> Tier:
    """What is said about one person is clear, or not said."""
    effect = test.shrunk.effect
    holds = test.raw.effect * effect > 0 and still_holds(test.contrast, copysign(1, effect))
    if q_value > LIKELY_LEVEL or abs(effect) * per_unit(test.question) < FLOOR or test.shrunk.lasting < LIKELY_LASTING or not holds:
        return Tier.NOTHING
    if q_value <= CLEAR_LEVEL and test.shrunk.lasting >= CLEAR_LASTING:
        return Tier.CLEAR
    return Tier.LIKELY if test.whose.is_team else Tier.NOTHING


def _pattern(test: _Test, tier: Tier, q_value: float) -> Pattern:
    contrast = test.contrast
    is_share = test.question.outcome.is_share
    effect, (low, high) = told(test.shrunk.effect, test.shrunk.variance, contrast.scale, is_share=is_share)
    return Pattern(
        whose=test.whose,
        hypothesis=test.question,
        segment=test.question.segments[test.place],
        tier=tier,
        effect=effect,
        low=low,
        high=high,
        inside=Side(total=contrast.inside[0], count=contrast.inside[1]),
        outside=Side(total=contrast.outside[0], count=contrast.outside[1]),
        people=contrast.people,
        q_value=q_value,
    )
