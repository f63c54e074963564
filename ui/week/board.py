"""What Weekly begins with where it is about one agent: what this week is for, before the figures say how it goes."""

from collections.abc import Callable
from datetime import date

from domain.periods import Period
from services.access import Viewer
from services.agents import only_agent
from ui import below
from ui.filters import Chosen
from ui.kept import kept
from ui.week import content, vision


def show(viewer: Viewer, chosen: Chosen, week: Period, today: date, figures: Callable[[], None]) -> bool:
    """The agent's week, with the figures below it; False, and nothing, where the screen is about several."""
    selection = chosen.selection
    agent = kept(
        viewer, selection.agent_ids, ("week-agent", selection, today), lambda session: only_agent(session, viewer, selection, today)
    )
    if agent is None:
        return False

    def rest() -> None:
        content.show(agent, week, today)
        figures()

    vision.show(agent, week, today)
    below.show(rest)
    return True
