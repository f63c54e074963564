"""The deals of a viewer's people as they move: then against now, from step to step, and what is ahead; grouped in the database.

A deal belongs to whoever looks after its agent today, on both days that are compared, so that an account adds up whoever moved teams.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import CalendarEvent, Deal, DealSnapshot, Lead, Person, StageChange
from data.queries.pipeline import looked_after
from data.queries.scope import AgentColumn, on_team
from domain.access import Scope, Selection
from domain.pipeline.ahead import AGE_BANDS, WINDOWS, Ahead, DueList
from domain.pipeline.changes import Flow
from domain.pipeline.conversion import Ending, Spell, Transition
from domain.pipeline.stages import Meaning
from domain.records import DealStatus, EventKind, EventStatus

CUSTOMER_KINDS: Final = (EventKind.CALL, EventKind.APPOINTMENT, EventKind.SHOWING, EventKind.MEETING)
SOON_DAYS: Final = WINDOWS[0]
MOST_LISTS: Final = 200
"""Lists named; the figures beside them count all."""


def flows(session: Session, scope: Scope, selection: Selection, wanted: date, today: date) -> tuple[date | None, list[Flow]]:
    """The kept day, and how the deals stood at its end and stand now; those closed by then and still closed are left out.

    The day is the last one up to `wanted` whose state was kept, else the first one after it; None when none was kept yet. One statement.
    """
    kept = _kept_day(wanted).cte("kept")
    moved = _flows(kept, scope, selection, today).subquery()
    rows = session.execute(select(kept.c.day, moved).select_from(kept).outerjoin(moved, true())).all()
    return rows[0][0], [_flow(row) for _, *row in rows if row[-1] is not None]


def _kept_day(wanted: date) -> Select[*tuple[Any, ...]]:
    day = col(DealSnapshot.day)
    up_to = select(func.max(day)).where(day <= wanted).scalar_subquery()
    return select(func.coalesce(up_to, select(func.min(day)).scalar_subquery()).label("day"))


def _flows(kept: CTE, scope: Scope, selection: Selection, today: date) -> Select[*tuple[Any, ...]]:
    was, amount = col(DealSnapshot.status), func.coalesce(col(Deal.amount_minor), 0)
    then = case((was == DealStatus.OPEN, func.coalesce(col(DealSnapshot.amount_minor), 0)), else_=0)
    gain = case((was == DealStatus.OPEN, amount - then), else_=0)
    is_new = func.coalesce(col(Deal.created_on) > kept.c.day, False)
    alike = (was.label("was"), col(DealSnapshot.stage).label("stage_was"), col(Deal.status), col(Deal.stage), is_new.label("is_new"))
    sums = (
        func.count(),
        *(func.sum(value) for value in (then, amount, func.greatest(gain, 0))),
        func.count().filter(gain > 0),
        func.sum(func.greatest(-gain, 0)),
        func.count().filter(gain < 0),
    )
    return (
        select(*alike, *(each.label(f"sum_{place}") for place, each in enumerate(sums)))
        .select_from(Deal)
        .join(kept, true())
        .outerjoin(DealSnapshot, and_(col(DealSnapshot.deal_id) == col(Deal.id), col(DealSnapshot.day) == kept.c.day))
        .where(living(scope, selection, today))
        .where(or_(col(Deal.status) == DealStatus.OPEN, col(Deal.closed_on) > kept.c.day, was == DealStatus.OPEN))
        .group_by(*alike)
    )


def _flow(row: Any) -> Flow:  # noqa: ANN401 - a row of the statement above
    was, stage_was, now, stage_now, is_new, *sums = row
    deals, amount_was, amount_now, grown, grown_deals, shrunk, shrunk_deals = (int(each) for each in sums)
    return Flow(
        was=was,
        stage_was=stage_was or "",
        now=now,
        stage_now=stage_now,
        is_new=is_new,
        deals=deals,
        amount_was=amount_was,
        amount_now=amount_now,
        grown=grown,
        grown_deals=grown_deals,
        shrunk=shrunk,
        shrunk_deals=shrunk_deals,
    )


def stage_order(session: Session, scope: Scope, selection: Selection, today: date, stages: Collection[str]) -> list[str]:
    """These stages in the order in which the viewer's deals first entered them, on average."""
    deal, stage, first = col(StageChange.deal_id), col(StageChange.to_stage), func.min(col(StageChange.changed_at))
    entries = (
        select(stage.label("stage"), func.row_number().over(partition_by=deal, order_by=first).label("place"))
        .join(Deal, col(Deal.id) == deal)
        .where(living(scope, selection, today), stage.in_(sorted(stages)))
        .group_by(deal, stage)
        .subquery()
    )
    return list(session.scalars(select(entries.c.stage).group_by(entries.c.stage).order_by(func.avg(entries.c.place), entries.c.stage)))


