"""What the success metrics are read from, of everybody: for administrators only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Assessment, OneOnOne, Person, TrainingCompletion, TrainingModule
from data.models.daily_metrics import daily_metrics
from domain.periods import Period
from domain.success.skill_change import Assessed, skills_of
from domain.success.time_to_level import LevelFrom

FOLLOWED: Final = ("conversations", "appointments_set", "deals_won")
"""Counters that training and talks are hoped to move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A completed module."""

    person_id: int
    completed_at: datetime
    time_zone: str
    minutes: int


def level_changes(session: Session) -> list[LevelFrom]:
    """Every agent's first assessment and each that found another level than the one before."""
    agent, day, level = col(Assessment.agent_id), col(Assessment.day), col(Assessment.level)
    before = func.lag(level).over(partition_by=agent, order_by=day)
    rows = select(agent, day, level, before.label("before")).subquery()
    query = select(rows.c.agent_id, rows.c.day, rows.c.level).where(rows.c.level.is_distinct_from(rows.c.before))
    return [LevelFrom(agent_id=row.agent_id, day=row.day, level=row.level) for row in session.execute(query)]


def last_assessed(session: Session) -> dict[int, date]:
    """The day of every agent's last assessment."""
    query = select(col(Assessment.agent_id), func.max(col(Assessment.day)).label("last")).group_by(col(Assessment.agent_id))
    return {row.agent_id: row.last for row in session.execute(query)}


def joined(session: Session) -> dict[int, date]:
    """The day everybody joined, where it is known."""
    query = select(col(Person.id), col(Person.joined_on)).where(col(Person.joined_on).is_not(None))
    return {row.id: row.joined_on for row in session.execute(query)}


def assessed_twice(session: Session, days: Period) -> list[tuple[Assessed, Assessed]]:
    """Every agent's first and last assessment in the period."""
    first, last = (_at_end(session, days, is_last=is_last) for is_last in (False, True))
    return [(first[agent_id], last[agent_id]) for agent_id in sorted(first)]


def _at_end(session: Session, days: Period, *, is_last: bool) -> dict[int, Assessed]:
    agent, day = col(Assessment.agent_id), col(Assessment.day)
    query = select(agent, day, col(Assessment.inputs)).where(day >= days.start, day < days.end).ext(distinct_on(agent))
    rows = session.execute(query.order_by(agent, day.desc() if is_last else day.asc()))
    return {row.agent_id: Assessed(agent_id=row.agent_id, day=row.day, skills=skills_of(row.inputs)) for row in rows}


def finished_training(session: Session, since: datetime) -> list[Finished]:
    """Modules that agents who can sign in completed since then, oldest first."""
    query = (
        select(col(TrainingCompletion.person_id), col(TrainingCompletion.completed_at), col(Person.time_zone), col(TrainingModule.minutes))
        .join(Person, col(Person.id) == col(TrainingCompletion.person_id))
        .join(TrainingModule, col(TrainingModule.id) == col(TrainingCompletion.module_id))
        .where(col(Person.active), col(TrainingCompletion.completed_at) >= since)
        .order_by(col(TrainingCompletion.completed_at), col(TrainingCompletion.person_id))
    )
    return [
        Finished(person_id=row.person_id, completed_at=row.completed_at, time_zone=row.time_zone, minutes=row.minutes)
        for row in session.execute(query)
    ]


def held_talks(session: Session, since: date) -> list[tuple[int, date]]:
    """Agent and day of each 1:1 held since then with somebody who is still here; nothing of what was said."""
    query = select(col(OneOnOne.agent_id), col(OneOnOne.held_on)).join(Person, col(Person.id) == col(OneOnOne.agent_id))
    rows = session.execute(
        query.where(col(Person.active), col(OneOnOne.held_on) >= since).order_by(col(OneOnOne.held_on), col(OneOnOne.id))
    )
    return [(agent_id, on) for agent_id, on in rows if on is not None]


def followed_counts(session: Session, days: Period) -> dict[str, dict[int, dict[date, int]]]:
    """The daily counts of every active agent, by counter, agent and day."""
    agent, day = daily_metrics.c.agent_id, daily_metrics.c.day
    active = select(col(Person.id)).where(col(Person.active))
    sums = [func.sum(daily_metrics.c[key]).label(key) for key in FOLLOWED]
    query = select(agent, day, *sums).where(day >= days.start, day < days.end, agent.in_(active)).group_by(agent, day)
    found: dict[str, dict[int, dict[date, int]]] = {key: {} for key in FOLLOWED}
    for agent_id, on, *counts in session.execute(query):
        for key, count in zip(FOLLOWED, counts, strict=True):
            found[key].setdefault(agent_id, {})[on] = count
    return found
