"""How far the leads of a selection have come."""

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.metrics.funnel import Step, funnel
from services.access import Viewer


def agent_funnel(session: Session, viewer: Viewer, selection: Selection) -> tuple[Step, ...]:
    """The steps of the leads assigned in the selection's period, of what the viewer may see."""
    return funnel(daily.totals(session, viewer.scope, selection))