def spells(session: Session, scope: Scope, selection: Selection, since: date, today: date) -> dict[Transition, list[Spell]]:
    """The deals that entered each step from `since` on, by how long they were in it and how that ended; one entry of a deal per step."""
    course = _course(scope, selection, since, today).cte("course")
    parts = union_all(*(_spell(course, way, since, today) for way in _WAYS))
    found: dict[Transition, list[Spell]] = {each: [] for each in Transition}
    for transition, days, ending, deals in session.execute(parts):
        found[Transition(transition)].append(Spell(days=days, ending=Ending(ending), deals=deals))
    return found


_WAYS: Final = (
    (Transition.BOOKED_HELD, "booked", ("held", "proposal", "agreement", "listed", "sale")),
    (Transition.HELD_PROPOSAL, "held", ("proposal", "agreement", "listed", "sale")),
    (Transition.PROPOSAL_AGREEMENT, "proposal", ("agreement", "listed", "sale")),
    (Transition.AGREEMENT_LIST, "agreement", ("listed", "sale")),
    (Transition.LIST_SALE, "listed", ("sale",)),
    (Transition.OPENED_WON, "opened", ("won",)),
)
"""From which day to the first of which: somebody who signs without a proposal has left the step before it all the same."""


def _course(scope: Scope, selection: Selection, since: date, today: date) -> Select[Any]:
    """Each deal with the day it first reached each step; a later entry into the same step is the same one."""
    meant, changed = col(StageChange.meaning), col(StageChange.changed_on)
    first = {name: func.min(changed).filter(meant == meaning) for name, meaning in _REACHED_BY.items()}
    won = case((col(Deal.status) == DealStatus.WON, col(Deal.closed_on)))
    return (
        select(
            col(Deal.created_on).label("opened"),
            first["booked"].label("booked"),
            first["held"].label("held"),
            func.coalesce(col(Deal.proposal_on), first["proposal"]).label("proposal"),
            func.coalesce(col(Deal.agreement_on), first["agreement"]).label("agreement"),
            func.coalesce(col(Deal.partner_list_sent_on), first["listed"]).label("listed"),
            func.coalesce(col(Deal.first_sale_on), won).label("sale"),
            won.label("won"),
            case((col(Deal.status) == DealStatus.LOST, col(Deal.closed_on))).label("lost"),
        )
        .outerjoin(StageChange, col(StageChange.deal_id) == col(Deal.id))
        .where(living(scope, selection, today), or_(col(Deal.closed_on).is_(None), col(Deal.closed_on) >= since))
        .group_by(col(Deal.id))
    )


_REACHED_BY: Final = {
    "booked": Meaning.CALL_BOOKED,
    "held": Meaning.CALL_HELD,
    "proposal": Meaning.PROPOSAL,
    "agreement": Meaning.AGREEMENT,
    "listed": Meaning.LIST_SENT,
}
"""The meaning of the moves that reach a step; what a stage is called decides nothing."""


def _spell(course: CTE, way: tuple[Transition, str, tuple[str, ...]], since: date, today: date) -> Select[Any]:
    transition, entered, onward = way
    start = course.c[entered]
    moved_on = func.least(*(course.c[name] for name in onward))
    ended = func.coalesce(moved_on, course.c.lost, literal(today, Date))
    how = case((moved_on.is_not(None), Ending.MOVED.value), (course.c.lost.is_not(None), Ending.DROPPED.value), else_=Ending.OPEN.value)
    days: ColumnElement[int] = func.greatest(ended - start, 0)
    return select(literal(transition.value), days, how, func.count()).where(start >= since, start <= today).group_by(days, how)


def ahead(session: Session, scope: Scope, selection: Selection, today: date, now: datetime) -> Ahead:
    """What is planned, waits and is due, in one statement; the day of an entry is its agent's."""
    parts = (_booked(scope, selection, today, now), _waiting(scope, selection, today), _due_lists(scope, selection, today))
    found: dict[str, list[Any]] = {BOOKED: [], WAITING: [], LIST: []}
    for part, *row in session.execute(union_all(*parts)):
        found[part].append(row)
    ((_, (*proposals, worth, overdue, soon), *_),) = found[WAITING]
    return Ahead(
        booked=_by_kind({EventKind(kind): tuple(counts) for kind, counts, *_ in found[BOOKED]}),
        proposals=tuple(proposals),
        proposals_minor=worth,
        lists_overdue=overdue,
        lists_due=soon,
        lists=tuple(sorted((_due_list(row) for row in found[LIST]), key=lambda each: (each.due_on, each.deal_id))),
    )


BOOKED, WAITING, LIST = "booked", "waiting", "list"


