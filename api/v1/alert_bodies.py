"""How alerts are asked for, shown and dealt with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from api.v1.fields import Body, PersonId, Shown, Words
from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState, Ending
from domain.alerts.log import Happening
from domain.alerts.words import WORDS
from services.alerts import AlertShown, LogEntry, Silence


class AlertsQuery(Body):
    """Which alerts to list."""

    state: AlertState = AlertState.FIRING
    team: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    """Of one team; a team the caller does not look after has none."""


class AlertOut(Shown):
    """Something that needs doing now, or did."""

    id: int
    rule: AlertRule
    name: str
    priority: Priority
    team_id: int
    team: str
    agent_id: int | None
    """None for what is about the team."""
    agent: str | None
    state: AlertState
    count: int
    """The figure it is about: calls, lists, goals, hours."""
    sentence: str
    evidence: str
    next_step: str
    noticed_at: datetime
    fired_at: datetime | None
    resolved_at: datetime | None
    ending: Ending | None
    """`over` when its week ended, `recovered` when the figures are back."""
    silenced_until: datetime | None
    assignee_id: int | None
    link: str
    """Where it is in the product."""

    @classmethod
    def of(cls, alert: AlertShown) -> Self:
        """The alert for other programs."""
        words = WORDS[alert.rule]
        known = {name: getattr(alert, name) for name in cls.model_fields if name not in {"name", "next_step", "link"}}
        return cls(**known, name=words.name, next_step=words.do, link=f"/alerts?alert={alert.id}")


class AlertsOut(Shown):
    """Everything that needs doing, by how much it presses."""

    urgent: list[AlertOut]
    high: list[AlertOut]
    medium: list[AlertOut]

    @classmethod
    def of(cls, alerts: Iterable[AlertShown]) -> Self:
        """The alerts for other programs, each in its list."""
        shown = [AlertOut.of(each) for each in alerts]
        return cls(**{priority.value: [each for each in shown if each.priority is priority] for priority in Priority})


class LogEntryOut(Shown):
    """One thing that happened to an alert."""

    what: Happening
    person: str | None
    note: str
    at: datetime


class AlertWithLogOut(AlertOut):
    """An alert with what happened to it, the latest first."""

    log: list[LogEntryOut]

    @classmethod
    def with_log(cls, alert: AlertShown, log: Iterable[LogEntry]) -> Self:
        """Both for other programs."""
        return cls(**AlertOut.of(alert).model_dump(), log=[LogEntryOut.model_validate(each) for each in log])


class SilenceIn(Body):
    """For how long nobody is told."""

    span: Silence | None
    """Four `hours`, a `day`, a `week`; null to let it speak again."""


class AssignIn(Body):
    """Who takes it on."""

    person_id: PersonId | None


class CommentIn(Body):
    """What there is to say."""

    note: Annotated[Words, Field(min_length=1, max_length=500)]
