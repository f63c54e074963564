"""Stored patterns, and who wants them looked for in their own work."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import StoredPattern, TeamMembership, TrackingConsent
from data.queries.membership import belongs_on
from domain.access import Scope
from domain.records import Role

GONE_FOR: Final = timedelta(days=28)
"""So long it is still said that a pattern is over."""


def of_agent(session: Session, scope: Scope, agent_id: int, today: date) -> list[StoredPattern]:
    """Those of the agent's team, where the viewer may see the team; the agent's own for nobody but themselves."""
    team = select(col(TeamMembership.team_id)).where(col(TeamMembership.person_id) == agent_id, belongs_on(today))
    own = col(StoredPattern.person_id) == agent_id if agent_id == scope.viewer_id else false()
    teams = col(StoredPattern.team_id).in_(team)
    return _stored(session, or_(own, teams if agent_id == scope.viewer_id else and_(teams, _managed(scope))), today)


def of_teams(session: Session, scope: Scope, team_ids: Collection[int], today: date) -> list[StoredPattern]:
    """Those of the teams the viewer manages, all for an admin; only of these teams where some are named."""
    chosen = col(StoredPattern.team_id).in_(sorted(team_ids)) if team_ids else true()
    return _stored(session, and_(col(StoredPattern.team_id).is_not(None), _managed(scope), chosen), today)


def first_seen(session: Session, day: date) -> list[StoredPattern]:
    """Those found on the day for the first time ever."""
    wanted = (col(StoredPattern.first_seen_on) == day, col(StoredPattern.gone_on).is_(None), col(StoredPattern.segment) != "")
    return list(session.scalars(select(StoredPattern).where(*wanted).order_by(col(StoredPattern.id))))


def consenting(session: Session, purpose: str) -> set[int]:
    """Who wants it now."""
    given = (col(TrackingConsent.purpose) == purpose, col(TrackingConsent.withdrawn_at).is_(None))
    return set(session.scalars(select(col(TrackingConsent.person_id)).where(*given)))


def _managed(scope: Scope) -> ColumnElement[bool]:
    return true() if scope.role is Role.ADMIN else col(StoredPattern.team_id).in_(sorted(scope.team_ids))


def _stored(session: Session, whose: ColumnElement[bool], today: date) -> list[StoredPattern]:
    lately = or_(col(StoredPattern.gone_on).is_(None), col(StoredPattern.gone_on) > today - GONE_FOR)
    return list(session.scalars(select(StoredPattern).where(whose, lately).order_by(col(StoredPattern.id))))