def _part(
    part: str,
    *,
    words: ColumnElement[Any] | None = None,
    counts: Sequence[ColumnElement[Any]] | None = None,
    deal: Sequence[ColumnElement[Any]] = (null(), null(), null()),
) -> Select[Any]:
    """A row of what is ahead: its part, a word, counts, and the id, the agent and the day of a deal."""
    listed = null() if counts is None else array([cast(each, BigInteger) for each in counts])
    deal_id, agent_name, due_on = deal
    return select(
        literal(part),
        cast(null() if words is None else words, String),
        cast(listed, ARRAY(BigInteger)),
        cast(deal_id, Integer),
        cast(agent_name, String),
        cast(due_on, Date),
    )


def _booked(scope: Scope, selection: Selection, today: date, now: datetime) -> Select[Any]:
    event, kind = CalendarEvent, col(CalendarEvent.kind)
    windows = [func.count().filter(col(event.local_on) < today + timedelta(days=days)) for days in WINDOWS]
    query = (
        _part(BOOKED, words=kind, counts=windows)
        .select_from(event)
        .where(
            kind.in_(CUSTOMER_KINDS),
            col(event.status) == EventStatus.PLANNED,
            col(event.starts_at) >= now,
            col(event.local_on) < today + timedelta(days=WINDOWS[-1]),
            _of_people(col(event.agent_id), scope, selection, today),
        )
        .group_by(kind)
    )
    if selection.categories:
        query = query.outerjoin(Deal, col(Deal.id) == col(event.deal_id)).outerjoin(Lead, col(Lead.id) == col(event.lead_id))
        query = query.where(func.coalesce(col(Deal.category), col(Lead.category)).in_(sorted(selection.categories)))
    return query


def _by_kind(found: Mapping[EventKind, tuple[int, ...]]) -> dict[EventKind, tuple[int, ...]]:
    """In the order of the kinds; calls even where none is booked."""
    return {each: found.get(each, (0,) * len(WINDOWS)) for each in CUSTOMER_KINDS if each in found or each is EventKind.CALL}


def _waiting(scope: Scope, selection: Selection, today: date) -> Select[Any]:
    """Proposals by age and what they are worth, then the lists overdue and due soon."""
    proposed, due = col(Deal.proposal_on), col(Deal.partner_list_due_on)
    is_proposal = and_(proposed <= today, col(Deal.agreement_on).is_(None))
    is_list = and_(due.is_not(None), col(Deal.partner_list_sent_on).is_(None))
    age = literal(today, Date) - proposed
    counts = [
        *(func.count().filter(is_proposal, age >= first, age <= (last or age)) for first, last in AGE_BANDS),
        func.coalesce(func.sum(col(Deal.amount_minor)).filter(is_proposal), 0),
        func.count().filter(is_list, due < today),
        func.count().filter(is_list, due >= today, due < today + timedelta(days=SOON_DAYS)),
    ]
    query = _part(WAITING, counts=counts).select_from(Deal)
    return query.where(col(Deal.status) == DealStatus.OPEN, living(scope, selection, today))


def _due_lists(scope: Scope, selection: Selection, today: date) -> Select[Any]:
    due, agent = col(Deal.partner_list_due_on), aliased(Person)
    first = (
        select(col(Deal.id), col(Deal.name), func.coalesce(col(agent.name), "").label("agent_name"), due)
        .outerjoin(agent, col(agent.id) == col(Deal.agent_id))
        .where(
            due < today + timedelta(days=SOON_DAYS),
            col(Deal.partner_list_sent_on).is_(None),
            col(Deal.status) == DealStatus.OPEN,
            living(scope, selection, today),
        )
        .order_by(due, col(Deal.id))
        .limit(MOST_LISTS)
        .subquery()
    )
    return _part(LIST, words=first.c.name, deal=(first.c.id, first.c.agent_name, first.c.partner_list_due_on))


def _due_list(row: Sequence[Any]) -> DueList:
    name, _, deal_id, agent_name, due_on = row
    return DueList(deal_id=deal_id, name=name, agent_name=agent_name, due_on=due_on)


def living(scope: Scope, selection: Selection, today: date) -> ColumnElement[bool]:
    """The deals whose agent the viewer looks after today, narrowed to people and categories; the days of the selection are not theirs."""
    narrowed = [_of_people(col(Deal.agent_id), scope, selection, today)]
    if selection.categories:
        narrowed.append(col(Deal.category).in_(sorted(selection.categories)))
    return and_(*narrowed)


def _of_people(agent: AgentColumn, scope: Scope, selection: Selection, today: date) -> ColumnElement[bool]:
    conditions = [looked_after(agent, scope, today)]
    if selection.agent_ids:
        conditions.append(agent.in_(sorted(selection.agent_ids)))
    if selection.team_ids:
        conditions.append(on_team(agent, literal(today, Date), selection.team_ids))
    return and_(*conditions)
