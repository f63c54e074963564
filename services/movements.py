"""What moved: trends of the last year, and which part of the way to a sale its last change rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.coaching.comparison import Stretch
from domain.coaching.funnel_change import FunnelChange, funnel_change
from domain.coaching.trends import Month, Trend, explained
from domain.counters import Counters, total
from domain.goals.chain import Chain
from domain.metrics.catalog import metric
from domain.periods import Grain, Period, add_months, containing
from domain.profiles import headline
from services.access import Viewer
from services.business_chain import chain_of
from services.roster import Roster, roster

MONTHS: Final = 12
LONG_MONTHS: Final = 3
"""Where a month has no sale to compare, a quarter of a year may have."""
GRACE_DAYS: Final = 3
"""Records that begin up to three days into a month still make it a whole one."""
ALSO: Final = ("conversation_rate", "fast_response_rate", "win_rate", "satisfaction")
"""Followed beside the headline figures of the business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two stretches of days that are compared, and the parts of the change between their sales."""

    before: Period
    now: Period
    parts: FunnelChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What moved in the work of a selection, seen from a month."""

    trends: tuple[Trend, ...]
    """What is told first."""
    change: Change | None
    """None where there were no sales to compare."""
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    by_day: Mapping[date, Counters]
    board: Roster

    def stretch(self, days: Period) -> Stretch:
        calendars = (agent.holder.calendar.present for agent in self.board.agents.values())
        sums = total(each for day, each in self.by_day.items() if day in days)
        return Stretch(sums=sums, workdays=sum(present.between(days.start, days.end) for present in calendars))


def what_moved(session: Session, viewer: Viewer, selection: Selection, today: date) -> Moved:
    """Of the selection's people, as far as the viewer may see their days; its period is the month looked at."""
    unit = containing(selection.period.start, Grain.MONTH)
    reach = Period(min(add_months(unit.start, 1 - MONTHS), add_months(unit.start, 1 - 2 * LONG_MONTHS)), unit.end)
    asked = replace(selection, period=reach)
    by_day = daily.totals_by_day(session, viewer.scope, asked)
    work = _Work(by_day=by_day, board=roster(session, viewer.scope, asked, today))
    keys = dict.fromkeys((*headline(work.board.profiles), *ALSO))
    trends = explained([metric(key) for key in keys], _months(work, reach, today), today)
    change = _change(work, chain_of(session, work.board.profiles[0]), unit, today) if len(work.board.profiles) == 1 else None
    return Moved(trends=trends, change=change, currency=work.board.currency)


def _months(work: _Work, reach: Period, today: date) -> list[Month]:
    """The finished months from the first with whole records on."""
    first = min(work.by_day, default=reach.end)
    units = [containing(add_months(reach.start, place), Grain.MONTH) for place in range(MONTHS)]
    known = [unit for unit in units if unit.end <= today and unit.start + timedelta(days=GRACE_DAYS) >= first]
    return [Month(days=unit, stretch=work.stretch(unit)) for unit in known]


def _change(work: _Work, chain: Chain, unit: Period, today: date) -> Change | None:
    """Of the month against the one before; where one of them has no sale, of three months against the three before."""
    for before, now in _spans(unit, today):
        found = funnel_change(chain, work.stretch(before), work.stretch(now))
        if found is not None:
            return Change(before=before, now=now, parts=found)
    return None


def _spans(unit: Period, today: date) -> Sequence[tuple[Period, Period]]:
    elapsed = unit.elapsed(today)
    if elapsed is None:
        return ()
    now = unit if elapsed.end == unit.end else Period(elapsed.start, elapsed.end)
    start = add_months(unit.start, 1 - LONG_MONTHS)
    if unit.is_unfinished(today):
        start = add_months(unit.start, -LONG_MONTHS)
    end = unit.end if not unit.is_unfinished(today) else unit.start
    return ((unit.previous(today), now), (Period(add_months(start, -LONG_MONTHS), start), Period(start, end)))
