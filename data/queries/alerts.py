"""Alerts within a viewer's scope: an admin reads all, a manager those of the teams they manage now, an agent none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, false, or_, select, true
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import Alert, AlertEntry, AlertSetting, Person, Team, TeamManager
from domain.access import Scope
from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState, Ending
from domain.alerts.log import Happening
from domain.records import Role

_AGENT: Final = aliased(Person)
_ASSIGNEE: Final = aliased(Person)
_PRESSING: Final = case({priority: place for place, priority in enumerate(Priority)}, value=col(Alert.priority))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertShown:
    """An alert as those who look after the team see it."""

    id: int
    rule: AlertRule
    priority: Priority
    team_id: int
    team: str
    agent_id: int | None
    agent: str | None
    state: AlertState
    count: int
    sentence: str
    evidence: str
    noticed_at: datetime
    fired_at: datetime | None
    resolved_at: datetime | None
    ending: Ending | None
    silenced_until: datetime | None
    assignee_id: int | None
    assignee: str | None

    def is_silenced(self, now: datetime) -> bool:
        """Whether it is not to be told at the moment."""
        return self.silenced_until is not None and now < self.silenced_until


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One thing that happened to an alert."""

    what: Happening
    person: str | None
    """Who did it; None for what the product found, and for who is not known any more."""
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFilter:
    """What a list of alerts is narrowed to."""

    states: frozenset[AlertState]
    team_id: int | None = None


def within(scope: Scope) -> ColumnElement[bool]:
    """Whether an alert is the viewer's to see and to deal with."""
    match scope.role:
        case Role.ADMIN:
            return true()
        case Role.MANAGER:
            return col(Alert.team_id).in_(sorted(scope.team_ids))
        case Role.AGENT:
            return false()
    return false()


def alerts(session: Session, scope: Scope, wanted: AlertFilter, limit: int) -> list[AlertShown]:
    """The alerts, what is not over first and the most pressing of it on top; what is over, the latest first."""
    query = _shown().where(within(scope), col(Alert.state).in_(sorted(wanted.states)))
    if wanted.team_id is not None:
        query = query.where(col(Alert.team_id) == wanted.team_id)
    order = (col(Alert.resolved_at).desc().nulls_first(), _PRESSING, col(Alert.noticed_at), col(Alert.id))
    return [_read(row) for row in session.execute(query.order_by(*order).limit(limit))]


def alert(session: Session, scope: Scope, alert_id: int) -> AlertShown | None:
    """One alert within the scope."""
    row = session.execute(_shown().where(col(Alert.id) == alert_id, within(scope))).one_or_none()
    return _read(row) if row else None


def locked(session: Session, scope: Scope, alert_id: int) -> Alert | None:
    """The same to be changed, held against others."""
    return session.scalar(select(Alert).where(col(Alert.id) == alert_id, within(scope)).with_for_update())


def log(session: Session, alert_id: int) -> list[LogEntry]:
    """What happened to an alert, the latest first; the caller has seen that it is the viewer's."""
    query = select(AlertEntry, col(Person.name)).join(Person, col(Person.id) == col(AlertEntry.person_id), isouter=True)
    rows = session.execute(query.where(col(AlertEntry.alert_id) == alert_id).order_by(col(AlertEntry.id).desc()))
    return [LogEntry(what=row.what, person=name, note=row.note, at=row.at) for row, name in rows]


def open_of(session: Session, team_id: int) -> list[Alert]:
    """A team's alerts that are not over, to be changed."""
    open_ones = (col(Alert.team_id) == team_id, col(Alert.state) != AlertState.RESOLVED)
    return list(session.scalars(select(Alert).where(*open_ones).order_by(col(Alert.id)).with_for_update()))


def untold_ends(session: Session, team_id: int) -> list[Alert]:
    """A team's alerts that were told as firing and are over, which nobody was told yet."""
    over = (col(Alert.state) == AlertState.RESOLVED, col(Alert.told_at).is_not(None), col(Alert.end_told_at).is_(None))
    return list(session.scalars(select(Alert).where(col(Alert.team_id) == team_id, *over).order_by(col(Alert.id)).with_for_update()))


def able_to_take(session: Session, team_id: int) -> dict[int, str]:
    """The team's managers and the administrators who can sign in: names by id, in alphabetical order."""
    manages = exists().where(col(TeamManager.person_id) == col(Person.id), col(TeamManager.team_id) == team_id)
    looks_after = or_(col(Person.role) == Role.ADMIN, and_(col(Person.role) == Role.MANAGER, manages))
    query = select(col(Person.id), col(Person.name)).where(col(Person.active), looks_after).order_by(col(Person.name), col(Person.id))
    return {row.id: row.name for row in session.execute(query)}


def settings(session: Session, team_ids: Collection[int]) -> dict[int, AlertSetting]:
    """What teams set, by team; those that never did are not in it."""
    rows = session.scalars(select(AlertSetting).where(col(AlertSetting.team_id).in_(sorted(team_ids))))
    return {row.team_id: row for row in rows}


def _shown() -> Select[*tuple[Any, ...]]:
    return (
        select(Alert, col(Team.name), col(_AGENT.name), col(_ASSIGNEE.name))
        .join(Team, col(Team.id) == col(Alert.team_id))
        .join(_AGENT, col(_AGENT.id) == col(Alert.agent_id), isouter=True)
        .join(_ASSIGNEE, col(_ASSIGNEE.id) == col(Alert.assignee_id), isouter=True)
    )


def _read(row: Row[*tuple[Any, ...]]) -> AlertShown:
    found, team, agent, assignee = row
    return AlertShown(
        id=found.id or 0,
        rule=found.rule,
        priority=found.priority,
        team_id=found.team_id,
        team=team,
        agent_id=found.agent_id,
        agent=agent,
        state=found.state,
        count=found.count,
        sentence=found.sentence,
        evidence=found.evidence,
        noticed_at=found.noticed_at,
        fired_at=found.fired_at,
        resolved_at=found.resolved_at,
        ending=found.ending,
        silenced_until=found.silenced_until,
        assignee_id=found.assignee_id,
        assignee=assignee,
    )
