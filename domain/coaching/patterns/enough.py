"""Whether there is enough to look at, and what is missing where there is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, log, pi, sqrt
from typing import Final, TypeAlias

from domain.coaching.patterns.blocks import MIN_WEEKS, weeks
from domain.coaching.patterns.contrast import Contrast, contrasts
from domain.coaching.patterns.hypotheses import Hypothesis
from domain.coaching.patterns.pattern import Answer, Lack, Tier, Whose
from domain.coaching.patterns.sample import Sample

STANDARD_DEVIATION: Final = pi / sqrt(3)
"""What one standard deviation is in log odds (Chinn 2000), so that both kinds of outcome are judged alike."""
INFORMATION: Final = ((1.96 + 0.84) / log(1.5)) ** 2
"""Below it even a single test would miss odds half as high again more than once in five: too early to look at all."""
MIN_PEOPLE: Final = 5
"""A team's pattern is told from so many people's work, so that it tells about none of them."""
MOST_SHARE: Final = 0.5
"""No one person's part of a team's pattern is larger."""
FEWEST: Final = 30
"""Facts the fullest segment needs when nothing says more precisely how many: without a single success, or a single failure."""

Asked: TypeAlias = tuple[Whose, Hypothesis]
"""Whose work, and what about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the facts say about a question, without the facts: small enough to keep for everybody until all have been looked at."""

    facts: int
    weeks: int
    contrasts: Mapping[int, Contrast]
    """By the place of the segment."""


def evidence(facts: Sample, question: Hypothesis) -> Evidence:
    """What these facts say about the question."""
    found = contrasts(facts, question.tested, is_share=question.outcome.is_share)
    return Evidence(facts=len(facts), weeks=weeks(facts.days), contrasts=found)


def is_enough(whose: Whose, question: Hypothesis, contrast: Contrast) -> bool:
    """Whether there is enough to look at, of enough people where it is about a team; what the outcomes are plays no part in it."""
    of_enough = not whose.is_team or _is_of_enough_people(contrast)
    return of_enough and contrast.information >= needed(question)


def _is_of_enough_people(contrast: Contrast) -> bool:
    return contrast.people >= MIN_PEOPLE and contrast.largest_share <= MOST_SHARE


def needed(question: Hypothesis) -> float:
    """The information it takes, in the unit of the question's effect."""
    return INFORMATION * per_unit(question) ** 2


def per_unit(question: Hypothesis) -> float:
    """Log odds in one unit of the effect."""
    return 1.0 if question.outcome.is_share else STANDARD_DEVIATION


def too_early(whose: Whose, question: Hypothesis, found: Evidence) -> Answer:
    """What is lacking, the first of it that no further facts of the same people would bring."""
    fullest = max(found.contrasts.values(), key=lambda each: (each.information, each.inside[1]))
    if whose.is_team and not _is_of_enough_people(fullest):
        lack, has, needs = Lack.PEOPLE, fullest.people, max(MIN_PEOPLE, fullest.people + 1)
    elif found.weeks < MIN_WEEKS:
        lack, has, needs = Lack.WEEKS, found.weeks, MIN_WEEKS
    else:
        lack, has, needs = Lack.FACTS, *_missing(fullest, question)
    return Answer(whose=whose, hypothesis=question, tier=Tier.TOO_EARLY, lack=lack, has=has, needs=needs)


def _missing(fullest: Contrast, question: Hypothesis) -> tuple[int, int]:
    """How many facts the fullest segment has, and needs."""
    has = fullest.inside[1]
    if not fullest.information:
        return has, max(FEWEST, has + 1)
    return has, max(has + 1, ceil(has * needed(question) / fullest.information))
