"""What needs doing now in the viewer's teams, and doing something about it: silence, assign, comment.

Managers see and deal with the alerts of teams they manage, admins with all of them; agents have none. A program may read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlalchemy.orm import Session

from data.models import Alert
from data.queries import alerts as queries
from data.queries import choices
from data.queries.alerts import AlertFilter
from data.writes import alerts as writes
from domain.alerts.lifecycle import AlertState
from domain.alerts.log import Happening
from domain.errors import AccessError, ConflictError, NotFoundError
from domain.records import Role
from services.access import Viewer, require_role
from services.inputs import storable, validated

AlertShown: TypeAlias = queries.AlertShown
LogEntry: TypeAlias = queries.LogEntry
Deed: TypeAlias = Callable[[Session, Viewer], None]
"""Something somebody does about an alert."""
GONE: Final = "There is no such alert in the teams you look after."
OVER: Final = "This alert is over meanwhile. There is nothing to silence or to assign any more."
NOT_OF_IT: Final = "Alerts are taken on by a manager of the team or an administrator."
AGENTS_NONE: Final = "Alerts are for those who look after a team."
MOST: Final = 200
"""Alerts that are not over: more are a list nobody works through."""
PAST: Final = 30
"""Of those that are over, the latest: some weeks of a team."""
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(storable)]


class Silence(StrEnum):
    """For how long an alert may be silenced; for good it cannot."""

    HOURS = "hours"
    DAY = "day"
    WEEK = "week"


SILENT_FOR: Final = MappingProxyType({Silence.HOURS: timedelta(hours=4), Silence.DAY: timedelta(days=1), Silence.WEEK: timedelta(days=7)})


class Comment(BaseModel):
    """What somebody says about an alert."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertBoard:
    """The alerts of the viewer's teams, or of one of them."""

    firing: tuple[AlertShown, ...]
    """The most pressing first, without the silenced."""
    silenced: tuple[AlertShown, ...]
    pending: tuple[AlertShown, ...]
    """Seen once; they fire when they are seen again."""
    past: tuple[AlertShown, ...]
    """Over, the latest first."""
    teams: MappingProxyType[int, str]
    """All teams the viewer looks after."""


def board(session: Session, viewer: Viewer, now: datetime, *, team_id: int | None = None) -> AlertBoard:
    """What fires, is silenced, is about to fire, and was; raises AccessError for agents."""
    living = alerts(session, viewer, frozenset({AlertState.PENDING, AlertState.FIRING}), team_id=team_id, limit=MOST)
    firing = [each for each in living if each.state is AlertState.FIRING]
    return AlertBoard(
        firing=tuple(each for each in firing if not each.is_silenced(now)),
        silenced=tuple(each for each in firing if each.is_silenced(now)),
        pending=tuple(each for each in living if each.state is AlertState.PENDING),
        past=tuple(alerts(session, viewer, frozenset({AlertState.RESOLVED}), team_id=team_id, limit=PAST)),
        teams=MappingProxyType(teams(session, viewer)),
    )


def alerts(session: Session, viewer: Viewer, states: frozenset[AlertState], *, team_id: int | None, limit: int) -> Sequence[AlertShown]:
    """The alerts in these states of the viewer's teams, or of one of them; raises AccessError for agents."""
    if viewer.role is Role.AGENT:
        raise AccessError(AGENTS_NONE)
    return queries.alerts(session, viewer.scope, AlertFilter(states=states, team_id=team_id), limit)


def teams(session: Session, viewer: Viewer) -> dict[int, str]:
    """The teams whose alerts are the viewer's to see: names by id."""
    return choices.teams_in_scope(session, viewer.scope)


def alert_with_log(session: Session, viewer: Viewer, alert_id: int) -> tuple[AlertShown, Sequence[LogEntry]]:
    """One alert and what happened to it, the latest first; raises NotFoundError."""
    found = queries.alert(session, viewer.scope, alert_id)
    if found is None:
        raise NotFoundError(GONE)
    return found, queries.log(session, alert_id)


def silence(session: Session, viewer: Viewer, alert_id: int, span: Silence | None, now: datetime) -> None:
    """Tell nobody about an alert for a while, or let it speak again; raises NotFoundError, and ConflictError once it is over."""
    row = _changeable(session, viewer, alert_id)
    row.silenced_until = now + SILENT_FOR[span] if span else None
    writes.note(session, row, Happening.SILENCED if span else Happening.SPOKEN, now, person_id=viewer.person_id, words=span or "")


def assign(session: Session, viewer: Viewer, alert_id: int, person_id: int | None, now: datetime) -> None:
    """Say who takes it on, or that nobody does; what somebody has taken on is not told again. Raises as `silence`.

    AccessError for anybody who does not look after the team.
    """
    row = _changeable(session, viewer, alert_id)
    able = queries.able_to_take(session, row.team_id)
    if person_id is not None and person_id not in able:
        raise AccessError(NOT_OF_IT)
    if row.assignee_id == person_id:
        return
    row.assignee_id = person_id
    what, name = (Happening.ASSIGNED, able[person_id]) if person_id is not None else (Happening.UNASSIGNED, "")
    writes.note(session, row, what, now, person_id=viewer.person_id, words=name)


def comment(session: Session, viewer: Viewer, alert_id: int, note: str, now: datetime) -> None:
    """Say something about an alert, over or not; InputError for no words or too many."""
    said = validated(Comment, {"note": note})
    writes.note(session, _locked(session, viewer, alert_id), Happening.COMMENTED, now, person_id=viewer.person_id, words=said.note)


def able_to_take(session: Session, viewer: Viewer, alert_id: int) -> dict[int, str]:
    """Who may take an alert on, names by id; raises NotFoundError."""
    found, _ = alert_with_log(session, viewer, alert_id)
    return queries.able_to_take(session, found.team_id)


def _changeable(session: Session, viewer: Viewer, alert_id: int) -> Alert:
    row = _locked(session, viewer, alert_id)
    if row.state is AlertState.RESOLVED:
        raise ConflictError(OVER)
    return row


def _locked(session: Session, viewer: Viewer, alert_id: int) -> Alert:
    require_role(viewer, {Role.MANAGER, Role.ADMIN})
    row = queries.locked(session, viewer.scope, alert_id)
    if row is None:
        raise NotFoundError(GONE)
    return row
