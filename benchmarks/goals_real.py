"""A real CRM export as months seen from their middle: what each agent had won, had open, and won in the end."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from domain.goals.chance import OpenDeal, chance
from domain.goals.closing import ClosingTable, Watched
from domain.goals.posterior import deal_values
from domain.goals.rhythm import Remaining, Rhythm, Season, season
from domain.periods import Grain, Period, containing

HISTORY: Final = timedelta(days=90)
FIRST, LAST = date(2017, 6, 1), date(2017, 12, 1)
"""The first month with three whole months before it, and the last in the export."""
MIDDLE: Final = timedelta(days=15)
SHARES: Final = (0.8, 1.0, 1.2)
"""Goals: these parts of the mean of the three months before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A row of the export with an engage date."""

    agent: str
    engaged_on: date
    closed_on: date | None
    is_won: bool
    amount_minor: int


def real_months(folder: Path) -> Iterator[dict[str, Any]]:
    """The fields of a forecast for every agent, month, kind of goal (sales, revenue) and target."""
    deals = list(_deals(folder / "sales_pipeline.csv"))
    by_agent = defaultdict(list)
    for deal in deals:
        by_agent[deal.agent].append(deal)
    month = containing(FIRST, Grain.MONTH)
    while month.start <= LAST:
        today = month.start + MIDDLE
        known = _Known(deals, today)
        for own in by_agent.values():
            yield from _forecasts(own, month, today, known)
        month = containing(month.end, Grain.MONTH)


def _deals(path: Path) -> Iterator[Deal]:
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["engage_date"]:
                continue
            yield Deal(
                agent=row["sales_agent"],
                engaged_on=date.fromisoformat(row["engage_date"]),
                closed_on=date.fromisoformat(row["close_date"]) if row["close_date"] else None,
                is_won=row["deal_stage"] == "Won",
                amount_minor=round(float(row["close_value"] or 0) * 100),
            )


class _Known:
    """What the whole company's closed deals say on a day."""

    def __init__(self, deals: list[Deal], today: date) -> None:
        closed = [(deal, (deal.closed_on - deal.engaged_on).days) for deal in deals if deal.closed_on and deal.closed_on < today]
        self.cycles = tuple(cycle for deal, cycle in closed if deal.is_won)
        self.season = _season(deals, today)
        self.amounts = [deal.amount_minor for deal, _ in closed if deal.is_won]
        self.table = ClosingTable(_watched(deal, today) for deal in deals if deal.engaged_on < today)

    def open_deal(self, age: int, days_left: int) -> OpenDeal:
        """How likely a deal of this age is won in time, as far as was known on the day."""
        return OpenDeal(win_share=0, days_to_close=0, in_time_share=self.table.in_time(age, days_left))


def _season(deals: list[Deal], today: date) -> Season:
    """Everybody's sales in each of the months that are over, and in this one so far."""
    days = (deal.closed_on for deal in deals if deal.is_won and deal.closed_on and deal.closed_on < today)
    counts = Counter((day.year, day.month) for day in days)
    month = containing(today, Grain.MONTH)
    so_far = counts.pop((today.year, today.month), 0)
    return season(list(counts.values()), so_far, MIDDLE.days / (month.end - month.start).days)


def _watched(deal: Deal, today: date) -> Watched:
    if deal.closed_on and deal.closed_on < today:
        return Watched(days=(deal.closed_on - deal.engaged_on).days, is_closed=True, is_won=deal.is_won)
    return Watched(days=(today - deal.engaged_on).days, is_closed=False, is_won=False)


def _forecasts(own: list[Deal], month: Period, today: date, known: _Known) -> Iterator[dict[str, Any]]:
    won = [(deal.closed_on, deal.amount_minor) for deal in own if deal.is_won and deal.closed_on]
    days = tuple(sum(on == today - timedelta(days=back) for on, _ in won) for back in range(HISTORY.days, 0, -1))
    opened = [
        known.open_deal((today - deal.engaged_on).days, (month.end - today).days)
        for deal in own
        if deal.engaged_on < today and (deal.closed_on is None or deal.closed_on >= today)
    ]
    before = [amount for on, amount in won if month.start - HISTORY <= on < month.start]
    remaining = (month.end - today).days
    rhythm = Rhythm(daily=days, cycle_days=known.cycles, season=known.season)
    left = Remaining(workdays=remaining, days=remaining)
    values = deal_values([amount for on, amount in won if on < today], known.amounts, default_minor=1)
    for is_money in (False, True):
        worth = {True: [amount for on, amount in won if on in month], False: [1.0 for on, _ in won if on in month]}[is_money]
        so_far = sum(amount if is_money else 1.0 for on, amount in won if month.start <= on < today)
        usual = (sum(before) if is_money else len(before)) / 3
        for share in SHARES:
            target = max(1.0, usual * share if is_money else round(usual * share))
            found = chance(target=target, actual=so_far, left=left, rhythm=rhythm, open_deals=opened, values=values if is_money else None)
            pace = so_far / MIDDLE.days * (month.end - month.start).days
            yield {"found": found, "run_rate": pace >= target, "target": target, "ended": float(sum(worth))}
