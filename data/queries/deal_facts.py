"""The facts of deals as of a moment, read for all of them together in eight statements however many there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, ColumnElement, and_, any_, false, func, literal, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, CalendarEvent, Deal, DealSnapshot, Organisation, Person, StageChange
from data.queries.pipeline import looked_after
from data.queries.scope import visible
from domain.access import Scope
from domain.contact import CONVERSED, HELD, TOWARDS_PEOPLE, WRITTEN
from domain.deals.facts import Note, Sides, StageMove, Talk, Task, UsualStay
from domain.local_time import local_time
from domain.records import NOT_HELD, REACHED, WORK_TYPES, ActivityType, DealStatus, Direction, EventKind, EventStatus

NOTED_WITHIN: Final = timedelta(days=30)
"""Older notes tell of another deal than the one there is now."""
LONGEST_NOTE: Final = 2_000
USUAL_WITHIN: Final = timedelta(days=730)
"""Two years: every season twice, and not the business of before."""
_LATE: Final = 0.8
CLOCKS_DIFFER: Final = timedelta(minutes=1)
"""The database dates an entry by its own clock; one written a moment ago is not still to come."""
_OUT = or_(col(Activity.direction).is_(None), col(Activity.direction) != Direction.INBOUND)
_HAPPENED = or_(col(Activity.outcome).is_(None), col(Activity.outcome).not_in(sorted(NOT_HELD)))
_ANSWERED = func.coalesce(
    or_(
        and_(col(Activity.type).in_(sorted(TOWARDS_PEOPLE)), col(Activity.direction) == Direction.INBOUND),
        and_(col(Activity.type).in_(sorted(CONVERSED)), col(Activity.outcome).in_(sorted(REACHED))),
        and_(col(Activity.type).in_(sorted(HELD)), _HAPPENED),
    ),
    false(),
)
"""Where the outcome or the direction was never noted, nobody is taken to have answered."""
_SENT = and_(col(Activity.type).in_(sorted(CONVERSED | WRITTEN)), _OUT, ~_ANSWERED)


def deals(session: Session, scope: Scope, today: date, *, ids: Collection[int] | None = None) -> list[dict[str, Any]]:
    """The deals with these ids, or all open ones, that the viewer looks after: what they say of themselves, by `DealFacts`' names."""
    columns: tuple[Any, ...] = (
        col(Deal.id).label("deal_id"),
        col(Deal.name),
        col(Deal.company),
        col(Deal.lead_id),
        col(Deal.agent_id),
        col(Person.name).label("agent_name"),
        func.coalesce(col(Person.time_zone), select(col(Organisation.time_zone)).limit(1).scalar_subquery(), "UTC").label("time_zone"),
        col(Deal.pipeline),
        col(Deal.stage),
        col(Deal.status),
        col(Deal.amount_minor),
        col(Deal.created_on),
        col(Deal.stage_entered_at),
        col(Deal.expected_close_on),
        col(Deal.closed_on),
        col(Deal.last_activity_at),
    )
    wanted = col(Deal.status) == DealStatus.OPEN if ids is None else col(Deal.id) == _any(ids)
    query = select(*columns).join(Person, col(Person.id) == col(Deal.agent_id), isouter=True)
    rows = session.execute(query.where(wanted, looked_after(col(Deal.agent_id), scope, today)).order_by(col(Deal.id)))
    return [dict(row._mapping) for row in rows]  # noqa: SLF001 - public all the same


