"""The deals of a viewer's people as they move: then against now, and from step to step; grouped in the database.

A deal belongs to whoever looks after its agent today, on both days that are compared, so that an account adds up whoever moved teams.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Date, Select, and_, case, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, DealSnapshot, StageChange
from data.queries.pipeline import looked_after
from data.queries.scope import AgentColumn, on_team
from domain.access import Scope, Selection
from domain.pipeline.changes import Flow
from domain.pipeline.conversion import Ending, Spell, Transition
from domain.pipeline.stages import Meaning
from domain.records import DealStatus


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
    alike: tuple[Any, ...] = (
        was.label("was"),
        col(DealSnapshot.stage).label("stage_was"),
        col(Deal.status),
        col(Deal.stage),
        is_new.label("is_new"),
    )
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


def living(scope: Scope, selection: Selection, today: date) -> ColumnElement[bool]:
    """The deals whose agent the viewer looks after today, narrowed to people and categories; the days of the selection are not theirs."""
    narrowed = [of_people(col(Deal.agent_id), scope, selection, today)]
    if selection.categories:
        narrowed.append(col(Deal.category).in_(sorted(selection.categories)))
    return and_(*narrowed)


def of_people(agent: AgentColumn, scope: Scope, selection: Selection, today: date) -> ColumnElement[bool]:
    """Whether the viewer looks after the agent today and chose them."""
    conditions = [looked_after(agent, scope, today)]
    if selection.agent_ids:
        conditions.append(agent.in_(sorted(selection.agent_ids)))
    if selection.team_ids:
        conditions.append(on_team(agent, literal(today, Date), selection.team_ids))
    return and_(*conditions)
