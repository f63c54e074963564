"""Whom an agent may call beside the must-dos, with the reason and what was tried last."""

from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import call_list as queries
from domain.coaching.call_list import CallRow, call_list
from domain.local_time import local_time
from services.access import Viewer
from services.agents import agent_seen


def calls_to_make(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> tuple[CallRow, ...]:
    """The agent's call list at this moment; raises NotFoundError for an agent the viewer may not see today."""
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    return call_list(queries.callees(session, viewer.scope, agent_id, local_time(now, agent.time_zone).on), now)
