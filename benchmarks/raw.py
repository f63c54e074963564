"""The same page's data counted from the raw facts in plain SQL, with the usual indexes and local days computed as it reads."""

from datetime import date
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.rolled_up import PageData, compared_spans
from data.queries.daily import CallHour
from data.rollups import CONTRIBUTIONS, Contribution
from domain.access import Scope
from domain.counters import COUNTER_NAMES, Counters
from domain.periods import Period
from domain.records import REACHED, Role

LOCAL: Final = "(f.occurred_at AT TIME ZONE p.time_zone)"
NEAR: Final = "f.occurred_at >= :start - interval '14 hours' AND f.occurred_at < :end + interval '14 hours'"
"""Lets the index on occurred_at find the candidates; the local day decides."""
HOURS: Final = """
SELECT extract(isodow FROM {local})::int, extract(hour FROM {local})::int, count(*), count(*) FILTER (WHERE f.outcome = ANY(:reached))
FROM activity f JOIN person p ON p.id = f.agent_id
WHERE f.type = 'call' AND {near} AND {local}::date >= :start AND {local}::date < :end AND {visible}
GROUP BY 1, 2 ORDER BY 1, 2
"""
EXTREME: Final = """
SELECT {local}::date FROM activity f JOIN person p ON p.id = f.agent_id WHERE {visible} ORDER BY f.occurred_at {order} LIMIT 1
"""
DAY_COLUMNS: Final = {"f.local_on": f"{LOCAL}::date"}


def page_data(session: Session, scope: Scope, period: Period, today: date) -> PageData:
    """What `rolled_up.page_data` gives, from activities, leads and deals."""
    before, late = compared_spans(period, today)
    return PageData(
        now=_sums(session, scope, period, "f.agent_id"),
        before=_sums(session, scope, before, "f.agent_id"),
        recent=_sums(session, scope, late, "f.agent_id"),
        by_day=_sums(session, scope, period, "day"),
        hours=_hours(session, scope, period),
        span=_span(session, scope),
    )


def _sums(session: Session, scope: Scope, period: Period, key: str) -> dict[Any, Counters]:
    """Every counter per agent or per day: one statement for each kind of event."""
    found: dict[Any, dict[str, int]] = {}
    for contribution in CONTRIBUTIONS:
        names = [name for name in contribution.sums if name in COUNTER_NAMES]
        for row in session.execute(text(_statement(contribution, names, scope, key)), _values(scope, period)):
            sums = found.setdefault(row[0], dict.fromkeys(COUNTER_NAMES, 0))
            for name, value in zip(names, row[1:], strict=True):
                sums[name] += int(value or 0)
    return {each: Counters(**sums) for each, sums in sorted(found.items())}


def _statement(contribution: Contribution, names: list[str], scope: Scope, key: str) -> str:
    day = DAY_COLUMNS.get(contribution.day, contribution.day)
    sums = ", ".join(f"sum({contribution.sums[name]})" for name in names)
    near = NEAR if contribution.table == "activity" else "true"
    return (
        f"SELECT {day if key == 'day' else key}, {sums} FROM {contribution.table} f JOIN person p ON p.id = f.agent_id "
        f"WHERE {near} AND {day} >= :start AND {day} < :end AND ({contribution.when}) AND {_visible(scope, day)} GROUP BY 1"
    )


def _visible(scope: Scope, day: str) -> str:
    """The viewer's scope as a condition, dated like the product's own."""
    if scope.role is Role.ADMIN:
        return "true"
    if scope.role is Role.AGENT:
        return "f.agent_id = :viewer"
    return (
        "(f.agent_id = :viewer OR EXISTS (SELECT FROM team_membership m WHERE m.person_id = f.agent_id AND m.team_id = ANY(:teams) "
        f"AND m.from_on <= {day} AND (m.until_on IS NULL OR {day} < m.until_on)))"
    )


def _values(scope: Scope, period: Period | None = None) -> dict[str, Any]:
    spans = {"start": period.start, "end": period.end} if period else {}
    return {"viewer": scope.viewer_id, "teams": sorted(scope.team_ids), "reached": sorted(word.value for word in REACHED), **spans}


def _hours(session: Session, scope: Scope, period: Period) -> list[CallHour]:
    query = HOURS.format(local=LOCAL, near=NEAR, visible=_visible(scope, f"{LOCAL}::date"))
    rows = session.execute(text(query), _values(scope, period))
    return [CallHour(weekday=weekday, hour=hour, calls=calls, conversations=spoken) for weekday, hour, calls, spoken in rows]


def _span(session: Session, scope: Scope) -> tuple[date, date] | None:
    """The local days of the first and the last activity, each found by index; agents are active on every day of a generated company."""
    first, last = (
        session.execute(text(EXTREME.format(local=LOCAL, visible=_visible(scope, f"{LOCAL}::date"), order=order)), _values(scope)).scalar()
        for order in ("ASC", "DESC")
    )
    return (first, last) if first and last else None
