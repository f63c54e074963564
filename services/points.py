"""Points: what a day is worth by the rule, the ledger that remembers it, and what admins say work is worth."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from data.queries import achievements, own_achievements
from data.queries import points as queries
from data.writes import points as writes
from domain.access import Scope
from domain.coaching.achievements import GrantState
from domain.coaching.points import DEFAULTS_BY_KEY, LARGEST, PointValue, ValueChange, corrections, points_due, values_on
from domain.counters import Counters
from domain.errors import InputError
from domain.local_time import local_time
from domain.periods import Period
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action


def points_by_day(session: Session, scope: Scope, agent_id: int, days: Period, by_day: Mapping[date, Counters]) -> dict[date, int]:
    """What the agent's days are worth by the rule and by what they earned; today is right the moment something counts."""
    changes = queries.value_changes(session)
    worked = {day: sum(points_due(sums, values_on(day, changes)).values()) for day, sums in by_day.items()}
    earned = {day: sum(points.values()) for day, points in earned_points(session, scope, agent_id, days).items()}
    return {day: worked.get(day, 0) + earned.get(day, 0) for day in {*worked, *earned}}


def earned_points(session: Session, scope: Scope, agent_id: int, days: Period) -> dict[date, dict[str, int]]:
    """What achievements of the company's own brought on the days they were earned, by their keys; those under review bring nothing."""
    worth = {each.key: each.points for each in own_achievements.defined(session) if each.points}
    found: dict[date, dict[str, int]] = {}
    for grant in achievements.grants_of(session, scope, agent_id) if worth else ():
        if grant.achievement in worth and grant.state is GrantState.HELD and grant.earned_on in days:
            on = found.setdefault(grant.earned_on, {})
            on[grant.achievement] = on.get(grant.achievement, 0) + worth[grant.achievement]
    return found


def settle(session: Session, agent_id: int, days: Period, by_day: Mapping[date, Counters], now: datetime) -> int:
    """Add to the ledger what these days are worth more or less than it says; settled again it adds nothing. Returns the lines added."""
    changes, kept = queries.value_changes(session), queries.ledger(session, agent_id, days)
    earned = earned_points(session, Scope(viewer_id=agent_id, role=Role.AGENT), agent_id, days)
    missing = {
        day: corrections(points_due(by_day.get(day, Counters()), values_on(day, changes)) | earned.get(day, {}), kept.get(day, {}))
        for day in days
        if day in by_day or day in kept or day in earned
    }
    return writes.add_entries(session, agent_id, missing, now)


def total_before(session: Session, agent_id: int, day: date) -> int:
    """The ledger's points of the agent's days before this one."""
    return queries.total_before(session, agent_id, day)


def values(session: Session, day: date) -> Sequence[PointValue]:
    """What every kind of work is worth on the day."""
    return list(values_on(day, queries.value_changes(session)).values())


def change_value(session: Session, viewer: Viewer, change: ValueChange, now: datetime) -> None:
    """Set what a kind is worth from a day to come; admins only. What is past keeps its points: InputError for a day that has begun."""
    require_role(viewer, {Role.ADMIN})
    if change.key not in DEFAULTS_BY_KEY:
        raise InputError(f"There are no points for “{change.key}”. Choose one of {', '.join(DEFAULTS_BY_KEY)}.")
    if not 0 <= change.points <= change.most <= LARGEST:
        raise InputError(f"Points are whole numbers from 0 up to the most of a day, and that at most {LARGEST}.")
    tomorrow = local_time(now, viewer.time_zone).on + timedelta(days=1)
    if change.from_on < tomorrow:
        raise InputError(f"Points that were made stay as they are. The first day that can change is {tomorrow:%d %b %Y}.")
    writes.put_value(session, change, viewer.person_id, now)
    details = {"from": change.from_on.isoformat(), "points": change.points, "most": change.most}
    audit.record(session, person_id=viewer.person_id, action=Action.POINTS_CHANGED, subject=f"points:{change.key}", details=details, at=now)
