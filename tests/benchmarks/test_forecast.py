"""The forecasts' benchmark on few agents: periods end where they were said to, and the export is read where it lies."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.forecast import figures, misses
from benchmarks.forecast_worlds import export, made_up
from domain.forecasting.back_test import Tried
from domain.periods import Grain, containing

EXPORT = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Ada Invented,Tea,Acme,Won,2017-03-20,2017-04-10,500
A2,Ada Invented,Tea,Acme,Lost,2017-05-20,2017-06-20,0
A3,Ada Invented,Tea,Acme,Engaging,2017-05-01,,
"""


def test_forecasts_of_agents_made_up_come_true_and_beat_the_mean_of_eight_weeks() -> None:
    found = figures(list(made_up(4)))
    assert 0.75 <= found["interval80_coverage"] <= 0.92
    assert found["error_vs_mean8"] <= 0.97


def test_a_miss_is_told_in_parts_of_a_usual_period() -> None:
    month = containing(date(2026, 3, 1), Grain.MONTH)
    (miss,) = misses([Tried(period=month, expected=8, interval80=(7, 9), simple=15, ended=10)])
    assert (miss.is_inside, miss.ours, miss.simple) == (False, pytest.approx(0.2), pytest.approx(0.5))


def test_an_export_is_read_as_its_sales_and_revenue(tmp_path: Path) -> None:
    (tmp_path / "sales_pipeline.csv").write_text(EXPORT, encoding="utf-8")
    (sales, pipeline), (revenue, _) = export(tmp_path / "sales_pipeline.csv")
    day = (date(2017, 4, 10) - sales.start).days
    assert (np.flatnonzero(sales.counts).tolist(), revenue.amounts[day]) == ([day], 50_000)
    assert pipeline is not None
    assert pipeline.came.tolist() == [1, 0, 0]
