"""Which level somebody is on: up with sales and the work of the level, down only after two quarters below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from domain.periods import add_months
from domain.progression.levels import RANKS, STEPS, level_of_sales, levels_between, next_level
from domain.progression.requirements import Requirement, Stretch, is_month_held, progress_share, requirements
from domain.progression.terms import Terms
from domain.records import Level

MONTHS_LOOKED_AT: Final = 3
MONTHS_HELD: Final = 2
"""Two of the last three months: one good month is luck as often as not, and one holiday month must not cost a level."""
FURTHER_BACK_MONTHS: Final = 3
"""An import that brings so many more months of history makes the level before one found in ignorance; a backdated entry does not."""
QUARTERS_BELOW: Final = 2
"""A level is lost half a year after the sales are gone, and said to be at risk all the while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The level somebody had until now."""

    level: Level
    since: date
    """The first day it was found."""
    known_since: date | None = None
    """The first month with facts as the newest of its assessments knew it; None where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterEnd:
    """How many sales the twelve months up to the end of a calendar quarter had."""

    day: date
    """The first day after the quarter."""
    sales_12_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionFacts:
    """What an assessment is made from."""

    terms: Terms
    known_since: date | None
    """The first month with facts; None where there are none."""
    now: Stretch
    """Of late: the work of four weeks, results of thirteen, sales of twelve months."""
    sales_12_months: int
    months: Sequence[Stretch]
    """The last whole months in which they worked, newest first, at most three."""
    quarters: Sequence[QuarterEnd]
    """The last two whole quarters, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelFound:
    """The level somebody is on, and how far the next one is."""

    level: Level
    was: Level | None
    """The level before this assessment; None at the first one."""
    following: Level | None
    """The level above, or None at the highest."""
    requirements: tuple[Requirement, ...]
    """Of the next level, at the highest its own; weakest first."""
    progress_share: float | None
    """How far the weakest of them is; None at the highest, and when nothing could be measured."""
    is_at_risk: bool
    """Whether the sales of twelve months are below the level now."""
    months_held: int
    """In how many of the months looked at four fifths of the next level's requirements were held."""
    months_known: int

    @property
    def is_promotion(self) -> bool:
        """Whether this assessment brought a higher level than the one before."""
        return self.was is not None and RANKS[self.level] > RANKS[self.was]


def assess(facts: ProgressionFacts, before: Standing | None) -> LevelFound:
    """The level now. The first assessment places by sales alone: what was held before is not known well enough to ask for.

    So does one that knows a quarter more of the past than the one before, as after an import.
    """
    band = level_of_sales(facts.sales_12_months)
    if before is None or _knows_more(facts, before):
        return _found(facts, band, None)
    if RANKS[band] > RANKS[before.level]:
        return _found(facts, _risen(facts, before.level, band), before.level)
    return _found(facts, _after_below(facts, before), before.level)


def seen_in_part(facts: ProgressionFacts, level: Level) -> LevelFound:
    """A known level with what can be said by some of the days: its requirements by those, and no progress, which the rest would change."""
    shown = replace(facts, now=replace(facts.now, sales_12_months=None))
    return replace(_found(shown, level, level), progress_share=None, is_at_risk=False)


def months_held(facts: ProgressionFacts, level: Level) -> int:
    """In how many of the last whole months the work of the level was done."""
    return sum(is_month_held(level, month, facts.terms) for month in facts.months[:MONTHS_LOOKED_AT])


def _knows_more(facts: ProgressionFacts, before: Standing) -> bool:
    if facts.known_since is None or before.known_since is None:
        return False
    return add_months(facts.known_since, FURTHER_BACK_MONTHS) <= before.known_since


def _risen(facts: ProgressionFacts, level: Level, band: Level) -> Level:
    """The highest level the sales allow whose work was held; the old one when there is none."""
    return next((each for each in levels_between(level, band) if months_held(facts, each) >= MONTHS_HELD), level)


def _after_below(facts: ProgressionFacts, before: Standing) -> Level:
    """The level kept, or after two quarters below it the one that the best of these sales still allow."""
    floor = STEPS[before.level].from_sales
    ends = [each.sales_12_months for each in facts.quarters[:QUARTERS_BELOW] if each.day > before.since]
    if len(ends) < QUARTERS_BELOW or max((facts.sales_12_months, *ends)) >= floor:
        return before.level
    return level_of_sales(max(facts.sales_12_months, *ends))


def _found(facts: ProgressionFacts, level: Level, was: Level | None) -> LevelFound:
    following = next_level(level)
    asked = requirements(following or level, facts.now, facts.terms)
    return LevelFound(
        level=level,
        was=was,
        following=following,
        requirements=asked,
        progress_share=progress_share(asked) if following else None,
        is_at_risk=facts.sales_12_months < STEPS[level].from_sales,
        months_held=months_held(facts, following or level),
        months_known=len(facts.months[:MONTHS_LOOKED_AT]),
    )