def talks(session: Session, ids: Collection[int], at: datetime) -> dict[int, Talk]:
    """What was said and written for each deal up to the moment; a deal nothing was ever done for is left out."""
    wanted = (col(Activity.deal_id) == _any(ids), col(Activity.occurred_at) <= at, col(Activity.type).in_(sorted(WORK_TYPES)))
    answered = func.max(col(Activity.occurred_at)).filter(_ANSWERED).over(partition_by=col(Activity.deal_id)).label("answered_at")
    facts = (Activity.__table__.c[name] for name in ("deal_id", "type", "direction", "duration_seconds", "occurred_at"))  # type: ignore[attr-defined]
    each = select(*facts, _SENT.label("is_sent"), _HAPPENED.label("happened"), answered).where(*wanted).subquery().c
    calls, written = each.type == ActivityType.CALL, each.type.in_(sorted(WRITTEN))
    unanswered = and_(each.is_sent, or_(each.answered_at.is_(None), each.occurred_at > each.answered_at))
    columns = (
        each.deal_id,
        *_sides("calls", calls, each.direction),
        *_sides("messages", written, each.direction),
        func.sum(each.duration_seconds).filter(calls).label("call_seconds"),
        func.count(each.duration_seconds).filter(calls).label("calls_timed"),
        func.count().filter(each.type.in_(sorted(HELD)), each.happened).label("meetings"),
        func.count().filter(each.type.in_(sorted(TOWARDS_PEOPLE)), each.happened).label("touches"),
        func.max(each.occurred_at).label("last_at"),
        func.max(each.answered_at).label("answered_at"),
        func.array_agg(aggregate_order_by(each.occurred_at, each.occurred_at)).filter(unanswered).label("unanswered"),
    )
    return {row.deal_id: _talk(row._mapping) for row in session.execute(select(*columns).group_by(each.deal_id))}  # noqa: SLF001


def moves(session: Session, ids: Collection[int], at: datetime) -> dict[int, list[StageMove]]:
    """The stages each deal entered up to the moment, in order."""
    entered = col(StageChange.changed_at)
    query = select(col(StageChange.deal_id), col(StageChange.to_stage), entered).where(col(StageChange.deal_id) == _any(ids), entered <= at)
    found = defaultdict[int, list[StageMove]](list)
    for deal_id, stage, moment in session.execute(query.order_by(entered, col(StageChange.id))):
        found[deal_id].append(StageMove(stage=stage, at=moment))
    return found


def tasks(session: Session, ids: Collection[int], at: datetime) -> dict[int, list[Task]]:
    """What each deal's own agent has in the calendar for it, written down by the moment; its status is the one it has now."""
    event = CalendarEvent
    columns = (event.deal_id, event.id, event.kind, event.title, event.starts_at, event.ends_at, event.status, event.version)
    wanted = (
        col(event.deal_id) == _any(ids),
        col(event.agent_id) == col(Deal.agent_id),
        col(event.kind) != EventKind.TRAINING,
        col(event.status) != EventStatus.CANCELLED,
        or_(col(event.created_at).is_(None), col(event.created_at) <= at + CLOCKS_DIFFER),
    )
    query = select(*map(col, columns)).join(Deal, col(Deal.id) == col(event.deal_id)).where(*wanted)
    found = defaultdict[int, list[Task]](list)
    for row in session.execute(query.order_by(col(event.starts_at), col(event.id))):
        named = dict(row._mapping)  # noqa: SLF001
        found[named.pop("deal_id")].append(Task(event_id=named.pop("id"), **named))
    return found


def pushes(session: Session, ids: Collection[int], today: date) -> dict[int, tuple[int, date | None]]:
    """How often each deal's expected day of closing was put off from one day's end to the next kept one, and when last.

    Deals of which no such day was kept are left out.
    """
    snap, day = DealSnapshot, col(DealSnapshot.day)
    before = func.lag(col(snap.expected_close_on)).over(partition_by=col(snap.deal_id), order_by=day).label("before")
    kept = (col(snap.deal_id) == _any(ids), col(snap.expected_close_on).is_not(None), day <= today)
    each = select(col(snap.deal_id), day, col(snap.expected_close_on).label("now"), before).where(*kept).subquery().c
    later = each.now > each.before
    query = select(each.deal_id, func.count().filter(later), func.max(each.day).filter(later)).group_by(each.deal_id)
    return {deal_id: (count, last) for deal_id, count, last in session.execute(query)}


