"""The records behind a number: which facts count for a metric, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries.records import Position, contribution_of, facts_behind
from domain.access import Selection
from domain.counters import Counters
from domain.errors import InputError
from domain.facts import ActivityEntry, DealEntry, Fact
from domain.metrics.behind import BEHIND, Behind, HourOfWeek
from domain.metrics.catalog import metric
from domain.metrics.definition import Metric
from domain.metrics.index import INDEX_WEIGHTS, Index, index_of
from domain.metrics.measures import Measure
from services.access import Viewer
from services.pipeline_stages import stage_words
from services.roster import currency_of

PAGE: Final = 50
"""Records on a page: a screen or two to scroll."""
HOURLY: Final = frozenset({"calls", "conversations", "conversation_rate"})
"""Metrics the heatmap opens by hour of the week."""
_SEPARATOR: Final = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A metric's figure in a selection, how many facts it is made of, and one page of them, newest first."""

    metric: Metric
    measure: Measure
    count: int
    facts: tuple[Fact, ...]
    has_part: bool
    """Whether the metric is a share, so that only some of the facts are successes."""
    currency: str
    next_page: str | None
    """What leads to the older facts; None on the last page."""
    data_span: tuple[date, date] | None = None
    """The first and the last day of any fact the viewer may see; told only where nothing was found."""


def records(
    session: Session,
    viewer: Viewer,
    metric_key: str,
    selection: Selection,
    *,
    at: HourOfWeek | None = None,
    page: str = "",
    limit: int = PAGE,
) -> Records:
    """The facts within the viewer's scope that count for the metric, from the cursor `page` on.

    Raises InputError for an unknown metric, one without records of its own, an hour where there is none, or a broken cursor.
    """
    asked = metric(metric_key)
    behind = _behind(asked, at)
    sums = _sums(session, viewer, selection, at)
    found = facts_behind(session, viewer.scope, selection, behind, at=at, after=_position(page, behind), limit=limit + 1)
    shown = _in_words(session, tuple(found[:limit]))
    return Records(
        metric=asked,
        measure=asked.measure(sums),
        count=sum(getattr(sums, counter) for counter in behind.counters),
        facts=shown,
        has_part=behind.part is not None,
        currency=currency_of(session),
        next_page=_cursor(shown[-1]) if len(found) > limit else None,
        data_span=None if shown else daily.days_with_facts(session, viewer.scope),
    )


def _in_words(session: Session, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts with a deal's stage as the company calls it."""
    if not any(isinstance(fact.entry, DealEntry) for fact in facts):
        return facts
    called = stage_words(session)
    return tuple(
        replace(fact, entry=replace(fact.entry, stage=called(fact.entry.stage))) if isinstance(fact.entry, DealEntry) else fact
        for fact in facts
    )


def account(session: Session, viewer: Viewer, selection: Selection) -> Index:
    """The performance index in the selection, component by component: each has records of its own."""
    return index_of(daily.totals(session, viewer.scope, selection), {})


def has_records(metric_key: str) -> bool:
    """Whether the metric is opened by itself; an index is opened by its components. Raises InputError for an unknown metric."""
    return metric(metric_key).key in BEHIND


def hour_of_week(params: Mapping[str, str]) -> HourOfWeek | None:
    """The hour `weekday` (1–7, Monday 1) and `hour` (0–23) name, or None without them; raises InputError for anything else."""
    if "weekday" not in params and "hour" not in params:
        return None
    weekday, hour = _number(params.get("weekday", "")), _number(params.get("hour", ""))
    if weekday not in range(1, 8) or hour not in range(24):
        raise InputError("An hour of the week needs weekday=1 to 7 (Monday is 1) and hour=0 to 23.", code="unknown_hour")
    return HourOfWeek(weekday=weekday, hour=hour)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else -1  # noqa: PLR2004 - two digits write every hour


def _behind(asked: Metric, at: HourOfWeek | None) -> Behind:
    if asked.key not in BEHIND:
        parts = ", ".join(INDEX_WEIGHTS)
        raise InputError(f"{asked.name} has no records of its own; open one of its parts: {parts}.", code="composite_metric")
    if at is not None and asked.key not in HOURLY:
        raise InputError(f"{asked.name} is not kept by hour. Take the hour out of the address, or open calls.", code="not_hourly")
    return BEHIND[asked.key]


def _sums(session: Session, viewer: Viewer, selection: Selection, at: HourOfWeek | None) -> Counters:
    if at is None:
        return daily.totals(session, viewer.scope, selection)
    cells = (cell for cell in daily.calls_by_hour(session, viewer.scope, selection) if (cell.weekday, cell.hour) == (at.weekday, at.hour))
    return next((Counters(calls=cell.calls, conversations=cell.conversations) for cell in cells), Counters())


def _cursor(fact: Fact) -> str:
    entry = fact.entry
    moment = entry.occurred_at if isinstance(entry, ActivityEntry) else entry.dated_on
    return f"{moment.isoformat().replace('+00:00', 'Z')}{_SEPARATOR}{entry.id}"


def _position(page: str, behind: Behind) -> Position | None:
    if not page:
        return None
    moment, _, fact_id = page.partition(_SEPARATOR)
    dated_by_moment = contribution_of(behind.counters[0]).table == "activity"
    try:
        when = datetime.fromisoformat(moment) if dated_by_moment else date.fromisoformat(moment)
        position = when, int(fact_id)
    except ValueError:
        position = None
    if position is None or (isinstance(position[0], datetime) and position[0].tzinfo is None) or not 0 <= position[1] < 2**63:
        raise InputError("This page of the list cannot be found. Start again from the newest.", code="broken_cursor")
    return position
