"""How likely a deal is won: an additive model of banded facts, its probabilities straightened on what came after it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.deals.as_of import DealAsOf
from domain.deals.encoding import Encoding, learnt
from domain.deals.judged import Chances
from domain.deals.logistic import Logistic, fitted, share

STRAIGHTENING: Final = 25.0
"""How firmly probabilities are believed to be right as they are: as a hundred even chances that came out as said."""
STEPS: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A deal at a past moment, and what became of it."""

    deal_id: int
    on: date
    deal: DealAsOf
    won: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Straightening:
    """What later deals said of the model's log-odds: shift + slope · log-odds (Platt 1999)."""

    shift: float = 0.0
    slope: float = 1.0

    def chances(self, log_odds: Chances) -> Chances:
        """The probabilities behind a model's log-odds."""
        return share(self.shift + self.slope * log_odds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one fact adds to or takes from a deal's log-odds, held against the average deal."""

    fact: str
    log_odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WinModel:
    """A trained model."""

    encoding: Encoding
    logistic: Logistic
    means: Chances
    """Of each column, among the deals it was trained on."""
    straightening: Straightening = Straightening()

    def chances(self, deals: Sequence[DealAsOf]) -> Chances:
        """The probability of each deal."""
        return self.straightening.chances(self.log_odds(deals))

    def log_odds(self, deals: Sequence[DealAsOf]) -> Chances:
        """Of each deal, before they are straightened."""
        return self.logistic.log_odds(self.encoding.matrix(deals))

    def reasons(self, deals: Sequence[DealAsOf]) -> list[list[Reason]]:
        """What moves the probability of each, the strongest first; together they are its distance from the average deal."""
        moved = self.straightening.slope * self.logistic.weights * (self.encoding.matrix(deals) - self.means)
        facts = list(dict.fromkeys(column.fact for column in self.encoding.columns))
        places = {fact: [place for place, column in enumerate(self.encoding.columns) if column.fact == fact] for fact in facts}
        by_fact = {fact: moved[:, places[fact]].sum(axis=1) for fact in facts}
        found = [[Reason(fact=fact, log_odds=float(by_fact[fact][row])) for fact in facts] for row in range(len(deals))]
        return [sorted(each, key=lambda reason: -abs(reason.log_odds)) for each in found]


def model(examples: Sequence[Example], penalty: float, straightening: Straightening | None = None) -> WinModel:
    """Trained on examples, of which there are some, with weights shrunken by the penalty."""
    return replace(models(examples, (penalty,))[penalty], straightening=straightening or Straightening())


def models(examples: Sequence[Example], penalties: Collection[float]) -> dict[float, WinModel]:
    """One by each penalty, of the same columns."""
    deals, won = [each.deal for each in examples], outcomes(examples)
    encoding = learnt(deals)
    columns = encoding.matrix(deals)
    means = columns.mean(axis=0)
    return {each: WinModel(encoding=encoding, logistic=fitted(columns, won, each), means=means) for each in penalties}


def straightened(log_odds: Chances, won: NDArray[np.bool_]) -> Straightening:
    """How log-odds said beforehand are to be shifted and stretched to fit what came, drawn towards leaving them as they are."""
    rows, belief = np.column_stack([np.ones(len(log_odds)), log_odds]), np.array([0.0, 1.0])
    prior = np.diag([STRAIGHTENING, STRAIGHTENING])
    found = belief.copy()
    for _ in range(STEPS):
        chances = share(rows @ found)
        curve = (rows.T * (chances * (1 - chances))) @ rows + prior
        found = found + np.linalg.solve(curve, rows.T @ (won - chances) - prior @ (found - belief))
    return Straightening(shift=float(found[0]), slope=float(found[1]))


def outcomes(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Which were won."""
    return np.array([each.won for each in examples], bool)
