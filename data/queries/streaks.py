"""Closed days and streak settings, as they are stored."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import DailyScore, Person, StreakSetting
from data.models.daily_metrics import daily_metrics
from domain.coaching.streaks import DEFAULT_MINIMUM, DayState, Memory
from domain.facts import AgentChoice
from domain.periods import Period
from domain.working_days import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closed day."""

    day: date
    state: DayState
    minimum: int
    points: int
    after: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How somebody wants their days counted."""

    minimum: int = DEFAULT_MINIMUM
    pauses: tuple[Span, ...] = ()
    is_shared: bool = False
    is_muted: bool = False

    def is_paused_on(self, day: date) -> bool:
        """Whether the day does not count."""
        return any(day in pause for pause in self.pauses)

    @property
    def is_paused(self) -> bool:
        """Whether a pause lasts."""
        return any(pause.end is None for pause in self.pauses)


def settings_of(session: Session, agent_id: int) -> Settings:
    """What the agent chose; the defaults where they never did."""
    row = session.get(StreakSetting, agent_id)
    if row is None:
        return Settings()
    pauses = tuple(Span(date.fromisoformat(start or ""), date.fromisoformat(end) if end else None) for start, end in row.pauses)
    return Settings(minimum=row.minimum, pauses=pauses, is_shared=row.is_shared, is_muted=row.is_muted)


def closed_days(session: Session, agent_id: int, days: Period) -> list[Closed]:
    """The agent's closed days of these, oldest first."""
    wanted = (col(DailyScore.agent_id) == agent_id, col(DailyScore.day) >= days.start, col(DailyScore.day) < days.end)
    return [_closed(row) for row in session.scalars(select(DailyScore).where(*wanted).order_by(col(DailyScore.day)))]


def last_closed(session: Session, agent_id: int, before: date) -> Closed | None:
    """The newest closed day before this one."""
    wanted = (col(DailyScore.agent_id) == agent_id, col(DailyScore.day) < before)
    row = session.scalars(select(DailyScore).where(*wanted).order_by(col(DailyScore.day).desc()).limit(1)).first()
    return _closed(row) if row else None


def agents_at_work(session: Session, since: date) -> list[tuple[AgentChoice, date | None]]:
    """Active people with work since the day or a day closed since, each with the day closed last."""
    closed = select(func.max(col(DailyScore.day))).where(col(DailyScore.agent_id) == col(Person.id)).scalar_subquery().label("last")
    at_work = exists().where(daily_metrics.c.agent_id == col(Person.id), daily_metrics.c.day >= since, daily_metrics.c.activities > 0)
    query = select(col(Person.id), col(Person.name), col(Person.time_zone), col(Person.working_days), closed)
    rows = session.execute(query.where(col(Person.active), at_work | (closed.element >= since)).order_by(col(Person.id)))
    return [
        (AgentChoice(agent_id=row.id, name=row.name, time_zone=row.time_zone, working_days=frozenset(row.working_days)), row.last)
        for row in rows
    ]


def _closed(row: DailyScore) -> Closed:
    memory = Memory(length=row.length, best=row.best, freezes=row.freezes, towards=row.towards)
    return Closed(day=row.day, state=row.state, minimum=row.minimum, points=row.points, after=memory)
