"""`python -m benchmarks.goals [--data DIR] [--runs 2000] [--json]`: whether the goals' chances come true.

Agents are made up whose true rates are known, and live through their plans and months. `safe_plan_hit_rate` is how often the 80 % plan of
an agent whose rates were learnt from some records reached its goal, `naive_plan_hit_rate` the same for target ÷ rates. Half-way through a
month `interval80_coverage` is how often it ended inside its 80 % interval, `midmonth_brier` the mean squared error of the chance of the
goal, `midmonth_brier_run_rate` that of "the pace so far goes on, or it does not". With `--data` the last is also measured on the agents
of the real CRM export in that folder (`sales_pipeline.csv`), read where it lies.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.goals_real import real_months
from benchmarks.timing import milliseconds
from domain.goals.chain import CHAINS, REVENUE, Chain
from domain.goals.chance import Chance, chance
from domain.goals.plans import CHANCES, Analysis, PlanKey, analyse
from domain.goals.posterior import PRIOR_RECORDS, deal_values, posteriors
from domain.goals.rhythm import Remaining, Rhythm
from domain.goals.way import Target, certain, mean_yield, ways
from domain.records import Profile

CHAIN: Final = CHAINS[Profile.REAL_ESTATE]
WORKDAYS, HALF = 21, 10
HISTORY: Final = 60
"""Working days of records before the month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A month seen from its middle, and how it ended."""

    found: Chance
    run_rate: bool
    """Whether the pace so far would have reached the goal."""
    target: float
    ended: float


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.goals", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with sales_pipeline.csv")
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures: dict[str, Any] = {"runs": chosen.runs, **plans(chosen.runs), **months(list(_months(chosen.runs)))}
    if chosen.data:
        real = [Forecast(**each) for each in real_months(chosen.data)]
        figures |= {f"real_{key}": value for key, value in months(real).items()} | {"real_months": len(real)}
    figures |= times()
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:32} {value}" for key, value in figures.items()))


def plans(runs: int) -> dict[str, float]:
    """How often agents whose true rates scatter around their team's reach their goal by the plan made from their records."""
    dice = np.random.default_rng(7)
    safe, naive = [], []
    for _ in range(runs):
        chain, true = _agent(dice)
        known = posteriors(chain, _counts(chain, true, int(dice.integers(0, 600)), dice))
        target = Target(key="deals_won", amount=int(dice.integers(1, 12)))
        planned = ways(chain, target, known, certain(target.amount))["calls"].fewest(CHANCES[PlanKey.SAFE])
        if planned is None:
            continue
        average = ceil(target.amount / mean_yield(list(known.values())))
        safe.append(_counts(chain, true, planned, dice)["deals_won"] >= target.amount)
        naive.append(_counts(chain, true, average, dice)["deals_won"] >= target.amount)
    return {"safe_plan_hit_rate": round(float(np.mean(safe)), 3), "naive_plan_hit_rate": round(float(np.mean(naive)), 3)}


def _agent(dice: np.random.Generator) -> tuple[Chain, list[float]]:
    """The usual chain, shortened so that many plans are made in little time, and an agent's own rates."""
    chain = replace(CHAIN, links=tuple(replace(CHAIN.link(key), rate=rate) for key, rate in RATES))
    return chain, [1.0, *(float(dice.beta(PRIOR_RECORDS * rate, PRIOR_RECORDS * (1 - rate))) for _, rate in RATES[1:])]


RATES: Final = (("calls", 1.0), ("conversations", 0.4), ("appointments", 0.25), ("deals_won", 0.25))


def _counts(chain: Chain, true: list[float], calls: int, dice: np.random.Generator) -> dict[str, int]:
    counts, number = {}, calls
    for link, rate in zip(chain.links, true, strict=True):
        number = int(dice.binomial(number, rate))
        counts[link.key] = number
    return counts


def _months(runs: int) -> Iterator[Forecast]:
    """Months of calls, sales and revenue in turn, of agents with busy and quiet days, seen after half of the working days."""
    dice = np.random.default_rng(8)
    for run in range(runs):
        is_money, is_sales = run % 3 == 0, run % 3 == 1
        rate = float(dice.gamma(4, 0.25 * (0.4 if is_money or is_sales else 8)))
        days = _days(rate, HISTORY + WORKDAYS, dice, uneven=not (is_money or is_sales))
        history, month = days[: HISTORY + HALF], days[HISTORY:]
        size, spread = float(dice.uniform(2_000, 20_000)), 0.5
        worth = [dice.lognormal(np.log(size), spread, day) if is_money else np.ones(day) for day in month]
        actual, ended = (float(sum(each.sum() for each in part)) for part in (worth[:HALF], worth))
        usual = float(history[:HISTORY].mean()) * WORKDAYS * (size * np.exp(spread**2 / 2) if is_money else 1)
        target = max(1.0, usual * float(dice.uniform(0.6, 1.5)))
        target = target if is_money else float(np.ceil(target))
        sold = np.concatenate([dice.lognormal(np.log(size), spread, day) for day in history[:HISTORY]]) if is_money else np.empty(0)
        values = deal_values([round(each) for each in sold], [], default_minor=10_000) if is_money else None
        found = chance(
            target=target,
            actual=actual,
            left=Remaining(workdays=WORKDAYS - HALF, days=15),
            rhythm=Rhythm(daily=tuple(history.tolist())),
            values=values,
            seed=run,
        )
        yield Forecast(found=found, run_rate=actual / HALF * WORKDAYS >= target, target=target, ended=ended)


def _days(rate: float, days: int, dice: np.random.Generator, *, uneven: bool) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return dice.poisson(rate * dice.gamma(2, 0.5, days)) if uneven else dice.poisson(rate, days)


def months(forecasts: list[Forecast]) -> dict[str, float]:
    """How the chances and intervals of these months came true."""
    hit = np.array([each.ended >= each.target for each in forecasts], float)
    said = np.array([each.found.probability for each in forecasts])
    run_rate = np.array([each.run_rate for each in forecasts], float)
    inside = [each.found.interval80[0] <= each.ended <= each.found.interval80[1] for each in forecasts]
    ours, theirs = float(np.square(said - hit).mean()), float(np.square(run_rate - hit).mean())
    return {
        "interval80_coverage": round(float(np.mean(inside)), 3),
        "midmonth_brier": round(ours, 4),
        "midmonth_brier_run_rate": round(theirs, 4),
        "midmonth_brier_ratio": round(ours / theirs, 3),
    }


def times() -> dict[str, float]:
    """Median milliseconds of one analysis of the whole chain and of one chance."""
    own = {
        "calls": 900,
        "conversations": 350,
        "appointments_set": 110,
        "appointments": 90,
        "showings": 50,
        "proposals": 25,
        "deals_won": 20,
    }
    known, values = posteriors(CHAIN, {**own, "deals_won": 20}), deal_values([900_000, 1_200_000, 700_000] * 6, [], default_minor=1_000_000)
    rhythm, left = Rhythm(daily=(0, 0, 1, 0) * 15), Remaining(workdays=11, days=15)

    def plan() -> Analysis:
        return analyse(CHAIN, Target(key=REVENUE, amount=5_000_000), known, values)

    def look() -> Chance:
        return chance(target=5_000_000, actual=2_000_000, left=left, rhythm=rhythm, values=values)

    return {
        "analysis_ms": round(float(np.median([milliseconds(plan) for _ in range(15)])), 1),
        "chance_ms": round(float(np.median([milliseconds(look) for _ in range(15)])), 1),
    }


if __name__ == "__main__":
    main()
