"""From when on a team's alerts speak and when its channels are left alone; set by its managers and by admins."""

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, time
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from data.models import AlertSetting
from data.queries import alert_facts, choices
from data.queries import alerts as queries
from data.writes import alerts as writes
from domain.alerts.thresholds import Thresholds, defaults
from domain.errors import NotFoundError
from domain.notices import QUIET_FROM, QUIET_UNTIL, Wishes
from services import audit
from services.access import Viewer
from services.audit import Action
from services.inputs import validated

NO_TEAM: Final = "There is no such team among those you look after."
MOST: Final = 100_000
Least = Annotated[int, Field(ge=0, le=MOST)]
_NAMES: Final = tuple(each.name for each in fields(Thresholds))


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAlerts:
    """What a team hears of, and when."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL

    def is_quiet(self, now: datetime, zone: str) -> bool:
        """Whether the team's channels are left alone at the moment, by the company's clock."""
        return Wishes(time_zone=zone, quiet_from=self.quiet_from, quiet_until=self.quiet_until).is_quiet(now)


class AlertDetails(BaseModel):
    """What somebody sets for a team; zero switches a rule off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: Least
    booked: Least
    lists: Least
    support_index: Least
    support_calls: Least
    silent_hours: Least
    goals: Least
    quiet_from: time
    quiet_until: time


def alert_details(**given: object) -> AlertDetails:
    """The details, or an InputError that names what is not usable."""
    return validated(AlertDetails, given)


def of_team(session: Session, team_id: int) -> TeamAlerts:
    """What holds for the team; the caller has seen that it may be asked."""
    row = queries.settings(session, {team_id}).get(team_id)
    return _held(row) if row else TeamAlerts(thresholds=defaults_of(session, team_id))


def defaults_of(session: Session, team_id: int) -> Thresholds:
    """What a team of its kind of business has unless it sets something else."""
    return defaults(alert_facts.profile(session, team_id))


def settings_of(session: Session, viewer: Viewer, team_id: int) -> TeamAlerts:
    """What holds for a team the viewer looks after; raises NotFoundError for any other."""
    _require_team(session, viewer, team_id)
    return of_team(session, team_id)


def change(session: Session, viewer: Viewer, team_id: int, details: AlertDetails, now: datetime) -> None:
    """Set what holds for a team from the next evaluation on; raises NotFoundError as `settings_of`."""
    _require_team(session, viewer, team_id)
    values = details.model_dump()
    before = of_team(session, team_id)
    writes.put_setting(session, team_id, values | {"changed_by": viewer.author_id, "changed_at": now})
    changed = {name: values[name] for name, was in asdict(before.thresholds).items() if values[name] != was}
    audit.record(
        session, person_id=viewer.author_id, action=Action.ALERTS_CHANGED, subject=f"team:{team_id}", details={"set": changed}, at=now
    )


def _require_team(session: Session, viewer: Viewer, team_id: int) -> None:
    if team_id not in choices.teams_in_scope(session, viewer.scope):
        raise NotFoundError(NO_TEAM)


def _held(row: AlertSetting) -> TeamAlerts:
    return TeamAlerts(
        thresholds=Thresholds(**{name: getattr(row, name) for name in _NAMES}),
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
    )
