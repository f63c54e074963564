"""When an agent's leads pick up: each by its own calls, and by those to the agent's other leads of the same source."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from typing import TypeAlias, TypeVar

from sqlalchemy.orm import Session

from data.queries.contact_timing import HourOfLead, calls_by_hour
from domain.access import Scope
from domain.coaching.contact_timing import NO_CALLS, ContactTiming, contact_timing
from domain.local_time import local_time
from domain.metrics.measures import Ratio
from services import leads
from services.access import Viewer

Hours: TypeAlias = dict[int, Ratio]
Key = TypeVar("Key", bound=Hashable)


def lead_timing(session: Session, viewer: Viewer, lead_id: int, now: datetime) -> ContactTiming:
    """When this lead picks up; raises NotFoundError for one the viewer does not look after. Of a lead of nobody nothing is known."""
    lead = leads.lead(session, viewer, lead_id, now)
    if lead.agent_id is None:
        return contact_timing({}, {})
    today = local_time(now, viewer.time_zone).on
    return timings(session, viewer.scope, lead.agent_id, today)(lead_id, lead.source)


def timings(session: Session, scope: Scope, agent_id: int, today: date) -> Callable[[int, str], ContactTiming]:
    """A lookup by lead and source over everything the agent's leads answered in a year, read once."""
    rows = calls_by_hour(session, scope, agent_id, today)
    by_lead, by_source = _by(rows, lambda row: row.lead_id), _by(rows, lambda row: row.source)

    def found(lead_id: int, source: str) -> ContactTiming:
        own = by_lead.get(lead_id, {})
        return contact_timing(own, _without(by_source.get(source, {}), own) if source else {})

    return found


def _by(rows: Iterable[HourOfLead], key: Callable[[HourOfLead], Key]) -> dict[Key, Hours]:
    sums: dict[Key, Hours] = defaultdict(dict)
    for row in rows:
        hours = sums[key(row)]
        hours[row.hour] = hours.get(row.hour, NO_CALLS) + row.answered
    return sums


def _without(every: Hours, own: Hours) -> Hours:
    return {
        hour: Ratio(each.part - own.get(hour, NO_CALLS).part, each.whole - own.get(hour, NO_CALLS).whole) for hour, each in every.items()
    }
