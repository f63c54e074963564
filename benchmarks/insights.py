"""`python -m benchmarks.insights [--data DIR] [--runs 40] [--json]`: whether what is told as a pattern is one.

With the CRM exports (`sales_pipeline.csv`) and loan applications (`deals.csv.gz`) found in the folder, read where they lie, and with
made-up companies whose truth is known:

`shuffled_insights_per_run`: patterns told a run where the outcomes were dealt out anew within each agent, so that there are none;
`crm_agent_level_insights`: patterns told of single agents of the CRM exports, whose outcomes are independent of everything;
`random_halves_replication`: of the patterns told from a random half of the facts, how many point the same way in the other half;
`forward_same_sign`: of those told at some moment, how many point the same way in what came after it, where effects drift;
`planted_team_recall`: of patterns planted in teams with odds 1.5 times higher or lower, how many were told of the team;
`planted_team_precision`: of the patterns told in these companies, how many are planted ones.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np

from benchmarks.insights_facts import World, seen_again
from benchmarks.insights_made import company, drifting, planted
from benchmarks.insights_real import worlds
from domain.coaching.patterns.pattern import Pattern

PLANTED_ODDS: Final = 1.5
HALVINGS: Final = 5
CUTS: Final = (0.4, 0.5, 0.6, 0.7)
"""Moments between which something had time to be found, and something to come after it."""
Agreed = tuple[bool, bool]
"""Whether a pattern pointed the same way elsewhere, and whether it was beyond luck there alone (p < 0.05)."""


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.insights", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with sales_pipeline.csv, deals.csv.gz or both, at any depth")
    parser.add_argument("--runs", type=int, default=40, help="made-up companies, and shuffles of each data set")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    began = perf_counter()
    exports, applications = worlds(chosen.data) if chosen.data else ([], [])
    figures = _figures(exports, applications, chosen.runs) | {"seconds": round(perf_counter() - began, 1)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:36} {value}" for key, value in figures.items()))


def _figures(exports: list[World], applications: list[World], runs: int) -> dict[str, Any]:
    dice = np.random.default_rng(11)
    real = [*exports, *applications]
    figures: dict[str, Any] = shuffled([*real, company(dice, {})], runs, dice)
    if exports:
        figures["crm_agent_level_insights"] = sum(not found.whose.is_team for each in exports for found in each.found())
    drifted = [company(dice, drifting(dice)) for _ in range(runs)]
    halved = [again for each in [*real * HALVINGS, *drifted] for again in halves(each, dice)]
    figures |= _agreement("random_halves", "replication", halved)
    made_forward = [again for each in drifted for again in forward(each, CUTS[1:2])]
    real_forward = [again for each in applications for again in forward(each, CUTS)]
    figures |= _agreement("forward", "same_sign", [*real_forward, *made_forward])
    figures |= {"forward_loans_told": len(real_forward), "forward_loans_same": sum(same for same, _ in real_forward)}
    return figures | plants(runs, dice)


def shuffled(given: list[World], runs: int, dice: np.random.Generator) -> dict[str, Any]:
    """Patterns told where none are left."""
    found = [len(each.shuffled(dice).found()) for each in given for _ in range(runs)]
    return {"shuffled_runs": len(found), "shuffled_insights_per_run": round(float(np.mean(found)), 3)}


def halves(world: World, dice: np.random.Generator) -> Iterator[Agreed]:
    """Each half's patterns in the other."""
    one, other = world.halves(dice)
    yield from _again(one, other)
    yield from _again(other, one)


def forward(world: World, cuts: Iterable[float]) -> Iterator[Agreed]:
    """The patterns of the time before each moment in the time after it."""
    for share in cuts:
        yield from _again(*world.cut(share))


def _again(known: World, unseen: World) -> Iterator[Agreed]:
    for pattern in known.found():
        seen = seen_again(pattern, unseen)
        if seen:
            same = (seen.effect > 0) == pattern.is_more
            yield same, same and seen.p_value < 0.05  # noqa: PLR2004 - the usual level, of one test alone


def _agreement(name: str, word: str, again: list[Agreed]) -> dict[str, Any]:
    """None where nothing was told."""
    same, strict = (round(float(np.mean(each)), 3) for each in zip(*again, strict=True)) if again else (None, None)
    return {f"{name}_told": len(again), f"{name}_{word}": same, f"{name}_beyond_luck_alone": strict}


def plants(runs: int, dice: np.random.Generator) -> dict[str, Any]:
    """How many of the true patterns are told, and how many of those told are true."""
    true, recalled, told, right, of_agents = 0, 0, 0, 0, 0
    for _ in range(runs):
        effects = planted(dice, PLANTED_ODDS)
        found = company(dice, effects).found()
        named = [(each, _planted_as(each.whose.team_id, each)) for each in found if each.whose.is_team]
        hits = {key for pattern, key in named if key in effects and (effects[key][0] > 0) == pattern.is_more}
        true, recalled = true + len(effects), recalled + len(hits)
        told, right, of_agents = told + len(named), right + len(hits), of_agents + len(found) - len(named)
    return {
        "planted": true,
        "planted_team_recall": round(recalled / true, 3),
        "planted_team_precision": round(right / told, 3) if told else None,
        "planted_agent_level_insights": of_agents,
    }


def _planted_as(team_id: int | None, found: Pattern) -> tuple[int, str, int]:
    return team_id or 0, found.hypothesis.key, found.hypothesis.segments.index(found.segment)


if __name__ == "__main__":
    main()
