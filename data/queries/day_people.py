"""Whose day is planned and summed up, and who was told what of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import DayPlan, Person
from domain.facts import AgentChoice
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """An agent who can sign in."""

    agent: AgentChoice
    days_off: frozenset[date]
    planned_days: frozenset[date]
    """Of the days asked for, those with a plan; on a day off an empty one."""


def planners(session: Session, since: date) -> list[Planner]:
    """The agents who can sign in, by id, with the plans of their days from a day on."""
    known = (col(Person.id), col(Person.name), col(Person.time_zone), col(Person.working_days))
    query = (
        select(*known, col(DayPlan.day), col(DayPlan.is_day_off))
        .outerjoin(DayPlan, and_(col(DayPlan.agent_id) == col(Person.id), col(DayPlan.day) >= since))
        .where(col(Person.active), col(Person.role) == Role.AGENT, col(Person.password_hash).is_not(None))
        .order_by(col(Person.id))
    )
    agents: dict[int, AgentChoice] = {}
    days: dict[int, list[tuple[date, bool]]] = {}
    for row in session.execute(query):
        agents[row.id] = AgentChoice(agent_id=row.id, name=row.name, time_zone=row.time_zone, working_days=frozenset(row.working_days))
        days.setdefault(row.id, []).extend([(row.day, row.is_day_off)] if row.day is not None else [])
    return [
        Planner(
            agent=agents[each],
            days_off=frozenset(day for day, is_off in days[each] if is_off),
            planned_days=frozenset(day for day, _ in days[each]),
        )
        for each in agents
    ]
