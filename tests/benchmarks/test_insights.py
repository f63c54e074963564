"""The insights' benchmark on few made-up companies: what is planted is told, and what is dealt out anew is not."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import insights
from benchmarks.insights_facts import seen_again
from benchmarks.insights_made import company, constant
from benchmarks.insights_real import worlds

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data"
PLANTED = (1, "hour_reach", 2)


def test_what_is_planted_is_told_and_what_is_shuffled_is_not() -> None:
    dice = np.random.default_rng(3)
    made = company(dice, {PLANTED: constant(0.6)})
    found = [(each.whose.team_id, each.hypothesis.key, each.segment.key) for each in made.found() if each.whose.is_team]
    assert found == [(1, "hour_reach", "noon")]
    assert insights.shuffled([made], 3, dice)["shuffled_insights_per_run"] <= 0.4


def test_a_pattern_of_one_half_is_seen_in_the_other() -> None:
    dice = np.random.default_rng(5)
    made = company(dice, {PLANTED: constant(0.6)})
    one, other = made.halves(dice)
    (pattern,) = [each for each in one.found() if each.id == "team.1.hour_reach.noon"]
    seen = seen_again(pattern, other)
    assert seen is not None
    assert seen.effect == pytest.approx(0.6, abs=0.2)


def test_real_records_are_read_where_they_lie() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the real data sets are not beside the checkout")
    exports, applications = worlds(FOLDER)
    assert [sorted(len(facts) for facts in each.facts.values()) for each in exports] == [[6_711] * 3]
    assert all(not found.whose.agent_id for each in exports for found in each.found())
    assert len(applications) == 1
