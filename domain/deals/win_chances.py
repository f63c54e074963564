"""Whether a model may speak: only where it had enough deals to learn from and foresaw later ones better than stage and age alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from domain.deals.as_of import DealAsOf
from domain.deals.judged import Chances, Judged, judged, surprise
from domain.deals.rolling import Ahead, looks_ahead, straightened_rates, tuned
from domain.deals.stage_rates import StageRates, stage_rates
from domain.deals.win_model import Example, Reason, WinModel, model, outcomes

FEWEST_WON: Final = 50
FEWEST_LOST: Final = 150
"""Deals that ended each way; below, a handful of them would be the model."""
SURENESS: Final = 1.0
"""Standard errors the gain must be above zero by. A model of nothing passes one time in six, and then shrinks to nearly nothing."""
YOUNGEST_DAYS: Final = 3
"""Younger deals have no probability: nothing was done for them yet."""


class Silence(StrEnum):
    """Why the model does not speak."""

    TOO_FEW = "too_few"
    """Fewer deals than it takes, or too few days to try it on."""
    NO_BETTER = "no_better"
    """It foresaw later days no better than stage and age did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """Later days, foreseen from what had ended before them."""

    model: Judged
    rates: Judged
    gain: float
    """By how much the model's log-loss is lower."""
    gain_error: float
    """Its standard error, with a deal counted once however often it was looked at."""

    @property
    def is_better(self) -> bool:
        """Whether the model is, beyond some luck."""
        return self.gain > SURENESS * self.gain_error


@dataclass(frozen=True, slots=True, kw_only=True)
class WinChances:
    """What is said of open deals: the model's word, or how often deals of that stage and age were won."""

    horizon_days: int
    """A deal is won if it is won within so many days."""
    rates: StageRates
    model: WinModel | None = None
    silence: Silence | None = None
    back_test: BackTest | None = None

    def chances(self, deals: Sequence[DealAsOf]) -> Chances:
        """Of each deal."""
        return self.rates.chances(deals) if self.model is None else self.model.chances(deals)

    def reasons(self, deals: Sequence[DealAsOf]) -> list[list[Reason]]:
        """What moves the probability of each; stage and age alone give no reasons."""
        return [[] for _ in deals] if self.model is None else self.model.reasons(deals)


def win_chances(examples: Sequence[Example], horizon_days: int) -> WinChances:
    """Learn from examples whose end is known, of which there is at least one; see `Silence` for when the model stays out."""
    rates = stage_rates([each.deal for each in examples], outcomes(examples))
    looks = list(looks_ahead(examples, horizon_days)) if _are_enough(examples) else []
    tried = _back_test(looks, horizon_days)
    if tried is None:
        return WinChances(horizon_days=horizon_days, rates=rates, silence=Silence.TOO_FEW)
    if not tried.is_better:
        return WinChances(horizon_days=horizon_days, rates=rates, silence=Silence.NO_BETTER, back_test=tried)
    return WinChances(horizon_days=horizon_days, rates=rates, model=model(examples, *tuned(looks)), back_test=tried)


def _are_enough(examples: Sequence[Example]) -> bool:
    won = {each.deal_id for each in examples if each.won}
    return len(won) >= FEWEST_WON and len({each.deal_id for each in examples} - won) >= FEWEST_LOST


def _back_test(looks: Sequence[Ahead], horizon_days: int) -> BackTest | None:
    """Every look after the first, both sides tuned on what had come of the looks before it; None without two."""
    by_model: list[Chances] = []
    by_rates: list[Chances] = []
    examples: list[Example] = []
    for place, look in enumerate(looks):
        begins = min(each.on for each in look.examples)
        before = [part for each in looks[:place] if (part := each.until_ended(begins, horizon_days)) is not None]
        if before:
            penalty, straightening = tuned(before)
            by_model.append(straightening.chances(look.log_odds[penalty]))
            by_rates.append(straightened_rates(before).chances(look.rates))
            examples.extend(look.examples)
    return _compared(np.concatenate(by_model), np.concatenate(by_rates), examples) if examples else None


def _compared(by_model: Chances, by_rates: Chances, examples: Sequence[Example]) -> BackTest:
    won = outcomes(examples)
    gains = surprise(by_rates, won) - surprise(by_model, won)
    return BackTest(model=judged(by_model, won), rates=judged(by_rates, won), gain=float(gains.mean()), gain_error=_error(gains, examples))


def _error(gains: Chances, examples: Sequence[Example]) -> float:
    """The standard error of the mean gain, by deals: what one deal brings on several days is one piece of luck."""
    by_deal: defaultdict[int, float] = defaultdict(float)
    for each, gain in zip(examples, gains - gains.mean(), strict=True):
        by_deal[each.deal_id] += float(gain)
    return float(np.sqrt(sum(total**2 for total in by_deal.values())) / len(gains))
