"""Real deals as they were at past moments, read from the files they came in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from domain.deals.as_of import DealAsOf
from domain.deals.win_model import Example

LOOKED_AT: Final = (0, 3)
"""Mondays and Thursdays."""
WEEK: Final = pd.Timedelta(days=7)
KINDS: Final = {"call": "calls_7d", "email": "messages_7d", "task": "tasks_7d"}


def applications(folder: Path, horizon_days: int) -> list[Example]:
    """Pre-accepted loan applications on every Monday and Thursday they were open at midnight, won within the horizon or not.

    Only days whose horizon lies within the data count. The owner, known only from the end, is not read.
    """
    path = next(iter(sorted(folder.rglob("deals.csv.gz"))), None)
    if path is None:
        return []
    deals = pd.read_csv(path, parse_dates=["created_at", "qualified_at", "closed_at"]).dropna(subset=["qualified_at"])
    moves = pd.read_csv(path.with_name("stage_history.csv.gz"), parse_dates=["entered_at"])
    work = pd.read_csv(path.with_name("activities.csv.gz"), parse_dates=["started_at"])
    moves = moves.reset_index(names="place").sort_values(["entered_at", "place"])
    last = moves.entered_at.max().normalize() - pd.Timedelta(days=horizon_days)
    days = pd.date_range(deals.qualified_at.min().normalize() + pd.Timedelta(days=1), last)
    looked_at = [day for day in days if day.weekday() in LOOKED_AT]
    return [each for day in looked_at for each in _open_on(day, deals, moves, work.sort_values("started_at"), horizon_days)]


def _open_on(day: pd.Timestamp, deals: pd.DataFrame, moves: pd.DataFrame, work: pd.DataFrame, horizon_days: int) -> Iterator[Example]:
    known = _facts(day, deals[(deals.qualified_at <= day) & ~(deals.closed_at <= day)], moves, work)
    until = day + pd.Timedelta(days=horizon_days)
    for row in known.to_dict("records"):
        is_won = bool(row["status"] == "won" and row["closed_at"] <= until)
        yield Example(deal_id=int(row["deal_id"]), on=day.date(), deal=_as_of(row), won=is_won)


def _facts(day: pd.Timestamp, deals: pd.DataFrame, moves: pd.DataFrame, work: pd.DataFrame) -> pd.DataFrame:
    """The deals with what had happened to them by then."""
    so_far, done = moves[moves.entered_at <= day].groupby("deal_id"), work[work.started_at <= day]
    lately = done[done.started_at > day - WEEK]
    facts = deals.set_index("deal_id", drop=False).assign(now_in=so_far.stage.last(), since=so_far.entered_at.last(), moves=so_far.size())
    facts = facts.assign(touched=done.groupby("deal_id").started_at.max(), calls=done[done.type == "call"].groupby("deal_id").size())
    facts = facts.assign(**{name: lately[lately.type == kind].groupby("deal_id").size() for kind, name in KINDS.items()})
    facts = facts.fillna(dict.fromkeys(["calls", *KINDS.values()], 0))
    ages = {"age_days": "created_at", "days_in_stage": "since", "quiet_days": "touched"}
    return facts.assign(**{name: (day - facts[since]).dt.total_seconds() / 86_400 for name, since in ages.items()})


def _as_of(row: dict[Any, Any]) -> DealAsOf:
    numbers = ("age_days", "days_in_stage", "moves", "calls", *KINDS.values())
    quiet = row["quiet_days"]
    return DealAsOf(
        stage=row["now_in"],
        quiet_days=None if np.isnan(quiet) else float(quiet),
        amount=float(row["value"]),
        **{name: float(row[name]) for name in numbers},
    )


def engagements(folder: Path) -> list[Example]:
    """Closed opportunities of a CRM export as they were engaged: product and customer are known, and nothing was done yet."""
    path = next(iter(sorted(folder.rglob("sales_pipeline.csv"))), None)
    if path is None:
        return []
    deals = pd.read_csv(path, parse_dates=["engage_date", "close_date"]).dropna(subset=["engage_date", "close_date"])
    known = zip(deals.engage_date, deals["product"], deals.account.fillna(""), deals.deal_stage, strict=True)
    return [
        Example(deal_id=place, on=engaged.date(), deal=_engaged(product, account), won=stage == "Won")
        for place, (engaged, product, account, stage) in enumerate(known)
    ]


def _engaged(product: str, account: str) -> DealAsOf:
    return DealAsOf(stage="Engaging", age_days=0.0, labels={"product": product, "account": account})
