"""A page's data as the product reads it: the statements of its boards, trends and heatmap, on the roll-up."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries.daily import CallHour
from domain.access import Scope, Selection
from domain.counters import Counters
from domain.periods import Period
from services.roster import RECENT_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """What a page shows is computed from: per agent now, before and of late; per day; per hour of the week; the span of the data."""

    now: dict[int, Counters]
    before: dict[int, Counters]
    recent: dict[int, Counters]
    by_day: dict[date, Counters]
    hours: list[CallHour]
    span: tuple[date, date] | None


def page_data(session: Session, scope: Scope, period: Period, today: date) -> PageData:
    """The statements of services.figures, services.trends and services.heatmap for one page."""
    selection = Selection(period=period)
    before, late = (Selection(period=span) for span in compared_spans(period, today))
    now, then, recent = daily.totals_by_agent_in(session, scope, [selection, before, late])
    return PageData(
        now={agent: each.sums for agent, each in now.items()},
        before={agent: each.sums for agent, each in then.items()},
        recent={agent: each.sums for agent, each in recent.items()},
        by_day=daily.totals_by_day(session, scope, selection),
        hours=daily.calls_by_hour(session, scope, selection),
        span=daily.days_with_facts(session, scope),
    )


def compared_spans(period: Period, today: date) -> tuple[Period, Period]:
    """The period before, and the four weeks before today."""
    return period.previous(today), Period(today - timedelta(days=RECENT_DAYS), today)
