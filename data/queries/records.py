"""The facts behind a number, newest first by keyset: selected by the very conditions the roll-up counts them by."""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import Alias, ColumnElement, Select, Subquery, and_, extract, literal, literal_column, select, text, tuple_
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from data.models import Deal, Lead, Person
from data.queries.activities import ZONE_REACH
from data.queries.scope import selected, visible
from data.rollups import CONTRIBUTIONS, Contribution
from domain.access import Scope, Selection
from domain.facts import ActivityEntry, DealEntry, Fact, LeadEntry
from domain.metrics.behind import Behind, HourOfWeek

Position = tuple[datetime | date, int]
"""Where a page ended: the moment of an activity, or the day of a lead or deal, and the id of its last fact."""


def facts_behind(
    session: Session,
    scope: Scope,
    selection: Selection,
    behind: Behind,
    *,
    at: HourOfWeek | None = None,
    after: Position | None = None,
    limit: int,
) -> list[Fact]:
    """One page of the selection's facts that the counters count, newest first; `at` keeps one hour of the week."""
    contribution = contribution_of(behind.counters[0])
    page = _page(contribution, scope, selection, behind, at, after).limit(limit).subquery("page")
    match contribution.table:
        case "activity":
            return _facts(session, _activities(page), ActivityEntry)
        case "lead":
            return _facts(session, _named(page, _LEAD_COLUMNS), LeadEntry)
        case _:
            return _facts(session, _named(page, _DEAL_COLUMNS), DealEntry)


def contribution_of(counter: str) -> Contribution:
    """What the counter counts, and on which day."""
    return next(item for item in CONTRIBUTIONS if counter in item.sums)


def _page(
    contribution: Contribution, scope: Scope, selection: Selection, behind: Behind, at: HourOfWeek | None, after: Position | None
) -> Select[Any]:
    """One page's facts with their day and whether they are successes."""
    fact = _table(contribution.table).alias("f")
    day = fact.c[contribution.day.removeprefix("f.")]
    moment = fact.c.occurred_at if contribution.table == "activity" else day
    wanted = [
        fact.c.agent_id.is_not(None),
        visible(fact.c.agent_id, day, scope),
        selected(fact.c.agent_id, day, selection, category=fact.c.category),
        text(f"({contribution.when}) AND ({' OR '.join(_counted(contribution, name) for name in behind.counters)})"),
    ]
    if contribution.table == "activity":
        wanted.append(_within_reach(moment, selection))
    if at is not None:
        wanted.append(_at_hour(fact, day, at))
    if after is not None:
        wanted.append(tuple_(moment, fact.c.id) < tuple_(literal(after[0], moment.type), literal(after[1])))
    counts: ColumnElement[bool] = literal_column(_counted(contribution, behind.part) if behind.part else "true")
    return (
        select(*fact.c, day.label("dated_on"), moment.label("moment"), counts.label("counts"))
        .where(*wanted)
        .order_by(moment.desc(), fact.c.id.desc())
    )


def _counted(contribution: Contribution, counter: str) -> str:
    return f"({contribution.sums[counter]}) <> 0"


def _within_reach(moment: ColumnElement[datetime], selection: Selection) -> ColumnElement[bool]:
    """Implied by the local days; lets the index on moments serve."""
    first, last = (datetime.combine(day, time(), UTC) for day in (selection.period.start, selection.period.end))
    return and_(moment >= first - ZONE_REACH, moment < last + ZONE_REACH)


def _at_hour(fact: Alias, day: ColumnElement[date], at: HourOfWeek) -> ColumnElement[bool]:
    return and_(extract("isodow", day) == at.weekday, fact.c.local_hour == at.hour)


def _table(name: str) -> Any:  # noqa: ANN401 - SQLModel's table, which its types do not tell
    return SQLModel.metadata.tables[name]


def _facts(session: Session, query: Select[Any], kind: type[ActivityEntry | LeadEntry | DealEntry]) -> list[Fact]:
    rows = session.execute(query).mappings()
    return [Fact(entry=kind(**{name: value for name, value in row.items() if name != "counts"}), counts=row["counts"]) for row in rows]


def _activities(page: Subquery) -> Select[Any]:
    query = _named(page, _ACTIVITY_COLUMNS, col(Lead.name).label("lead_name"), col(Deal.name).label("deal_name"))
    return query.outerjoin(Lead, col(Lead.id) == page.c.lead_id).outerjoin(Deal, col(Deal.id) == page.c.deal_id)


def _named(page: Subquery, columns: tuple[str, ...], *more: ColumnElement[Any]) -> Select[Any]:
    """The page's columns with the agent's name, in the page's order."""
    agent_name: ColumnElement[str] = col(Person.name).label("agent_name")
    query = select(*(page.c[name] for name in columns), agent_name, page.c.counts, *more)
    query = query.join_from(page, Person, col(Person.id) == page.c.agent_id)
    return query.order_by(page.c.moment.desc(), page.c.id.desc())


_ACTIVITY_COLUMNS: Final = (
    *("id", "agent_id", "type", "outcome", "direction", "subject", "notes", "category", "lead_id", "deal_id"),
    *("duration_seconds", "occurred_at", "local_on", "local_hour", "origin"),
)
_LEAD_COLUMNS: Final = (
    *("id", "agent_id", "name", "company", "source", "category", "status", "assigned_on", "contacted_on", "interested_on"),
    *("converted_on", "response_seconds", "satisfaction", "dated_on"),
)
_DEAL_COLUMNS: Final = (
    *("id", "agent_id", "name", "company", "product", "category", "stage", "status", "amount_minor", "partner_list_size"),
    *("total_sales_from_list", "created_on", "closed_on", "dated_on"),
)
