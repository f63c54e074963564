"""`python -m benchmarks.win_probability --data DIR [--json]`: whether a deal's probability can be believed, and knows when it cannot.

With the loan applications (`deals.csv.gz`, `stage_history.csv.gz`, `activities.csv.gz`) and the CRM export (`sales_pipeline.csv`) found in
the folder, at any depth, read where they lie:

`loans.…`: pre-accepted applications that were open on a Monday or Thursday, won within 14 days or not; learnt from those whose 14 days
were over by the cut, judged on those of the days after it. `loans.base_log_loss` and `loans.rates_log_loss` are what the share of all and
the shares by stage and age reach on the same deals;
`crm.…`: opportunities at their engagement, by product and customer, whose outcomes are independent of both: `crm.auc_distance` is how far
the order of the probabilities is from blind, `crm.log_loss_over_base` what they cost over the share of all.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np

from benchmarks.win_real import applications, engagements
from domain.deals.judged import judged
from domain.deals.stage_rates import stage_rates
from domain.deals.win_chances import WinChances, win_chances
from domain.deals.win_model import Example, outcomes

LOANS_CUT: Final = date(2012, 1, 15)
LOANS_DAYS: Final = 14
CRM_CUT: Final = date(2017, 7, 1)
CRM_DAYS: Final = 60


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.win_probability", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with the loan applications, the CRM export or both")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    began = perf_counter()
    figures = loans(chosen.data) | crm(chosen.data) | {"seconds": round(perf_counter() - began, 1)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:28} {value}" for key, value in figures.items()))


def loans(folder: Path) -> dict[str, Any]:
    """How well wins within 14 days were foreseen; nothing where the applications are not there."""
    examples = applications(folder, LOANS_DAYS)
    before = [each for each in examples if each.on + timedelta(days=LOANS_DAYS) <= LOANS_CUT]
    after = [each for each in examples if each.on > LOANS_CUT]
    if not before or not after:
        return {}
    found = win_chances(before, LOANS_DAYS)
    return {f"loans.{key}": value for key, value in _judged(found, before, after).items()}


def crm(folder: Path) -> dict[str, Any]:
    """What is made of facts that tell nothing; nothing where the export is not there."""
    examples = engagements(folder)
    before = [each for each in examples if each.on + timedelta(days=CRM_DAYS) <= CRM_CUT]
    after = [each for each in examples if each.on > CRM_CUT]
    if not before or not after:
        return {}
    found = _judged(win_chances(before, CRM_DAYS), before, after)
    return {
        "crm.auc_distance": round(abs(found["auc"] - 0.5), 4),
        "crm.log_loss_over_base": round(found["log_loss"] - found["base_log_loss"], 4),
        "crm.speaks": found["speaks"],
        "crm.deals": found["deals"],
    }


def _judged(found: WinChances, before: Sequence[Example], after: Sequence[Example]) -> dict[str, Any]:
    deals, won = [each.deal for each in after], outcomes(after)
    seen = judged(found.chances(deals), won)
    base = judged(np.full(len(won), outcomes(before).mean()), won)
    rates = judged(stage_rates([each.deal for each in before], outcomes(before)).chances(deals), won)
    figures = {
        "log_loss": seen.log_loss,
        "auc": seen.auc,
        "ece": seen.calibration_error,
        "brier": seen.brier,
        "base_log_loss": base.log_loss,
        "rates_log_loss": rates.log_loss,
    }
    return {key: round(float(value or 0.0), 4) for key, value in figures.items()} | {
        "speaks": "model" if found.model is not None else str(found.silence),
        "learnt_from": len(before),
        "deals": len(after),
    }


if __name__ == "__main__":
    main()
