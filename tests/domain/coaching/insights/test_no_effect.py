"""Where there is nothing to find, next to nothing is found: the quality of the engine itself, measured on agents made of luck."""

import random
from datetime import date, timedelta
from statistics import median

import pytest

from domain.coaching.insights.rules import RULES
from domain.coaching.insights.signals import Cohort, Signals, TeamWait, together
from domain.coaching.insights.source_conversion import strong_source
from domain.coaching.insights.spans import before, lately, sales_span
from domain.counters import Counters
from domain.metrics.measures import Ratio
from domain.periods import Period
from tests.domain.coaching.insights.signals import TODAY, signals

AGENTS = 600
PATTERNS = (
    "team_response",
    "response_change",
    "conversion_change",
    "revenue_change",
    "satisfaction_change",
    "strong_source",
    "weak_source",
)
"""The rules that compare; the others tell what is there."""


def _days(period: Period, count: int, luck: random.Random) -> list[date]:
    return [period.start + timedelta(days=luck.randrange(period.days)) for _ in range(count)]


def _waits(count: int, luck: random.Random) -> list[int]:
    return [round(luck.lognormvariate(8.2, 1.4)) for _ in range(count)]


def _ratings(luck: random.Random) -> Counters:
    stars = luck.choices((3, 4, 5), (1, 3, 6), k=luck.randrange(10, 40))
    return Counters(ratings=len(stars), rating_points=sum(stars), rating_squares=sum(each * each for each in stars))


def an_agent_like_all_others(luck: random.Random) -> Signals:
    """Same rates, same sizes, same waits in both spans, with every source and in the whole team."""
    sold, recently = sales_span(TODAY), lately(TODAY)
    leads = {source: luck.randrange(5, 60) for source in ("Referral", "Web form", "Ads", "Portal", "Event")}
    converted = {key: sum(luck.random() < 0.22 for _ in range(count)) for key, count in leads.items()}
    others = [wait for _ in range(6) for wait in _waits(luck.randrange(20, 60), luck)]
    return signals(
        waits=tuple((day, wait) for span in (recently, before(recently)) for day in _days(span, 35, luck) for wait in _waits(1, luck)),
        team_wait=TeamWait(seconds=median(others), waits=len(others), agents=6),
        cohorts=tuple(
            Cohort(source=key, is_recent=bool(n % 2), conversion=Ratio(converted[key], count))
            for n, (key, count) in enumerate(leads.items())
        ),
        sales=tuple(
            (day, round(luck.lognormvariate(12, 0.8)))
            for span in (sold, before(sold))
            for day in _days(span, sum(luck.random() < 0.14 for _ in range(84)), luck)
        ),
        by_day={span.start: _ratings(luck) for span in (sold, before(sold))},
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_at_most_one_agent_in_twenty_is_told_something_that_is_luck(seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311 - luck to be repeated, not to be kept secret
    agents = [an_agent_like_all_others(luck) for _ in range(AGENTS)]
    told = {rule.key: sum(rule.find(each) is not None for each in agents) for rule in RULES if rule.key in PATTERNS}
    anything = sum(any(rule.find(each) for rule in RULES if rule.key in PATTERNS) for each in agents)
    assert anything <= AGENTS / 20, told


def _half(rates: dict[str, float], luck: random.Random) -> tuple[Cohort, ...]:
    """Eighty leads of each source, drawn anew from the same true rates."""
    return tuple(
        Cohort(source=source, is_recent=True, conversion=Ratio(sum(luck.random() < rate for _ in range(80)), 80))
        for source, rate in rates.items()
    )


def _gap(cohorts: tuple[Cohort, ...], source: str | None) -> float:
    own = together(each for each in cohorts if each.source == source)
    others = together(each for each in cohorts if each.source != source)
    return (own.value or 0.0) - (others.value or 0.0)


def test_what_is_told_of_one_half_mostly_holds_in_the_other() -> None:
    luck = random.Random(11)  # noqa: S311 - luck to be repeated, not to be kept secret
    held = []
    for _ in range(400):
        rates = {source: luck.betavariate(6, 22) for source in ("Referral", "Web form", "Ads", "Portal")}
        told = strong_source(signals(cohorts=_half(rates, luck)))
        if told is not None:
            held.append(_gap(_half(rates, luck), told.source) > 0)
    assert len(held) > 20
    assert sum(held) >= 0.8 * len(held)
