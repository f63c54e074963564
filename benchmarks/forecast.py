"""`python -m benchmarks.forecast [--data DIR] [--agents 40] [--json]`: whether periods end where they were forecast to.

Every agent's weeks, months and quarters are forecast at their beginning and after a quarter, half and three quarters of their working days,
with what was known then. `interval80_coverage` is how often one ended inside its 80 % interval, `error_vs_mean8` the mean absolute error ÷
that of "the mean of the last eight weeks goes on", per working day as well; both are means over the three kinds of period. `made_*` are
agents made up, `demo_*` the demo company's; with `--data` the keys without a name in front are those of the agents of the real CRM export
in that folder (`sales_pipeline.csv`), read where it lies, else of the demo company.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.forecast_worlds import Known, demo, export, made_up
from domain.forecasting.back_test import Tried, at_share, try_at
from domain.forecasting.forecast import FORESEEN
from domain.forecasting.pipeline import Pipeline
from domain.forecasting.series import Series
from domain.periods import Grain, Period, buckets

SHARES: Final = (0.0, 0.25, 0.5, 0.75)
EVERY: Final = {Grain.WEEK: 3, Grain.MONTH: 1, Grain.QUARTER: 1}
"""Weeks are many: every third is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """How a forecast came true: ours, and that of eight weeks' mean."""

    is_inside: bool
    ours: float
    simple: float


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with sales_pipeline.csv")
    parser.add_argument("--agents", type=int, default=40, help="how many are made up")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    worlds = {"made": list(made_up(chosen.agents)), "demo": list(demo())}
    if chosen.data:
        worlds["real"] = list(export(chosen.data / "sales_pipeline.csv"))
    found = {name: figures(world) for name, world in worlds.items()}
    named = {f"{name}_{key}": value for name, each in found.items() for key, value in each.items()}
    out = found["real" if chosen.data else "demo"] | named
    print(json.dumps(out, indent=2) if chosen.json else "\n".join(f"{key:32} {value}" for key, value in out.items()))


def figures(world: Iterable[Known]) -> dict[str, float]:
    """How the forecasts of all these agents came true, kind of period by kind of period."""
    by_grain = defaultdict[Grain, list[Miss]](list)
    for series, pipeline in world:
        for grain in FORESEEN:
            by_grain[grain] += misses(list(tried(series, pipeline, grain)))
    coverage = {f"coverage_{grain}": float(np.mean([each.is_inside for each in found])) for grain, found in by_grain.items()}
    errors = {f"error_{grain}": sum(each.ours for each in found) / sum(each.simple for each in found) for grain, found in by_grain.items()}
    squares = {"squared_error_vs_mean8": float(np.mean([_squared(found) for found in by_grain.values()]))}
    means = {"interval80_coverage": float(np.mean(list(coverage.values()))), "error_vs_mean8": float(np.mean(list(errors.values())))}
    rounded = {key: round(value, 3) for key, value in (means | squares | coverage | errors).items()}
    return rounded | {"forecasts": sum(len(found) for found in by_grain.values())}


def _squared(found: list[Miss]) -> float:
    """The same by root mean squares, which large misses weigh more in."""
    return float(np.sqrt(np.sum(np.square([each.ours for each in found])) / np.sum(np.square([each.simple for each in found]))))


def misses(made: list[Tried]) -> list[Miss]:
    """How far off each forecast was, in parts of what such a period usually brings: calls and money count alike."""
    usual = float(np.mean([each.ended for each in made])) if made else 0.0
    return [
        Miss(is_inside=each.is_inside, ours=abs(each.ended - each.expected) / usual, simple=abs(each.ended - each.simple) / usual)
        for each in made
        if usual
    ]


def tried(series: Series, pipeline: Pipeline | None, grain: Grain) -> Iterator[Tried]:
    """The series' whole periods of the kind, each seen from four points of it."""
    days = Period(series.start, series.start + timedelta(days=len(series.counts)))
    whole = [unit for unit in buckets(days, grain) if days.start <= unit.start and unit.end <= days.end]
    for unit in whole[:: EVERY[grain]]:
        made = (try_at(series, unit, at_share(series, unit, share), pipeline) for share in SHARES)
        yield from (each for each in made if each is not None)


if __name__ == "__main__":
    main()
