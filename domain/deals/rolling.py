"""Looking ahead again and again: what a model of everything that had ended by some day said of the days after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.deals.judged import Chances, surprise
from domain.deals.logistic import log_odds, share
from domain.deals.stage_rates import stage_rates
from domain.deals.win_model import Example, Straightening, models, outcomes, straightened

PENALTIES: Final = (3.0, 30.0, 300.0)
"""From nearly free weights to hardly any; which one is right the later days decide."""
STARTS: Final = (0.5, 0.625, 0.75, 0.875)
"""Shares of the days at which it looks ahead to the next: the first half is only learnt from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Some days, and what was said of them beforehand."""

    examples: Sequence[Example]
    log_odds: dict[float, Chances]
    """By penalty."""
    rates: Chances
    """The log-odds stage and age alone gave."""

    def until_ended(self, by: date, horizon_days: int) -> "Ahead | None":
        """Only the examples whose end was known on a day; None where there are none."""
        kept = np.array([_is_over(each, by, horizon_days) for each in self.examples], bool)
        if not kept.any():
            return None
        return Ahead(
            examples=[each for each, is_kept in zip(self.examples, kept, strict=True) if is_kept],
            log_odds={penalty: said[kept] for penalty, said in self.log_odds.items()},
            rates=self.rates[kept],
        )


def looks_ahead(examples: Sequence[Example], horizon_days: int) -> Iterator[Ahead]:
    """From each start to the next, learnt from what had ended by the start; starts with too little before them are left out."""
    days = sorted({each.on for each in examples})
    starts = [days[int(len(days) * part)] for part in STARTS]
    for start, end in zip(starts, [*starts[1:], date.max], strict=True):
        known = [each for each in examples if _is_over(each, start, horizon_days)]
        coming = [each for each in examples if start <= each.on < end]
        if coming and len({each.won for each in known}) > 1:
            yield _ahead(known, coming)


def tuned(before: Sequence[Ahead]) -> tuple[float, Straightening]:
    """The shrinkage that foresaw these days best, and how what it said is to be straightened."""
    won = _won(before)
    said = {penalty: np.concatenate([each.log_odds[penalty] for each in before]) for penalty in PENALTIES}
    best = min(PENALTIES, key=lambda penalty: float(surprise(share(said[penalty]), won).mean()))
    return best, straightened(said[best], won)


def straightened_rates(before: Sequence[Ahead]) -> Straightening:
    """The same for stage and age alone: when fewer deals are won than before, both sides may know it."""
    return straightened(np.concatenate([each.rates for each in before]), _won(before))


def _ahead(known: Sequence[Example], coming: Sequence[Example]) -> Ahead:
    deals = [each.deal for each in coming]
    made = models(known, PENALTIES)
    columns = next(iter(made.values())).encoding.matrix(deals)
    return Ahead(
        examples=coming,
        log_odds={penalty: each.logistic.log_odds(columns) for penalty, each in made.items()},
        rates=log_odds(stage_rates([each.deal for each in known], outcomes(known)).chances(deals)),
    )


def _won(parts: Sequence[Ahead]) -> NDArray[np.bool_]:
    return np.concatenate([outcomes(each.examples) for each in parts])


def _is_over(example: Example, by: date, horizon_days: int) -> bool:
    return example.on + timedelta(days=horizon_days) <= by
