"""How monitoring of deals is asked for and shown."""

from datetime import datetime
from typing import Self

from api.v1.fields import Body, PathId, Shown
from domain.deals.monitoring import USUAL_HOURS
from services.deal_monitoring import Monitoring, Run


class TeamQuery(Body):
    """Whose deals."""

    team: PathId | None = None
    """A team's; left out, everybody's but those of teams with a schedule of their own."""


class StartQuery(TeamQuery):
    """How often, and whose deals."""

    interval_hours: int = USUAL_HOURS
    """From one hour to a week, 168."""


class StartedOut(Shown):
    """Monitoring that runs now."""

    status: str
    interval_hours: int
    message: str

    @classmethod
    def of(cls, interval_hours: int) -> Self:
        """The same for other programs."""
        message = f"Deal monitoring started with {interval_hours}h interval"
        return cls(status="started", interval_hours=interval_hours, message=message)


class StoppedOut(Shown):
    """Monitoring that runs no longer."""

    status: str
    message: str

    @classmethod
    def of(cls, *, was_running: bool) -> Self:
        """The same for other programs."""
        return cls(status="stopped", message="Deal monitoring stopped" if was_running else "Deal monitoring was not running")


class RunOut(Shown):
    """One time a schedule was due."""

    due_at: datetime
    began_at: datetime
    finished_at: datetime | None
    """null while deals are reviewed; people are told once they are."""
    deals: int
    reviews: int
    """To make: one of a deal for every language it is read in."""
    looked: int
    """Reviews that are done with."""
    high: int
    medium: int
    low: int
    told: int
    """People who had news."""
    error: str

    @classmethod
    def of(cls, run: Run) -> Self:
        """The same for other programs."""
        return cls(due_at=run.slot_at, **{name: getattr(run, name) for name in cls.model_fields if name != "due_at"})


class ScheduleOut(Shown):
    """A schedule that runs."""

    team_id: int | None
    """null for everybody's deals but those of teams with a schedule of their own."""
    team: str | None
    interval_hours: int
    started_at: datetime
    started_by: str | None
    """null for a program."""
    last: RunOut | None
    next_at: datetime

    @classmethod
    def of(cls, found: Monitoring) -> Self:
        """The same for other programs."""
        same = {name: getattr(found, name) for name in ("team_id", "interval_hours", "started_at", "started_by", "next_at")}
        return cls(**same, team=found.team_name, last=None if found.last is None else RunOut.of(found.last))


class MonitoringOut(Shown):
    """Whether anything the caller looks after is monitored, and how."""

    is_running: bool
    timestamp: datetime
    schedules: list[ScheduleOut]

    @classmethod
    def of(cls, found: tuple[Monitoring, ...], now: datetime) -> Self:
        """The same for other programs."""
        return cls(is_running=bool(found), timestamp=now.replace(microsecond=0), schedules=[ScheduleOut.of(each) for each in found])
