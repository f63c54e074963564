"""What the parts of Daily that play read together, so that it is read once."""

from datetime import date

import clock
from domain.facts import AgentChoice
from services.access import Viewer
from services.play_day import PlayDay, play_day
from ui.kept import kept


def of_today(viewer: Viewer, agent: AgentChoice, today: date) -> PlayDay:
    """The agent's today in the game; the same object as long as nothing was heard of."""
    now = clock.now()
    return kept(viewer, frozenset({agent.agent_id}), ("play", today), lambda session: play_day(session, viewer, agent.agent_id, now))
