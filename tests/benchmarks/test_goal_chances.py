"""The goals' benchmark on few agents: plans and intervals come true about as often as they say."""

from pathlib import Path

import pytest

from benchmarks import goals
from benchmarks.goals_real import real_months

EXPORT = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Ada Invented,Tea,Acme,Won,2017-03-20,2017-04-10,500
A2,Ada Invented,Tea,Acme,Won,2017-05-20,2017-06-20,700
A3,Ada Invented,Tea,Acme,Engaging,2017-05-01,,
A4,Ada Invented,Tea,Acme,Prospecting,,,
"""


def test_the_safe_plan_reaches_its_goal_about_four_times_in_five() -> None:
    found = goals.plans(150)
    assert found["safe_plan_hit_rate"] == pytest.approx(0.8, abs=0.09)
    assert found["naive_plan_hit_rate"] < found["safe_plan_hit_rate"]


def test_months_seen_from_their_middle_are_told_better_than_by_the_pace_so_far() -> None:
    found = goals.months(list(goals._months(120)))
    assert found["interval80_coverage"] == pytest.approx(0.8, abs=0.1)
    assert found["midmonth_brier_ratio"] < 0.9


def test_an_export_is_read_as_its_months(tmp_path: Path) -> None:
    (tmp_path / "sales_pipeline.csv").write_text(EXPORT, encoding="utf-8")
    months = list(real_months(tmp_path))
    assert len(months) == 7 * 6
    assert [month["ended"] for month in months[:6]] == [1, 1, 1, 70_000, 70_000, 70_000]
