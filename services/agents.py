"""The one agent whose numbers are asked for."""

from datetime import date

from sqlalchemy.orm import Session

from data.queries import agents
from domain.access import Selection
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.records import Role
from services.access import Viewer


def agent_seen(session: Session, viewer: Viewer, agent_id: int, today: date) -> AgentChoice:
    """The active person with this id; raises NotFoundError, in the same words, for nobody and for one the viewer may not see today."""
    found = agents.agent_on(session, viewer.scope, agent_id, today)
    if found is None:
        raise NotFoundError("There is no such agent among those you look after.")
    return found


def only_agent(session: Session, viewer: Viewer, selection: Selection, today: date) -> AgentChoice | None:
    """The one agent a selection is about: an agent themselves, or the only one somebody chose with all of their work; None otherwise."""
    chosen = frozenset({viewer.person_id}) if viewer.role is Role.AGENT else selection.agent_ids
    if len(chosen) != 1 or selection.team_ids or selection.categories:
        return None
    return agents.agent_on(session, viewer.scope, next(iter(chosen)), today)
