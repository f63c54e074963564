"""What the work of a period was made of: activities by type."""

from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.metrics.catalog import metric
from domain.metrics.definition import Metric
from services.access import Viewer

TYPES: Final = ("calls", "emails", "messages", "meetings", "appointments", "showings", "follow_ups", "tasks", "posts")


def activity_mix(session: Session, viewer: Viewer, selection: Selection) -> list[tuple[Metric, int]]:
    """How often each type of work was done in the selection, the most frequent first; types not done are left out."""
    sums = daily.totals(session, viewer.scope, selection)
    counted = [(metric(key), int(getattr(sums, key))) for key in TYPES if getattr(sums, key)]
    return sorted(counted, key=lambda pair: -pair[1])
