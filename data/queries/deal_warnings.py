"""Warnings of deals within what a viewer looks after, and what the rules compare a deal with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, DateTime, case, cast, func, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Person, StoredWarning, WarningSetting
from data.queries.pipeline import looked_after
from data.queries.scope import on_team
from domain.access import Scope
from domain.deals.priority import DealPriority, Sizes
from domain.deals.warning_life import WarningState
from domain.deals.warnings import WarningRule
from domain.records import DealStatus

TELLING: Final = (WarningState.OPEN,)
_LARGE: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFilter:
    """What a list of open deals is narrowed to; None narrows nothing."""

    agent_id: int | None = None
    team_id: int | None = None
    pipeline: str | None = None
    stage: str | None = None
    priority: DealPriority | None = None
    rule: WarningRule | None = None
    quiet_since: datetime | None = None
    """Nothing was done for it since then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeal:
    """An open deal in a list, and how much it asks for attention."""

    deal_id: int
    name: str
    company: str
    stage: str
    pipeline: str
    agent_id: int | None
    agent_name: str | None
    amount_minor: int | None
    priority: DealPriority | None
    """None where nothing warns of it."""
    in_all: int
    """How many deals the filter finds."""


def listed(session: Session, scope: Scope, today: date, wanted: DealFilter, *, offset: int, limit: int) -> list[ListedDeal]:
    """So many open deals, those that ask most for attention first, the larger ones before the smaller."""
    warned = _warned()
    pressing = func.coalesce(warned.pressing, len(DealPriority))
    columns: tuple[Any, ...] = (
        col(Deal.id).label("deal_id"),
        col(Deal.name),
        col(Deal.company),
        col(Deal.stage),
        col(Deal.pipeline),
        col(Deal.agent_id),
        col(Person.name).label("agent_name"),
        col(Deal.amount_minor),
        warned.pressing,
        func.count().over().label("in_all"),
    )
    query = (
        select(*columns)
        .join(Person, col(Person.id) == col(Deal.agent_id), isouter=True)
        .join(warned.deal_id.table, warned.deal_id == col(Deal.id), isouter=True)
        .where(col(Deal.status) == DealStatus.OPEN, looked_after(col(Deal.agent_id), scope, today), *_narrowed(wanted, today, warned))
        .order_by(pressing, col(Deal.amount_minor).desc().nulls_last(), col(Deal.id))
    )
    return [_listed(dict(row._mapping)) for row in session.execute(query.offset(offset).limit(limit))]  # noqa: SLF001 - public all the same


def stages(session: Session, scope: Scope, today: date) -> list[tuple[str, str]]:
    """The pipelines and stages open deals stand in, those first that have most."""
    pair = (col(Deal.pipeline), col(Deal.stage))
    query = select(*pair).where(col(Deal.status) == DealStatus.OPEN, looked_after(col(Deal.agent_id), scope, today))
    return [(pipeline, stage) for pipeline, stage in session.execute(query.group_by(*pair).order_by(func.count().desc(), *pair))]


def pipelines(session: Session) -> list[str]:
    """Every pipeline deals are in, by name."""
    return list(session.scalars(select(col(Deal.pipeline)).distinct().order_by(col(Deal.pipeline))))


def of_deals(session: Session, deal_ids: Collection[int]) -> dict[int, list[StoredWarning]]:
    """What is kept of the deals' warnings; whether the viewer may see the deals was asked before."""
    found: dict[int, list[StoredWarning]] = {}
    for row in session.scalars(select(StoredWarning).where(col(StoredWarning.deal_id).in_(sorted(deal_ids)))):
        found.setdefault(row.deal_id, []).append(row)
    return found


def locked(session: Session, deal_id: int, rule: WarningRule) -> StoredWarning | None:
    """One of them, locked for the transaction."""
    wanted = (col(StoredWarning.deal_id) == deal_id, col(StoredWarning.rule) == rule)
    return session.scalar(select(StoredWarning).where(*wanted).with_for_update())


def of_closed_deals(session: Session) -> list[StoredWarning]:
    """Warnings that are not over though their deal is closed."""
    query = select(StoredWarning).join(Deal, col(Deal.id) == col(StoredWarning.deal_id))
    return list(session.scalars(query.where(col(StoredWarning.state) != WarningState.RESOLVED, col(Deal.status) != DealStatus.OPEN)))


def sizes(session: Session) -> dict[str, Sizes]:
    """By pipeline, how large the company's open deals are."""
    amount = col(Deal.amount_minor)
    query = select(
        col(Deal.pipeline),
        func.percentile_cont(0.5).within_group(amount),
        func.percentile_cont(_LARGE).within_group(amount),
        func.count(amount),
    ).where(col(Deal.status) == DealStatus.OPEN, amount.is_not(None))
    rows = session.execute(query.group_by(col(Deal.pipeline)))
    return {row[0]: Sizes(median=float(row[1]), large=float(row[2]), count=row[3]) for row in rows}


def settings(session: Session) -> dict[str, WarningSetting]:
    """What pipelines have of their own, by name."""
    return {row.pipeline: row for row in session.scalars(select(WarningSetting))}


def _warned() -> Any:  # noqa: ANN401 - the columns of a subquery
    """Of each deal with an open warning, how pressing it is: the place of its priority."""
    place = case({priority: number for number, priority in enumerate(DealPriority)}, value=col(StoredWarning.priority))
    query = select(col(StoredWarning.deal_id), func.min(place).label("pressing")).where(col(StoredWarning.state).in_(TELLING))
    return query.group_by(col(StoredWarning.deal_id)).subquery().c


def _narrowed(wanted: DealFilter, today: date, warned: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401 - the columns of a subquery
    named = {"agent_id": wanted.agent_id, "pipeline": wanted.pipeline, "stage": wanted.stage}
    conditions: list[ColumnElement[bool]] = [getattr(Deal, name) == value for name, value in named.items() if value is not None]
    if wanted.team_id is not None:
        conditions.append(on_team(col(Deal.agent_id), literal(today, Date), {wanted.team_id}))
    if wanted.priority is not None:
        conditions.append(warned.pressing == list(DealPriority).index(wanted.priority))
    if wanted.rule is not None:
        holds = (col(StoredWarning.rule) == wanted.rule, col(StoredWarning.state).in_(TELLING))
        conditions.append(col(Deal.id).in_(select(col(StoredWarning.deal_id)).where(*holds)))
    if wanted.quiet_since is not None:
        conditions.append(_touched() <= wanted.quiet_since)
    return conditions


def _touched() -> ColumnElement[datetime]:
    """When it was last worked on, else the beginning of the day it was created; NULL where nobody knows."""
    created = func.timezone("UTC", cast(col(Deal.created_on), DateTime))
    return func.coalesce(col(Deal.last_activity_at), created)


def _listed(row: Mapping[str, Any]) -> ListedDeal:
    named = dict(row)
    place = named.pop("pressing")
    return ListedDeal(**named, priority=None if place is None else list(DealPriority)[place])
