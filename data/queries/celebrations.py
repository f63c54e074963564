"""What was just done and could be celebrated, with what came before it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Celebration, Deal, Person, TeamMembership
from data.models.daily_metrics import daily_metrics
from data.queries.membership import belongs_on, team_on
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.celebration import Best, Rung
from domain.records import WORK_TYPES, ActivityType, DealStatus, Outcome

DAYS: Final = timedelta(days=30)
WEEK: Final = timedelta(days=7)
YEAR: Final = timedelta(days=365)
FEWEST_MATES: Final = 5
"""With fewer others a record of the team would tell what one of them did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityEvent:
    """An activity as the ladder needs it."""

    id: int
    agent_id: int
    day: date
    type: ActivityType
    place_of_type: int
    """The how-many-th of its type on the day it was stored as."""
    place: int
    """The how-many-th of all work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealEvent:
    """A won deal as the ladder needs it."""

    id: int
    agent_id: int
    day: date
    amount_minor: int | None
    close_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bests:
    """The highest values before an event, None where nothing can be compared."""

    team: Best | None = None
    own: Best | None = None
    own_week: Best | None = None
    fastest: Best | None = None
    deals_this_year: int = 0
    """With the event's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A celebration as it is kept."""

    id: int
    agent_id: int
    event: str
    rung: Rung
    reason: str


def just_done(session: Session, agent_id: int, today: date, since: datetime, limit: int) -> list[int]:
    """The agent's activities of today stored since the moment, oldest first, the latest of them."""
    wanted = (col(Activity.agent_id) == agent_id, col(Activity.local_on) == today, col(Activity.created_at) >= since)
    near = col(Activity.occurred_at) >= since - timedelta(days=2)
    query = select(col(Activity.id)).where(*wanted, near, _counts()).order_by(col(Activity.id).desc()).limit(limit)
    return sorted(found for found in session.scalars(query) if found is not None)


def just_won(session: Session, agent_id: int, today: date, since: datetime, limit: int) -> list[int]:
    """The agent's deals won today and touched since the moment."""
    wanted = (col(Deal.agent_id) == agent_id, col(Deal.closed_on) == today, col(Deal.status) == DealStatus.WON)
    query = select(col(Deal.id)).where(*wanted, col(Deal.updated_at) >= since).order_by(col(Deal.id).desc()).limit(limit)
    return sorted(found for found in session.scalars(query) if found is not None)


def won_since(session: Session, day: date) -> list[int]:
    """Everybody's deals won from the day on, in the order they were closed."""
    wanted = (col(Deal.status) == DealStatus.WON, col(Deal.closed_on) >= day, col(Deal.agent_id).is_not(None))
    return [found for found in session.scalars(select(col(Deal.id)).where(*wanted).order_by(col(Deal.closed_on), col(Deal.id))) if found]


def activity_event(session: Session, scope: Scope, activity_id: int) -> ActivityEvent | None:
    """The activity, if it is work and the viewer may see it."""
    row = Activity
    seen = visible(col(row.agent_id), col(row.local_on), scope)
    found = session.scalars(select(row).where(col(row.id) == activity_id, seen, _counts())).one_or_none()
    if found is None:
        return None
    around = (col(row.occurred_at) >= found.occurred_at - timedelta(days=2), col(row.occurred_at) <= found.occurred_at + timedelta(days=2))
    same_day = (col(row.agent_id) == found.agent_id, col(row.local_on) == found.local_on, col(row.id) <= activity_id, *around, _counts())
    of_type = func.count().filter(col(row.type) == found.type)
    place_of_type, place = session.execute(select(of_type, func.count()).where(*same_day)).one()
    return ActivityEvent(
        id=activity_id,
        agent_id=found.agent_id,
        day=found.local_on,
        type=found.type,
        place_of_type=place_of_type,
        place=place,
    )


def deal_event(session: Session, scope: Scope, deal_id: int) -> DealEvent | None:
    """The deal, if it is won and the viewer may see it."""
    seen = visible(col(Deal.agent_id), col(Deal.closed_on), scope)
    wanted = (col(Deal.id) == deal_id, col(Deal.status) == DealStatus.WON, col(Deal.agent_id).is_not(None), seen)
    row = session.scalars(select(Deal).where(*wanted)).one_or_none()
    if row is None or row.closed_on is None or row.agent_id is None:
        return None
    days = (row.closed_on - row.created_on).days if row.created_on else None
    return DealEvent(id=deal_id, agent_id=row.agent_id, day=row.closed_on, amount_minor=row.amount_minor, close_days=days)


