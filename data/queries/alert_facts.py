"""What the rules of alerts look at beyond the daily sums: booked calls, lists past due, and when records arrived."""

from datetime import date, datetime

from sqlalchemy import DateTime, cast, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, CalendarEvent, Deal, Team
from data.queries.pipeline import looked_after
from data.queries.scope import visible, within_reach
from domain.access import Scope
from domain.alerts.promises import NAMED, OverdueLists
from domain.alerts.silence import LOOKED_AT
from domain.periods import Period
from domain.records import DealStatus, EventKind, EventStatus, Profile


def teams(session: Session) -> list[tuple[int, str]]:
    """Every team's id and name."""
    return [(row.id, row.name) for row in session.execute(select(col(Team.id), col(Team.name)).order_by(col(Team.id)))]


def profile(session: Session, team_id: int) -> Profile:
    """The team's kind of business."""
    return session.scalars(select(col(Team.profile)).where(col(Team.id) == team_id)).one()


def booked_calls(session: Session, scope: Scope, days: Period) -> int:
    """Calls that are planned for these days in the calendars of the scope's people."""
    on = col(CalendarEvent.local_on)
    wanted = (
        col(CalendarEvent.kind) == EventKind.CALL,
        col(CalendarEvent.status) == EventStatus.PLANNED,
        on >= days.start,
        on < days.end,
        within_reach(col(CalendarEvent.agent_id), scope),
        visible(col(CalendarEvent.agent_id), on, scope),
    )
    return session.scalar(select(func.count()).select_from(CalendarEvent).where(*wanted)) or 0


def overdue_lists(session: Session, scope: Scope, today: date) -> OverdueLists:
    """Partner lists of the scope's people that were due before today and did not go out, without those of lost deals."""
    due = col(Deal.partner_list_due_on)
    wanted = (
        due < today,
        col(Deal.partner_list_sent_on).is_(None),
        col(Deal.status) != DealStatus.LOST,
        looked_after(col(Deal.agent_id), scope, today),
    )
    query = select(col(Deal.name), due, func.count().over().label("in_all")).where(*wanted).order_by(due, col(Deal.id)).limit(NAMED)
    rows = session.execute(query).all()
    return OverdueLists(count=rows[0].in_all, oldest_on=rows[0][1], names=tuple(row[0] for row in rows)) if rows else OverdueLists()


def arrivals(session: Session, scope: Scope, zone: str, now: datetime) -> list[datetime]:
    """The full hours by the zone's clock, in order, in which an activity of the scope's people was stored in the last weeks."""
    since = now - LOOKED_AT
    hour = cast(func.date_trunc("hour", func.timezone(zone, col(Activity.created_at))), DateTime)
    wanted = (
        col(Activity.created_at) >= since,
        col(Activity.created_at) <= now,
        # Few records are stored later than they are looked at; the index on this column finds them.
        col(Activity.occurred_at) >= since - LOOKED_AT,
        within_reach(col(Activity.agent_id), scope),
        visible(col(Activity.agent_id), col(Activity.local_on), scope),
    )
    return list(session.scalars(select(hour).where(*wanted).distinct().order_by(hour)))
