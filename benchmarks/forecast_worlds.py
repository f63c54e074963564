"""Days of agents to forecast: of people made up, of the demo company, and of a real CRM export."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from data.demo.cast import Size
from data.demo.company import Member, found
from data.demo.rows import DealRow
from domain.forecasting.pipeline import Life, Pipeline
from domain.forecasting.series import Series
from domain.periods import Period
from domain.records import ActivityType, DealStatus
from domain.working_days import Span, calendar, public_holidays

TODAY: Final = date(2026, 6, 30)
MADE_DAYS: Final = Period(date(2025, 1, 1), date(2026, 7, 1))
MADE_RATES: Final = (0.15, 0.5, 2.0, 12.0)
"""Events a working day: sales of houses, sales of insurance, appointments, calls."""
STRETCH: Final = 28
DRIFT: Final = 0.15
"""Deviation of the logarithm by which an agent's pace changes from four weeks to the next."""
HOME: Final = 0.8
"""How much of a change is still there four weeks later: paces come back to their own middle."""
WORKWEEK: Final = frozenset({1, 2, 3, 4, 5})
DEMO_DAYS: Final = Period(date(2025, 5, 5), date(2026, 7, 1))
EXPORT_DAYS: Final = Period(date(2017, 3, 1), date(2018, 1, 1))
Days = Mapping[date, int]
Known = tuple[Series, Pipeline | None]
"""What a forecast is made from: the days, and the deals on their way."""


def made_up(agents: int) -> Iterator[Known]:
    """People who work five days a week but for holidays and three weeks' absence, and whose pace drifts; half of them counted in money."""
    dice = np.random.default_rng(11)
    free = public_holidays("US", MADE_DAYS.start.year, MADE_DAYS.last_day.year)
    for number in range(agents):
        gone = MADE_DAYS.start + timedelta(days=int(dice.integers(0, MADE_DAYS.days)))
        planned = calendar(MADE_DAYS, WORKWEEK, free=free, absences=[Span(gone, gone + timedelta(days=21))]).present.days
        paces = MADE_RATES[number % len(MADE_RATES)] * np.exp(_drift(dice))
        counts = {day: int(dice.poisson(dice.gamma(3, paces[(day - MADE_DAYS.start).days // STRETCH] / 3))) for day in planned}
        worth = {day: int(dice.lognormal(13, 0.6, count).sum()) for day, count in counts.items()} if number // 4 % 2 else None
        yield Series.of(MADE_DAYS, counts, dict.fromkeys(planned, 1), worth), None


def _drift(dice: np.random.Generator) -> list[float]:
    steps, at = [], 0.0
    for _ in range(MADE_DAYS.days // STRETCH + 1):
        at = HOME * at + float(dice.normal(0, DRIFT))
        steps.append(at)
    return steps


def demo() -> Iterator[Known]:
    """The demo company's agents: calls, agreements, lists sent, sales, revenue."""
    company = found(TODAY, Size.DEFAULT)
    free = public_holidays("US", DEMO_DAYS.start.year, DEMO_DAYS.last_day.year)
    calls, deals = defaultdict[int, Counter[date]](Counter), defaultdict[int, list[DealRow]](list)
    for activity in company.facts.activities:
        if activity.type is ActivityType.CALL:
            calls[activity.agent][activity.when.local.date()] += 1
    for deal in company.facts.deals:
        deals[deal.agent].append(deal)
    for member in company.members:
        planned, own = dict.fromkeys(_present(member, free), 1), deals[member.number]
        if calls[member.number]:
            yield Series.of(DEMO_DAYS, calls[member.number], planned), None
        yield from _reached(own, planned, lambda deal: deal.agreement_on)
        yield from _reached(own, planned, lambda deal: deal.partner_list_sent_on)
        won = [(deal.closed_on, deal.amount_minor or 0) for deal in own if deal.status is DealStatus.WON and deal.closed_on]
        lives = [Life(begun_on=_begun(deal), ended_on=deal.closed_on, came=deal.status is DealStatus.WON) for deal in own]
        yield from _sold(DEMO_DAYS, won, planned, lives)


def _present(member: Member, free: frozenset[date]) -> tuple[date, ...]:
    stay = Span(member.joined_on, member.left_on)
    away = [Span(each.start, each.end) for each in member.absences]
    return calendar(DEMO_DAYS, member.player.days, free=free, absences=away, present=[stay]).present.days


def _reached(deals: Iterable[DealRow], planned: Days, on: Callable[[DealRow], date | None]) -> Iterator[Known]:
    """A step of the deals as a count, with those on their way to it."""
    lives = [Life(begun_on=_begun(deal), ended_on=on(deal) or deal.closed_on, came=on(deal) is not None) for deal in deals]
    counts = Counter(life.ended_on for life in lives if life.came and life.ended_on)
    if counts:
        yield Series.of(DEMO_DAYS, counts, planned), Pipeline.of(lives, DEMO_DAYS.start)


def _begun(deal: DealRow) -> date:
    return deal.created.local.date()


def export(file: Path) -> Iterator[Known]:
    """Sales and revenue of the export's agents. Its deals are won on any day of the week, so that every day is one of work."""
    won, lives = defaultdict[str, list[tuple[date, int]]](list), defaultdict[str, list[Life]](list)
    with file.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            is_won, closed = row["deal_stage"] == "Won", date.fromisoformat(row["close_date"]) if row["close_date"] else None
            if row["engage_date"]:
                lives[row["sales_agent"]].append(Life(begun_on=date.fromisoformat(row["engage_date"]), ended_on=closed, came=is_won))
            if is_won and closed:
                won[row["sales_agent"]].append((closed, round(float(row["close_value"]) * 100)))
    for agent, sales in won.items():
        yield from _sold(EXPORT_DAYS, sales, dict.fromkeys(EXPORT_DAYS, 1), lives[agent])


def _sold(days: Period, won: list[tuple[date, int]], planned: Days, lives: list[Life]) -> Iterator[Known]:
    """The sales as a count and as money."""
    if not won:
        return
    counts, worth = Counter(day for day, _ in won), Counter[date]()
    for day, amount in won:
        worth[day] += amount
    yield Series.of(days, counts, planned), Pipeline.of(lives, days.start)
    yield Series.of(days, counts, planned, worth), Pipeline.of(lives, days.start)
