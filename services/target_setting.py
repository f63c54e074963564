"""Setting targets: who may ask whom for what, from which day on; what was asked before stays in the history.

Admins ask everybody, any team and any agent; managers the teams they manage and the agents on them today; agents nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.queries import agents, choices
from data.queries import targets as queries
from data.writes import targets as writes
from domain.access import Selection
from domain.errors import InputError, NotFoundError
from domain.goals.target import BOUNDS, checked_target
from domain.local_time import local_time
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Direction, Metric
from domain.metrics.pace import Aim
from domain.periods import Grain, containing
from domain.records import Role
from domain.targets import ramp
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.roster import currency_of, roster
from services.saving import save
from services.targets import aims_by_period

TargetEntry: TypeAlias = queries.TargetEntry
TargetPlace: TypeAlias = writes.TargetPlace
FURTHEST_AHEAD: Final = timedelta(days=366)
"""Next year's targets are set this year; a later day is a slip of the keyboard."""
NOT_YOURS: Final = "There is no such team or agent among those you look after."
ASKABLE: Final[Mapping[str, Metric]] = MappingProxyType(
    {key: each for key, each in METRICS.items() if each.unit in BOUNDS and each.direction is not Direction.NEUTRAL}
)
"""The metrics that can be good or bad news and are measured in something people can name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetBoard:
    """What is, was and will be asked of those the viewer looks after."""

    now: tuple[TargetEntry, ...]
    other: tuple[TargetEntry, ...]
    """Over, or yet to begin."""
    teams: Mapping[int, str]
    agents: Mapping[int, str]
    """Whom the viewer may ask, names by id."""
    may_ask_everybody: bool
    currency: str

    def asked(self, place: TargetPlace) -> TargetEntry | None:
        """What is asked there now."""
        return next((each for each in self.now if _place(each) == place), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A target to be asked for from a day on; none at all ends what is asked there."""

    place: TargetPlace
    target: Decimal | None
    from_on: date
    as_ramp: bool = False
    """Whether an agent is led to it in steps over eight weeks."""


def board(session: Session, viewer: Viewer, today: date) -> TargetBoard:
    """The targets of everybody and of the viewer's teams and agents; AccessError for agents."""
    require_role(viewer, {Role.MANAGER, Role.ADMIN})
    teams, people = choices.teams_in_scope(session, viewer.scope), _agents(session, viewer, today)
    found = [each for each in queries.targets_of(session, teams, people) if each.metric_key in METRICS]
    now = [each for each in found if _applies(each, today)]
    return TargetBoard(
        now=tuple(now),
        other=tuple(each for each in found if not _applies(each, today)),
        teams=teams,
        agents=people,
        may_ask_everybody=viewer.role is Role.ADMIN,
        currency=currency_of(session),
    )


def set_target(session: Session, viewer: Viewer, wanted: Wanted, now: datetime) -> None:
    """Ask for the target from its day on, or for nothing. Raises NotFoundError for whom the viewer does not look after, InputError."""
    require_role(viewer, {Role.MANAGER, Role.ADMIN})
    place, today = wanted.place, local_time(now, viewer.time_zone).on
    _require_held(session, viewer, place, today)
    _check_day(wanted.from_on, today)
    metric = _askable(place.metric_key)
    if wanted.target is None:
        if not writes.stop_asking(session, place, wanted.from_on):
            raise InputError(f"Nothing is asked there on {wanted.from_on}.", code="no_target")
    else:
        target = checked_target(metric, wanted.target, currency_of(session))
        for from_on, step in _steps(wanted, metric, target):
            writes.ask(session, place, step, from_on, viewer.author_id)
    save(session)
    _note(session, viewer, wanted, now)


def _steps(wanted: Wanted, metric: Metric, target: Decimal) -> Sequence[tuple[date, Decimal]]:
    if not wanted.as_ramp:
        return [(wanted.from_on, target)]
    if wanted.place.agent_id is None or not metric.prorated:
        raise InputError("A ramp leads one agent to a count or to revenue.", code="no_ramp")
    return ramp(target, wanted.from_on)


def asked_this_month(session: Session, viewer: Viewer, place: TargetPlace, today: date) -> Aim | None:
    """What the metric's targets come to for these people together this month, by their working days."""
    month = containing(today, Grain.MONTH)
    selection = Selection(period=month, team_ids=_only(place.team_id), agent_ids=_only(place.agent_id))
    (found,) = aims_by_period(session, roster(session, viewer.scope, selection, today), place.metric_key, [month], today)
    return found


def earliest(today: date) -> date:
    """The first day a target may be asked from: months that are over stay as they were."""
    return today.replace(day=1)


def _only(key: int | None) -> frozenset[int]:
    return frozenset() if key is None else frozenset({key})


def _agents(session: Session, viewer: Viewer, today: date) -> dict[int, str]:
    offered = choices.people_in_scope(session, viewer.scope)
    there: Sequence[int] = [each.agent_id for each in agents.agents_on(session, viewer.scope, today)]
    return {agent_id: offered[agent_id] for agent_id in there if agent_id in offered}


def _require_held(session: Session, viewer: Viewer, place: TargetPlace, today: date) -> None:
    if place.team_id is not None and place.agent_id is not None:
        raise InputError("A target is for a team or for an agent, not for both.", code="one_scope")
    if place.team_id is not None:
        is_theirs = place.team_id in choices.teams_in_scope(session, viewer.scope)
    elif place.agent_id is not None:
        is_theirs = place.agent_id in _agents(session, viewer, today)
    else:
        is_theirs = viewer.role is Role.ADMIN
    if not is_theirs:
        raise NotFoundError(NOT_YOURS)


def _check_day(from_on: date, today: date) -> None:
    if not earliest(today) <= from_on <= today + FURTHEST_AHEAD:
        raise InputError(
            f"Choose a day from {earliest(today)} to {today + FURTHEST_AHEAD}: months that are over stay as they were asked.",
            code="target_day",
        )


def _askable(key: str) -> Metric:
    if key not in ASKABLE:
        raise InputError(f"“{key[:40]}” cannot have a target.", code="unknown_metric")
    return ASKABLE[key]


def _applies(entry: TargetEntry, today: date) -> bool:
    return entry.from_on <= today and (entry.until_on is None or today < entry.until_on)


def _place(entry: TargetEntry) -> TargetPlace:
    return TargetPlace(metric_key=entry.metric_key, grain=entry.grain, team_id=entry.team_id, agent_id=entry.agent_id)


def _note(session: Session, viewer: Viewer, wanted: Wanted, now: datetime) -> None:
    place = wanted.place
    holder = f"team:{place.team_id}" if place.team_id else f"person:{place.agent_id}" if place.agent_id else "organisation"
    details = {
        "metric": place.metric_key,
        "per": place.grain.value,
        "target": None if wanted.target is None else str(wanted.target),
        "from": wanted.from_on.isoformat(),
        "ramp": wanted.as_ramp,
    }
    audit.record(session, person_id=viewer.author_id, action=Action.TARGET_SET, subject=holder, details=details, at=now)
