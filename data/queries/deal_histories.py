"""The lives of deals by the days things were noted for, to see them as they were: whose they are is not read."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from math import ceil
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, ColumnElement, and_, any_, case, func, literal, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Deal, DealSnapshot, StageChange
from domain.contact import HELD, WRITTEN
from domain.deals.history import DealHistory, Entered, Valued, Work, WorkKind
from domain.pipeline.stages import Meaning
from domain.records import WORK_TYPES, ActivityType, DealStatus

MOST_DEALS: Final = 10_000
"""Of a pipeline; more tell nothing new, and their lives would fill the memory."""
ENDS: Final = frozenset(meaning for meaning in Meaning if meaning.status is not DealStatus.OPEN)
_KIND: Final = case(
    (col(Activity.type) == ActivityType.CALL, WorkKind.CALL),
    (col(Activity.type).in_(sorted(WRITTEN)), WorkKind.WRITTEN),
    (col(Activity.type).in_(sorted(HELD | {ActivityType.TASK})), WorkKind.PLANNED),
    else_=WorkKind.OTHER,
)


def ids_of(session: Session, pipeline: str, since: date) -> list[int]:
    """The deals of a pipeline that were open at some time since the day; where there are too many, every second, third … of them."""
    wanted = _alive(pipeline, since)
    count = session.scalar(select(func.count()).select_from(Deal).where(*wanted)) or 0
    every = max(1, ceil(count / MOST_DEALS))
    return list(session.scalars(select(col(Deal.id)).where(*wanted, col(Deal.id) % every == 0).order_by(col(Deal.id))))


def days_to_win(session: Session, pipeline: str, since: date) -> list[int]:
    """From the first day to the sale, of each deal of the pipeline won since the day."""
    days = col(Deal.closed_on) - col(Deal.created_on)
    return list(session.scalars(select(days).where(*_alive(pipeline, since), col(Deal.status) == DealStatus.WON)))


def histories(session: Session, deal_ids: Collection[int], until: date) -> list[DealHistory]:
    """The lives of these deals up to a day's end, by id; deals of which nobody knows when they began are left out."""
    columns: tuple[Any, ...] = (col(Deal.id), col(Deal.created_on), col(Deal.closed_on), col(Deal.status))
    query = select(*columns).where(col(Deal.id) == _any(deal_ids), col(Deal.created_on).is_not(None)).order_by(col(Deal.id))
    entered, work = _entered(session, deal_ids, until), _work(session, deal_ids, until)
    valued = _valued(session, deal_ids, until)
    return [
        DealHistory(
            deal_id=deal_id,
            created_on=created_on,
            closed_on=closed_on,
            won=status is DealStatus.WON,
            entered=tuple(entered.get(deal_id, ())),
            work=tuple(work.get(deal_id, ())),
            valued=tuple(valued.get(deal_id, ())),
        )
        for deal_id, created_on, closed_on, status in session.execute(query)
    ]


def _alive(pipeline: str, since: date) -> tuple[ColumnElement[bool], ...]:
    is_over = or_(col(Deal.closed_on).is_(None), col(Deal.closed_on) >= since)
    return (col(Deal.pipeline) == pipeline, col(Deal.created_on).is_not(None), is_over)


def _entered(session: Session, deal_ids: Collection[int], until: date) -> Mapping[int, list[Entered]]:
    """Moves as they were noted; before the first of them, the stages deals were found in at the ends of days."""
    change = StageChange
    columns = (col(change.deal_id), col(change.changed_on), col(change.to_stage), col(change.meaning))
    wanted = (col(change.deal_id) == _any(deal_ids), col(change.changed_on) <= until)
    query = select(*columns).where(*wanted).order_by(col(change.changed_on), col(change.changed_at), col(change.id))
    found = defaultdict[int, list[Entered]](list)
    for deal_id, on, stage, meaning in session.execute(query):
        found[deal_id].append(Entered(on=on, stage=stage, is_end=meaning in ENDS))
    for deal_id, seen in _found_in(session, deal_ids, until).items():
        known = found[deal_id]
        found[deal_id] = [*(each for each in seen if not known or each.on < known[0].on), *known]
    return found


def _found_in(session: Session, deal_ids: Collection[int], until: date) -> Mapping[int, list[Entered]]:
    found = defaultdict[int, list[Entered]](list)
    for deal_id, on, stage in session.execute(_kept_changes(col(DealSnapshot.stage), deal_ids, until)):
        if stage or found[deal_id]:
            found[deal_id].append(Entered(on=on, stage=stage, is_first_seen=not found[deal_id]))
    return found


def _valued(session: Session, deal_ids: Collection[int], until: date) -> Mapping[int, list[Valued]]:
    found = defaultdict[int, list[Valued]](list)
    for deal_id, on, amount in session.execute(_kept_changes(col(DealSnapshot.amount_minor), deal_ids, until)):
        found[deal_id].append(Valued(on=on, amount=None if amount is None else float(amount)))
    return found


def _kept_changes(column: Any, deal_ids: Collection[int], until: date) -> Any:  # noqa: ANN401 - a column and a query over it
    """The days on which a kept value of an open deal was another one than at the end of the kept day before."""
    snap = DealSnapshot
    beside: dict[str, Any] = {"partition_by": col(snap.deal_id), "order_by": col(snap.day)}
    wanted = (col(snap.deal_id) == _any(deal_ids), col(snap.day) <= until, col(snap.status) == DealStatus.OPEN)
    each = select(
        col(snap.deal_id),
        col(snap.day),
        column.label("value"),
        func.lag(column).over(**beside).label("before"),
        func.row_number().over(**beside).label("place"),
    )
    kept = each.where(*wanted).subquery().c
    is_new = or_(kept.place == 1, kept.value.is_distinct_from(kept.before))
    return select(kept.deal_id, kept.day, kept.value).where(is_new).order_by(kept.deal_id, kept.day)


def _work(session: Session, deal_ids: Collection[int], until: date) -> Mapping[int, list[Work]]:
    did, on = col(Activity.deal_id), col(Activity.local_on)
    wanted = and_(did == _any(deal_ids), on <= until, col(Activity.type).in_(sorted(WORK_TYPES)))
    each = select(did.label("deal_id"), on.label("on"), _KIND.label("kind")).where(wanted).subquery().c
    query = select(each.deal_id, each.on, each.kind, func.count()).group_by(each.deal_id, each.on, each.kind).order_by(each.on, each.kind)
    found = defaultdict[int, list[Work]](list)
    for deal_id, day, kind, count in session.execute(query):
        found[deal_id].append(Work(on=day, kind=WorkKind(kind), count=count))
    return found


def _any(ids: Collection[int]) -> Any:  # noqa: ANN401 - compared with a column
    return any_(literal(sorted(ids), ARRAY(BigInteger)))
