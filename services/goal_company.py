"""What the whole company's deals and days say about chances: sums that tell nothing of anybody, read once for many goals."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import dropwhile
from typing import Final

from sqlalchemy.orm import Session

from data.queries import goal_facts as queries
from domain.goals.closing import ClosingTable, Watched
from domain.goals.rhythm import Season, season
from domain.periods import Grain, Period, containing

LOOKED_BACK: Final = {Grain.WEEK: 12, Grain.MONTH: 12, Grain.QUARTER: 8}
"""Periods that are over and tell how much they swing; a year has too few like it."""
MOST_CYCLES: Final = 200


@dataclass(kw_only=True)
class Company:
    """As it was known at the beginning of a day."""

    session: Session
    today: date
    _days: dict[tuple[str, date], dict[date, int]] = field(default_factory=dict)

    @cached_property
    def table(self) -> ClosingTable:
        """How likely a deal of some age is won within some days."""
        return ClosingTable(self._watched(life) for life in self._lives)

    @cached_property
    def cycles(self) -> tuple[int, ...]:
        """Days from beginning to win of the newest sales."""
        won = [(life.closed_on - life.created_on).days for life in self._lives if life.is_won and life.closed_on]
        return tuple(max(0, days) for days in won[:MOST_CYCLES])

    def season(self, counter: str, days: Period) -> Season | None:
        """How this period treats everybody; None for days that are no calendar unit of which several are over."""
        if days.grain not in LOOKED_BACK or self.today not in days:
            return None
        units = _units_before(days, days.grain)
        by_day = self._by_day(counter, Period(units[0].start, days.end))
        totals = [sum(count for day, count in by_day.items() if day in unit) for unit in units]
        known = list(dropwhile(lambda total: not total, totals))
        so_far = sum(count for day, count in by_day.items() if days.start <= day < self.today)
        return season(known, so_far, (self.today - days.start).days / days.days)

    @cached_property
    def _lives(self) -> list[queries.Life]:
        return queries.lives(self.session, self.today)

    def _watched(self, life: queries.Life) -> Watched:
        end = life.closed_on if life.closed_on and life.closed_on < self.today else None
        return Watched(days=((end or self.today) - life.created_on).days, is_closed=end is not None, is_won=life.is_won and end is not None)

    def _by_day(self, counter: str, days: Period) -> dict[date, int]:
        key = (counter, days.start)
        if key not in self._days:
            self._days[key] = queries.everybody_by_day(self.session, counter, days)
        return self._days[key]


def _units_before(days: Period, grain: Grain) -> list[Period]:
    units = [containing(days.start - timedelta(days=1), grain)]
    while len(units) < LOOKED_BACK[grain]:
        units.append(containing(units[-1].start - timedelta(days=1), grain))
    return units[::-1]
