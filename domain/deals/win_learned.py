"""What was learnt from the deals of a pipeline: what is said of open ones, how good that proved, and how much it rests on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from domain.deals.judged import Group
from domain.deals.stage_rates import Tally
from domain.deals.win_chances import WinChances, win_chances
from domain.deals.win_model import Example
from domain.metrics.intervals import Interval, wilson

HORIZONS: Final = (14, 30, 60, 90, 180)
"""Days somebody can plan by: two weeks, one to three months, half a year."""
USUAL_HORIZON: Final = 30
"""Where no deal was won yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The chances of a pipeline, and what they rest on."""

    chances: WinChances
    stages: Mapping[str, Tally]
    """Deals by each stage they were seen in, each once, as it was first seen there, and how many of them were won within the horizon."""
    deals: int
    won: int
    """Deals seen to be won within the horizon of some look."""
    looks: int
    first_on: date
    last_on: date
    """The first and the last day deals were looked at; what became of them is known until a horizon later."""

    @property
    def lost(self) -> int:
        """Deals that were never seen to be won, those still open among them."""
        return self.deals - self.won

    @property
    def usual_share(self) -> float:
        """How many of all looks were followed by a sale within the horizon."""
        return self.chances.rates.all.won / self.chances.rates.all.count

    def luck(self, group: Group) -> Interval:
        """Where the share behind the luck of some forecasts lies: looks at one deal hang together, so all of them count as one."""
        deals = max(1.0, group.count * self.deals / self.looks)
        return wilson(group.won_share * deals, deals)


def horizon(days_to_win: Collection[int]) -> int:
    """The time ahead a chance is about: the shortest in which every second deal that is won is won, from its first day to the last."""
    if not days_to_win:
        return USUAL_HORIZON
    middle = median(days_to_win)
    return next((days for days in HORIZONS if middle <= days), HORIZONS[-1])


def learned(examples: Sequence[Example], horizon_days: int) -> Learned | None:
    """Learn from what is known to have ended; None where there is nothing to learn from."""
    if not examples:
        return None
    deals = {each.deal_id for each in examples}
    return Learned(
        chances=win_chances(examples, horizon_days),
        stages=_stages(examples),
        deals=len(deals),
        won=len({each.deal_id for each in examples if each.won}),
        looks=len(examples),
        first_on=min(each.on for each in examples),
        last_on=max(each.on for each in examples),
    )


def _stages(examples: Sequence[Example]) -> dict[str, Tally]:
    """Looks at one deal are no independent evidence, so each deal counts once a stage."""
    first: dict[tuple[str, int], Example] = {}
    for each in sorted(examples, key=lambda each: each.on):
        first.setdefault((each.deal.stage, each.deal_id), each)
    outcomes = defaultdict[str, list[bool]](list)
    for (stage, _), each in first.items():
        outcomes[stage].append(each.won)
    return {stage: Tally(won=sum(won), count=len(won)) for stage, won in outcomes.items()}
