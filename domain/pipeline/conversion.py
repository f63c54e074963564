"""How many deals get from one step to the next, told from the recent ones too: those still open count as not yet decided.

A rate of closed deals alone takes what is quickly lost for the whole, and understates by a quarter and more on real data. Here every
deal counts from the day it entered the step: it moves on, drops out, or is still there (Aalen and Johansen 1978).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.metrics.intervals import USUAL, Interval, wilson

WITHIN_DAYS: Final = 90
"""A discovery call that has led to nothing for a quarter seldom does later; and a quarter is what people plan."""
COHORT_DAYS: Final = 365
"""Steps entered within a year: long enough for a sample, short enough to be how the team works now."""
FEW: Final = 20
"""Below it an 80 % interval is wider than ±14 points: no ground for a verdict."""

_ROUNDING: Final = 1e-9
"""What adding up shares day by day may miss of all or nothing."""


class Ending(StrEnum):
    """How a deal's time in a step ended."""

    MOVED = "moved"
    DROPPED = "dropped"
    OPEN = "open"


class Transition(StrEnum):
    """One step of the way, from entering it to the next."""

    BOOKED_HELD = "booked_held"
    HELD_PROPOSAL = "held_proposal"
    PROPOSAL_AGREEMENT = "proposal_agreement"
    AGREEMENT_LIST = "agreement_list"
    LIST_SALE = "list_sale"
    OPENED_WON = "opened_won"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """So many deals that were in the step for so many days, and how that ended."""

    days: int
    ending: Ending
    deals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """How many of the deals that entered a step have moved on after so many days."""

    entered: int
    moved: int
    """So far, whenever."""
    waiting: int
    """Still in the step: undecided."""
    share: float | None
    """Aalen–Johansen; None where nothing entered."""
    interval: Interval | None
    within_days: int
    """Days the share is for: as many as were asked for, or as long as anybody was followed where that does not tell the rest."""

    @property
    def is_early(self) -> bool:
        """Whether too few entered for a verdict."""
        return self.entered < FEW


def conversion(spells: Iterable[Spell], within_days: int = WITHIN_DAYS, level: float = USUAL) -> Conversion:
    """The share that moved on within the days, with an interval at the level."""
    counts: Counter[tuple[int, Ending]] = Counter()
    for spell in spells:
        counts[max(0, spell.days), spell.ending] += spell.deals
    entered = counts.total()
    longest = max((days for (days, _), deals in counts.items() if deals), default=0)
    share, variance, staying = _curve(counts, entered, within_days)
    return Conversion(
        entered=entered,
        moved=sum(deals for (_, ending), deals in counts.items() if ending is Ending.MOVED),
        waiting=sum(deals for (_, ending), deals in counts.items() if ending is Ending.OPEN),
        share=share if entered else None,
        interval=_interval(share, variance, entered, level) if entered else None,
        within_days=min(within_days, longest) if staying else within_days,
    )


@dataclass(frozen=True, slots=True)
class _Day:
    at_risk: int
    moved: int
    ended: int
    staying: float
    """The share still in the step just before the day."""
    share: float
    """The share moved on by the day's end."""


def _curve(counts: Counter[tuple[int, Ending]], entered: int, within_days: int) -> tuple[float, float, float]:
    """The cumulative incidence at the horizon, its variance (delta method, Marubini and Valsecchi 1995), and the share that stays."""
    at_risk, staying, share = entered, 1.0, 0.0
    course: list[_Day] = []
    for day in sorted({days for days, _ in counts if days <= within_days}):
        moved, dropped, left = (counts[day, ending] for ending in (Ending.MOVED, Ending.DROPPED, Ending.OPEN))
        if moved + dropped:
            share += staying * moved / at_risk
            course.append(_Day(at_risk, moved, moved + dropped, staying, share))
            staying *= 1 - (moved + dropped) / at_risk
        at_risk -= moved + dropped + left
    return share, sum(_spread(day, share) for day in course), staying


def _spread(day: _Day, share: float) -> float:
    rest = share - day.share
    stays = day.at_risk - day.ended
    of_ending = rest * rest * day.ended / (day.at_risk * stays) if stays else 0.0
    of_moving = day.staying**2 * day.moved * (day.at_risk - day.moved) / day.at_risk**3
    together = 2 * rest * day.staying * day.moved / day.at_risk**2
    return of_ending + of_moving - together


def _interval(share: float, variance: float, entered: int, level: float) -> Interval:
    """Wilson's interval for as many deals as would leave the share this uncertain; without undecided deals exactly all of them."""
    is_mixed = _ROUNDING < share < 1 - _ROUNDING
    known = share * (1 - share) / variance if variance > 0 and is_mixed else entered
    return wilson(share * known, known, level)
