"""On which days an agent works: their weekdays without public holidays and their absences."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import people
from domain.access import Scope
from domain.facts import AgentChoice
from domain.periods import Grain, Period, containing
from domain.records import Role
from domain.working_days import WorkDays, calendar
from services.roster import free_days

AHEAD: Final = timedelta(days=31)
"""Who is away for longer comes back to a plan of another month."""
EVERYBODY: Final = Scope(viewer_id=0, role=Role.ADMIN)
"""What a job needs to know of everybody at once."""


def work_days(session: Session, agent: AgentChoice, days: Period) -> WorkDays:
    """The agent's planned working days among these, whoever looks: that somebody is away is told only by what is not asked of them."""
    own = Scope(viewer_id=agent.agent_id, role=Role.AGENT)
    free = free_days(session, days.start.year, days.last_day.year)
    away = people.absences(session, own, days, agent_id=agent.agent_id).get(agent.agent_id, ())
    return calendar(days, agent.working_days, free=free, absences=away).present


def next_work_day(session: Session, agent: AgentChoice, day: date) -> date | None:
    """The agent's first working day after the day; None where there is none within a month."""
    return _first(work_days(session, agent, Period(day + timedelta(days=1), day + AHEAD)))


def first_work_days(session: Session, people_on: Mapping[int, tuple[frozenset[int], date]]) -> dict[int, date | None]:
    """Of each person, by weekdays and today, their first working day of the month; None for somebody who is away for all of it.

    For jobs, which tell each of them no more than their own.
    """
    if not people_on:
        return {}
    months = {person_id: containing(today, Grain.MONTH) for person_id, (_, today) in people_on.items()}
    window = Period(min(each.start for each in months.values()), max(each.end for each in months.values()))
    away = people.absences(session, EVERYBODY, window)
    free = free_days(session, window.start.year, window.last_day.year)
    return {
        person_id: _first(calendar(months[person_id], weekdays, free=free, absences=away.get(person_id, ())).present)
        for person_id, (weekdays, _) in people_on.items()
    }


def days_at_work(session: Session, weekdays: Mapping[int, frozenset[int]], days: Period) -> dict[int, WorkDays]:
    """Of each person, by their ISO weekdays, the working days among these; for rules that ask how many have passed, never who was away."""
    away = people.absences(session, EVERYBODY, days)
    free = free_days(session, days.start.year, days.last_day.year)
    return {
        person_id: calendar(days, theirs, free=free, absences=away.get(person_id, ())).present for person_id, theirs in weekdays.items()
    }


def _first(days: WorkDays) -> date | None:
    return days.days[0] if days.days else None
