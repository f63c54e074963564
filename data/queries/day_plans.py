"""The plan of a day as it was made, and what became of each must-do, read from the facts of that day."""

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, DateTime, Integer, Row, Select, and_, case, cast, func, literal, or_, select, true
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, CalendarEvent, DayPlan, Deal, MustDo
from data.models.daily_metrics import daily_metrics
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.daily_plan import MustDoKind
from domain.coaching.kept_plan import KeptMustDo, KeptPlan
from domain.coaching.odds import PROSPECTING_KEYS
from domain.periods import Period
from domain.records import TALKS, WORK_TYPES, EventStatus

_WORK: Final = (
    select(col(Activity.id).label("activity_id"), col(Activity.occurred_at).label("worked_at"))
    .where(
        col(Activity.agent_id) == col(MustDo.agent_id),
        col(Activity.local_on) == col(MustDo.day),
        # A local day lies within a day of the UTC day of the same date: without a moment the index on the agent's days does not serve.
        col(Activity.occurred_at) >= func.timezone("UTC", cast(col(MustDo.day), DateTime)) - timedelta(days=1),
        col(Activity.occurred_at) < func.timezone("UTC", cast(col(MustDo.day), DateTime)) + timedelta(days=2),
        col(Activity.type).in_(WORK_TYPES),
        or_(
            col(Activity.lead_id) == col(MustDo.lead_id),
            col(Activity.deal_id) == col(MustDo.deal_id),
            col(Activity.lead_id) == col(Deal.lead_id),
        ),
        col(MustDo.kind) != MustDoKind.APPOINTMENT,
        # A mail does not do a call that was planned.
        or_(col(MustDo.kind) != MustDoKind.FOLLOW_UP, col(Activity.type).in_(TALKS)),
    )
    .order_by(col(Activity.occurred_at), col(Activity.id))
    .limit(1)
    .correlate(MustDo, Deal)
    .lateral("work")
)
_METRIC: Final = col(MustDo.evidence)["metric"].astext
_COUNT: Final = case({key: daily_metrics.c[key] for key in PROSPECTING_KEYS}, value=_METRIC, else_=0)
_SO_FAR: Final = (
    select(func.coalesce(func.sum(_COUNT), 0))
    .where(daily_metrics.c.agent_id == col(MustDo.agent_id), daily_metrics.c.day == col(MustDo.day), _METRIC.is_not(None))
    .scalar_subquery()
)
_OVER: Final = and_(col(CalendarEvent.id).is_not(None), col(CalendarEvent.status) != EventStatus.PLANNED)
_KEPT: Final = tuple(
    col(getattr(MustDo, name))
    for name in ("id", "position", "kind", "key", "title", "reason", "evidence", "minutes", "lead_id", "deal_id", "event_id", "goal_id")
) + tuple(col(getattr(MustDo, name)) for name in ("ticked_at", "put_off_at", "put_off_reason"))
_FACTS: Final = (
    _WORK.c.activity_id,
    _WORK.c.worked_at,
    func.coalesce(_OVER, literal(value=False)).label("is_over"),
    cast(_SO_FAR, Integer).label("done_of_asked"),
)


def plan_of(session: Session, scope: Scope, agent_id: int, day: date) -> KeptPlan | None:
    """The plan of the agent's day with what became of it, or None where none was made or the viewer may not see the day."""
    query = _with_facts(select(col(DayPlan.made_at), col(DayPlan.is_day_off), *_KEPT, *_FACTS))
    rows = session.execute(query.where(*_of(scope, agent_id, day)).order_by(col(MustDo.position))).all()
    if not rows:
        return None
    return KeptPlan(
        made_at=rows[0].made_at, is_day_off=rows[0].is_day_off, must_dos=tuple(_must_do(row) for row in rows if row.id is not None)
    )


def kept_days(session: Session, scope: Scope, agent_id: int, days: Period) -> dict[date, tuple[int, int]]:
    """How many must-dos were done, of how many, for each day of the period on which there were any; those put off are not asked for."""
    query = _with_facts(select(col(DayPlan.day), *_KEPT, *_FACTS))
    wanted = (col(DayPlan.agent_id) == agent_id, col(DayPlan.day) >= days.start, col(DayPlan.day) < days.end)
    seen = visible(col(DayPlan.agent_id), col(DayPlan.day), scope)
    found: dict[date, tuple[int, int]] = {}
    for row in session.execute(query.where(*wanted, seen, col(MustDo.id).is_not(None)).order_by(col(DayPlan.day))):
        one = _must_do(row)
        done, asked = found.get(row.day, (0, 0))
        found[row.day] = (done + one.is_done, asked + (one.put_off_at is None or one.is_done))
    return found


def _with_facts(query: Select[Any]) -> Select[Any]:
    """A plan without must-dos is one row without any."""
    same = and_(col(MustDo.agent_id) == col(DayPlan.agent_id), col(MustDo.day) == col(DayPlan.day))
    joined = query.select_from(DayPlan).outerjoin(MustDo, same).outerjoin(CalendarEvent, col(CalendarEvent.id) == col(MustDo.event_id))
    return joined.outerjoin(Deal, col(Deal.id) == col(MustDo.deal_id)).outerjoin(_WORK, true())


def _of(scope: Scope, agent_id: int, day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DayPlan.agent_id) == agent_id,
        col(DayPlan.day) == day,
        visible(col(DayPlan.agent_id), col(DayPlan.day), scope),
    )


def _must_do(row: Row[*tuple[Any, ...]]) -> KeptMustDo:
    names = KeptMustDo.__dataclass_fields__
    return KeptMustDo(**{name: getattr(row, name) for name in names})
