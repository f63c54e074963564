"""How long an agent's new leads waited for the first contact, by the clock and within working hours."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from data.queries import people, responses
from data.queries.responses import FirstContact
from domain.access import Selection
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.metrics.measures import Median
from domain.metrics.reading import Reading, reading
from domain.metrics.response import MEDIAN_RESPONSE_TIME, WORKING_RESPONSE_TIME
from domain.metrics.work import SECONDS_PER_HOUR
from domain.periods import Period
from domain.working_days import calendar, whole_units
from domain.working_hours import WorkingHours, working_hours
from services.access import Viewer
from services.figures import Figures
from services.roster import free_days


def response_times(session: Session, viewer: Viewer, agent: AgentChoice, found: Figures) -> dict[str, Reading]:
    """Both medians by key, each against the same elapsed part of the period before; a lead of unknown moments counts by the clock alone."""
    alone = frozenset({agent.agent_id})
    periods = (found.selection.period, found.before_period)
    now, before = responses.first_contacts_in(session, viewer.scope, [Selection(period=each, agent_ids=alone) for each in periods])
    hours = _hours(session, viewer, agent, (*now, *before))
    medians = {
        MEDIAN_RESPONSE_TIME: (_by_clock(now), _by_clock(before)),
        WORKING_RESPONSE_TIME: (_within(hours, now), _within(hours, before)),
    }
    return {each.key: reading(each, measured, earlier if found.knows_before else None) for each, (measured, earlier) in medians.items()}


def _by_clock(contacts: Iterable[FirstContact]) -> Median:
    return Median(tuple(sorted(each.response_seconds for each in contacts)), SECONDS_PER_HOUR)


def _within(hours: WorkingHours, contacts: Iterable[FirstContact]) -> Median:
    return Median(tuple(sorted(hours.seconds(*each.moments) for each in contacts if each.moments)), SECONDS_PER_HOUR)


def _hours(session: Session, viewer: Viewer, agent: AgentChoice, contacts: Iterable[FirstContact]) -> WorkingHours:
    """The agent's working hours while these waits lasted: their weekdays without public holidays and absences."""
    waits = [each.moments for each in contacts if each.moments]
    if not waits:
        return WorkingHours((), (), ())
    first, last = min(since for since, _ in waits), max(until for _, until in waits)
    start, end = (local_time(moment, agent.time_zone).on for moment in (first, last))
    window = whole_units(Period(start, end + timedelta(days=1)))
    away = people.absences(session, viewer.scope, window, agent_id=agent.agent_id).get(agent.agent_id, ())
    free = free_days(session, window.start.year, window.last_day.year)
    return working_hours(calendar(window, agent.working_days, free=free, absences=away).present, agent.time_zone)