def contacts(session: Session, ids: Collection[int], at: datetime) -> dict[int, int]:
    """How many different leads each deal's own record, its activities and its calendar entries name."""
    named = [
        select(col(Deal.id).label("deal_id"), col(Deal.lead_id).label("lead_id")).where(col(Deal.id) == _any(ids)),
        select(col(Activity.deal_id), col(Activity.lead_id)).where(col(Activity.deal_id) == _any(ids), col(Activity.occurred_at) <= at),
        select(col(CalendarEvent.deal_id), col(CalendarEvent.lead_id)).where(col(CalendarEvent.deal_id) == _any(ids)),
    ]
    each = named[0].union(*named[1:]).subquery().c
    query = select(each.deal_id, func.count(each.lead_id.distinct())).where(each.lead_id.is_not(None)).group_by(each.deal_id)
    return {row[0]: row[1] for row in session.execute(query)}


def notes(session: Session, scope: Scope, ids: Collection[int], at: datetime) -> dict[int, list[Note]]:
    """What was noted about each deal in the last thirty days, the newest first, as far as the viewer may read it."""
    happened = col(Activity.occurred_at)
    wanted = (
        col(Activity.deal_id) == _any(ids),
        happened <= at,
        happened > at - NOTED_WITHIN,
        col(Activity.notes) != "",
        visible(col(Activity.agent_id), col(Activity.local_on), scope),
    )
    is_ours = and_(col(Activity.type).in_(sorted(WRITTEN)), _OUT)
    query = select(col(Activity.deal_id), happened, func.left(col(Activity.notes), LONGEST_NOTE), is_ours).where(*wanted)
    found = defaultdict[int, list[Note]](list)
    for deal_id, moment, text, is_own in session.execute(query.order_by(happened.desc(), col(Activity.id).desc())):
        found[deal_id].append(Note(at=moment, text=text, is_ours=is_own))
    return found


def usual_stays(session: Session, at: datetime) -> dict[tuple[str, str], UsualStay]:
    """By pipeline and stage, how long the company's won deals stayed there; names nobody, so it is the same for every viewer."""
    on = local_time(at, "UTC").on
    entered, deal = col(StageChange.changed_at), Deal
    left = func.lead(entered).over(partition_by=col(StageChange.deal_id), order_by=(entered, col(StageChange.id)))
    closed = (col(deal.status) == DealStatus.WON, col(deal.closed_on) <= on, col(deal.closed_on) > on - USUAL_WITHIN)
    stays = select(col(deal.pipeline), col(StageChange.to_stage).label("stage"), (left - entered).label("stay"))
    each = stays.join(deal, col(deal.id) == col(StageChange.deal_id)).where(*closed).subquery().c
    days = func.extract("epoch", each.stay) / timedelta(days=1).total_seconds()
    query = select(
        each.pipeline,
        each.stage,
        func.percentile_cont(0.5).within_group(days),
        func.percentile_cont(_LATE).within_group(days),
        func.count(),
    ).where(each.stay.is_not(None))
    rows = session.execute(query.group_by(each.pipeline, each.stage))
    return {(row[0], row[1]): UsualStay(median_days=float(row[2]), late_days=float(row[3]), count=row[4]) for row in rows}


def _any(ids: Collection[int]) -> Any:  # noqa: ANN401 - compared with a column
    return any_(literal(sorted(ids), ARRAY(BigInteger)))


def _sides(name: str, wanted: ColumnElement[bool], direction: Any) -> list[ColumnElement[int]]:  # noqa: ANN401 - a column
    ways = {"out": direction == Direction.OUTBOUND, "incoming": direction == Direction.INBOUND, "unsaid": direction.is_(None)}
    return [func.count().filter(wanted, way).label(f"{name}_{label}") for label, way in ways.items()]


def _talk(row: Mapping[Any, Any]) -> Talk:
    return Talk(
        calls=Sides(**{way: row[f"calls_{way}"] for way in ("out", "incoming", "unsaid")}),
        call_seconds=row["call_seconds"],
        calls_timed=row["calls_timed"],
        messages=Sides(**{way: row[f"messages_{way}"] for way in ("out", "incoming", "unsaid")}),
        meetings=row["meetings"],
        touches=row["touches"],
        last_at=row["last_at"],
        answered_at=row["answered_at"],
        unanswered=tuple(row["unanswered"] or ()),
    )