def bests_of_days(session: Session, agent_id: int, day: date, counter: str) -> Bests:
    """The most of a counter on a day within thirty days: the team's, the agent's own, and of seven days."""
    columns = daily_metrics.c
    mates = _mates(session, agent_id, day)
    count = func.sum(columns[counter]).label("count")
    wanted = (columns.agent_id.in_(sorted({agent_id, *mates})), columns.day > day - DAYS, columns.day <= day)
    days = (
        select(columns.agent_id, columns.day, count).where(*wanted, columns[counter] > 0).group_by(columns.agent_id, columns.day).subquery()
    )
    before = days.c.day < day
    own = (days.c.agent_id == agent_id) & before
    week = own & (days.c.day >= day - WEEK)
    other = before | (days.c.agent_id != agent_id)
    values = [value for part in (other, own, week) for value in (func.max(days.c.count).filter(part), func.count().filter(part))]
    team, team_days, own_best, own_days, week_best, week_days = tuple(session.execute(select(*values)).one())
    return Bests(team=_best(team, team_days) if mates else None, own=_best(own_best, own_days), own_week=_best(week_best, week_days))


def bests_of_deals(session: Session, event: DealEvent) -> Bests:
    """The largest and the fastest sales before the deal, and how many the year has with it."""
    mates = _mates(session, event.agent_id, event.day)
    closed, amount, own = col(Deal.closed_on), col(Deal.amount_minor), col(Deal.agent_id) == event.agent_id
    wanted = (col(Deal.agent_id).in_(sorted({event.agent_id, *mates})), col(Deal.status) == DealStatus.WON, col(Deal.id) != event.id)
    lately = closed > event.day - DAYS
    took = closed - col(Deal.created_on)
    dated = own & col(Deal.created_on).is_not(None)
    is_before = (closed < event.day) | (col(Deal.id) < event.id)  # two closed on one day: the one stored first was first
    this_year = own & (closed >= event.day.replace(month=1, day=1)) & is_before
    parts = (lately, own & lately, own & (closed > event.day - WEEK))
    values = [value for part in parts for value in (func.max(amount).filter(part), func.count(amount).filter(part))]
    query = select(*values, func.min(took).filter(dated), func.count().filter(dated), func.count().filter(this_year))
    found = tuple(session.execute(query.where(*wanted, closed > event.day - YEAR, closed <= event.day)).one())
    team, team_deals, own_best, own_deals, week, week_deals, fastest, dated_deals, year = found
    return Bests(
        team=_best(team, team_deals) if mates else None,
        own=_best(own_best, own_deals),
        own_week=_best(week, week_deals),
        fastest=_best(fastest, dated_deals),
        deals_this_year=year + 1,
    )


def stored(session: Session, agent_id: int, event: str) -> Stored | None:
    """The celebration of an event, if there is one."""
    wanted = (col(Celebration.agent_id) == agent_id, col(Celebration.event) == event)
    row = session.scalars(select(Celebration).where(*wanted)).one_or_none()
    return as_stored(row) if row else None


def as_stored(row: Celebration) -> Stored:
    """The row as a value."""
    return Stored(id=row.id or 0, agent_id=row.agent_id, event=row.event, rung=row.rung, reason=row.reason)


def _mates(session: Session, agent_id: int, day: date) -> Collection[int]:
    """The active others of the agent's team of the day; nobody where they are too few."""
    team_id = team_on(session, agent_id, day)
    if team_id is None:
        return ()
    member = col(TeamMembership.person_id)
    query = select(member).join(Person, col(Person.id) == member).where(col(TeamMembership.team_id) == team_id, belongs_on(day))
    mates = list(session.scalars(query.where(col(Person.active), member != agent_id)))
    return mates if len(mates) >= FEWEST_MATES else ()


def _best(value: int | None, of: int) -> Best | None:
    return Best(value=int(value), of=of) if value is not None else None


def _counts() -> ColumnElement[bool]:
    """Work that took place."""
    outcome = col(Activity.outcome)
    took_place = outcome.is_(None) | outcome.not_in([Outcome.NO_SHOW, Outcome.CANCELLED])
    return col(Activity.type).in_(sorted(WORK_TYPES)) & took_place
