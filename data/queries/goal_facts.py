"""What goals are reckoned from beside an agent's own sums: who does the same work, what sales brought, and how long deals live."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Organisation, Person, Team, TeamMembership
from data.models.daily_metrics import daily_metrics
from data.queries.membership import belongs_on
from data.queries.pipeline import looked_after
from data.queries.scope import visible, within_reach
from domain.access import Scope
from domain.periods import Period
from domain.records import DealStatus, Profile

MOST_SALES: Final = 200
"""The newest sales say what one brings now."""
MOST_LIVES: Final = 5_000
"""The newest deals of the company: enough for every age, and few enough to read for one screen."""
MOST_OPEN: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """When a deal began and how it ended; still open without an end."""

    created_on: date
    closed_on: date | None
    is_won: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSale:
    """A deal that may still be won."""

    created_on: date
    amount_minor: int | None


def business_of(session: Session, agent_id: int, on: date) -> tuple[int | None, Profile]:
    """The team the agent is on that day and its kind of business; without a team the organisation's."""
    member = select(col(Team.id), col(Team.profile)).join(TeamMembership, col(TeamMembership.team_id) == col(Team.id))
    row = session.execute(member.where(col(TeamMembership.person_id) == agent_id, belongs_on(on))).one_or_none()
    if row is not None:
        return row.id, row.profile
    return None, session.scalar(select(col(Organisation.profile))) or Profile.REAL_ESTATE


def colleagues_on(
    session: Session, agent_id: int, on: date, *, team_id: int | None = None, profile: Profile | None = None
) -> frozenset[int]:
    """The active people who are on a team that day, without the agent: of one team, or of one kind of business."""
    query = select(col(TeamMembership.person_id)).join(Person, col(Person.id) == col(TeamMembership.person_id))
    wanted: list[Any] = [belongs_on(on), col(Person.active), col(Person.id) != agent_id]
    if team_id is not None:
        wanted.append(col(TeamMembership.team_id) == team_id)
    if profile is not None:
        query = query.join(Team, col(Team.id) == col(TeamMembership.team_id))
        wanted.append(col(Team.profile) == profile)
    return frozenset(session.scalars(query.where(*wanted)))


def won_amounts(session: Session, scope: Scope, agent_ids: Collection[int], since: date) -> list[int]:
    """What the newest won deals of these people brought; those of unknown amount are left out."""
    won = (col(Deal.status) == DealStatus.WON, col(Deal.closed_on) >= since, col(Deal.amount_minor) > 0)
    seen = (within_reach(col(Deal.agent_id), scope), visible(col(Deal.agent_id), col(Deal.closed_on), scope))
    query = select(col(Deal.amount_minor)).where(*won, *seen, col(Deal.agent_id).in_(sorted(agent_ids)))
    return [amount for amount in session.scalars(query.order_by(col(Deal.closed_on).desc()).limit(MOST_SALES)) if amount is not None]


def lives(session: Session, before: date) -> list[Life]:
    """The company's newest deals of which the beginning is known; sums are made of them, single ones are shown to nobody."""
    query = select(col(Deal.created_on), col(Deal.closed_on), col(Deal.status)).where(col(Deal.created_on) < before)
    rows = session.execute(query.order_by(col(Deal.id).desc()).limit(MOST_LIVES))
    return [Life(created_on=row.created_on, closed_on=row.closed_on, is_won=row.status is DealStatus.WON) for row in rows]


def open_sales(session: Session, scope: Scope, agent_id: int, today: date) -> list[OpenSale]:
    """The agent's open deals, if the viewer looks after the agent; those that began on an unknown day are left out."""
    wanted = (col(Deal.agent_id) == agent_id, col(Deal.status) == DealStatus.OPEN, col(Deal.created_on) <= today)
    query = select(col(Deal.created_on), col(Deal.amount_minor)).where(*wanted, looked_after(col(Deal.agent_id), scope, today))
    rows = session.execute(query.order_by(col(Deal.id).desc()).limit(MOST_OPEN))
    return [OpenSale(created_on=row.created_on, amount_minor=row.amount_minor) for row in rows]


def everybody_by_day(session: Session, counter: str, days: Period) -> dict[date, int]:
    """One counter of the whole company by day: a sum that says how a season goes, and nothing of anybody."""
    day = daily_metrics.c.day
    query = select(day, func.sum(daily_metrics.c[counter])).where(day >= days.start, day < days.end).group_by(day)
    return {on: int(count) for on, count in session.execute(query)}
