"""The one agent whose numbers are asked for."""

from datetime import date

from sqlalchemy.orm import Session

from data.queries import agents
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from services.access import Viewer


def agent_seen(session: Session, viewer: Viewer, agent_id: int, today: date) -> AgentChoice:
    """The active person with this id; raises NotFoundError, in the same words, for nobody and for one the viewer may not see today."""
    found = agents.agent_on(session, viewer.scope, agent_id, today)
    if found is None:
        raise NotFoundError("There is no such agent among those you look after.")
    return found
