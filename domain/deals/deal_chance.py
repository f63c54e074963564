"""What is said of the chance of one open deal: a probability with its reasons, or why there is none and how its stage does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from domain.deals.as_of import DealAsOf
from domain.deals.stage_rates import Tally
from domain.deals.win_chances import Silence
from domain.deals.win_learned import Learned
from domain.deals.win_model import Reason
from domain.formatting import LEAST_CERTAIN, MOST_CERTAIN

TIMES: Final = 2.0
"""Odds this many times those of a usual deal are high, and as many times lower are low; in between a deal is like the others."""
TELLING: Final = 0.1
"""Log-odds: a reason that moves the odds by less than a tenth is none."""
MOST_REASONS: Final = 3
"""To each side; more are not read."""
HALF: Final = 0.5


class Likelihood(StrEnum):
    """How a deal's chance compares with the usual one of its pipeline."""

    LOW = "low"
    FAIR = "fair"
    HIGH = "high"


class NoChance(StrEnum):
    """Why nothing is said of how likely a deal is."""

    TOO_FEW = "too_few"
    """Too few deals ended to learn from."""
    NO_BETTER = "no_better"
    """Looking at more than stage and age foresaw later days no better."""
    TOO_YOUNG = "too_young"
    """Nothing was done for it yet."""
    UNKNOWN_AGE = "unknown_age"
    """Nobody knows when it began."""
    STAGE_IS_END = "stage_is_end"
    """It is open in a stage that means it is over."""
    NOT_LEARNED = "not_learned"
    """Nothing was learnt from its pipeline yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealChance:
    """What is said of one open deal. Either `chance` or `lack` is None."""

    seen: DealAsOf | None = None
    """The deal that is spoken of, for the words of the reasons; None where it is not looked at."""
    horizon_days: int | None = None
    """What is said is about so many days from now; None where nothing was learnt."""
    chance: float | None = None
    deals: int | None = None
    """What was learnt was learnt from so many."""
    usual: float | None = None
    """How many of all looks at deals of the pipeline were followed by a sale within the horizon."""
    speaks_for: tuple[Reason, ...] = ()
    speaks_against: tuple[Reason, ...] = ()
    lack: NoChance | None = None
    stage_rate: Tally | None = None
    """Of the deals that were in its stage, each once, how many were won within the horizon; None where none was."""

    @property
    def told(self) -> float | None:
        """The chance as it is told: nothing that is still to come is certain, so it ends at 1 and at 99 %."""
        return None if self.chance is None else min(max(self.chance, LEAST_CERTAIN), MOST_CERTAIN)

    @property
    def likelihood(self) -> Likelihood | None:
        """The chance in a word."""
        if self.chance is None or not self.usual:
            return None
        times = _odds(self.chance) / _odds(self.usual)
        return Likelihood.HIGH if times >= TIMES else Likelihood.LOW if times <= 1 / TIMES else Likelihood.FAIR

    @property
    def weight(self) -> float | None:
        """The chance as priority counts it: one half for a deal as likely as usual, at most 1. Chances within a month are small for all."""
        return None if self.chance is None or not self.usual else min(1.0, HALF * self.chance / self.usual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A deal whose chance is asked for."""

    stage: str
    deal: DealAsOf | None = None
    """As it stands; None where it is not looked at."""
    lack: NoChance | None = None
    """Why it is not looked at, where something of the deal itself is the reason."""


def deal_chances(learned: Learned | None, asked: Mapping[int, Asked]) -> dict[int, DealChance]:
    """What is said of these deals of one pipeline, by their ids; all together, because that takes hardly longer than one."""
    speaks = learned is not None and learned.chances.model is not None
    told = {deal_id: each.deal for deal_id, each in asked.items() if speaks and each.deal is not None and each.lack is None}
    found = _told(learned, told, asked) if learned is not None and told else {}
    return {deal_id: found.get(deal_id) or _untold(learned, each) for deal_id, each in asked.items()}


def _told(learned: Learned, deals: Mapping[int, DealAsOf], asked: Mapping[int, Asked]) -> dict[int, DealChance]:
    seen = list(deals.values())
    said = zip(deals.items(), learned.chances.chances(seen), learned.chances.reasons(seen), strict=True)
    return {
        deal_id: replace(
            _plain(learned, asked[deal_id]),
            seen=deal,
            chance=float(chance),
            speaks_for=_telling(each for each in reasons if each.log_odds > 0),
            speaks_against=_telling(each for each in reasons if each.log_odds < 0),
        )
        for (deal_id, deal), chance, reasons in said
    }


def _untold(learned: Learned | None, asked: Asked) -> DealChance:
    if learned is None:
        return DealChance(lack=asked.lack or NoChance.NOT_LEARNED)
    return replace(_plain(learned, asked), lack=asked.lack or _LACKS.get(learned.chances.silence, NoChance.STAGE_IS_END))


def _plain(learned: Learned, asked: Asked) -> DealChance:
    """What is known of it without a model."""
    return DealChance(
        horizon_days=learned.chances.horizon_days,
        deals=learned.deals,
        usual=learned.usual_share,
        stage_rate=learned.stages.get(asked.stage),
    )


_LACKS: Final[dict[Silence | None, NoChance]] = {Silence.TOO_FEW: NoChance.TOO_FEW, Silence.NO_BETTER: NoChance.NO_BETTER}


def _telling(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(each for each in reasons if abs(each.log_odds) >= TELLING)[:MOST_REASONS]


def _odds(chance: float) -> float:
    return chance / (1 - chance) if chance < 1 else float("inf")
