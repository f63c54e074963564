"""How long an agent's new leads waited within working hours."""

from sqlalchemy.orm import Session

from data.queries import responses
from domain.access import Selection
from domain.facts import AgentChoice
from domain.metrics.measures import Median
from domain.metrics.work import SECONDS_PER_HOUR
from domain.periods import Period
from domain.working_hours import WorkingHours
from services.access import Viewer
from services.roster import free_days


def working_waits(session: Session, viewer: Viewer, agent: AgentChoice, period: Period) -> Median:
    """The waits of the agent's leads first contacted in the period, as far as both moments are known; see `WorkingHours`."""
    contacts = responses.first_contacts(session, viewer.scope, Selection(period=period, agent_ids=frozenset({agent.agent_id})))
    if not contacts:
        return Median((), SECONDS_PER_HOUR)
    first_year = min(since for since, _ in contacts).year
    free = free_days(session, first_year, period.end.year)
    hours = WorkingHours(time_zone=agent.time_zone, weekdays=agent.working_days, free=free)
    return Median(tuple(sorted(hours.seconds(since, until) for since, until in contacts)), SECONDS_PER_HOUR)
