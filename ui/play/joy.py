"""Showing an agent what of theirs is worth a moment of joy, once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import streamlit as st

import clock
from database import database
from domain.coaching.celebration import Rung
from domain.facts import AgentChoice
from services import celebrations, streaks
from services.access import Viewer
from services.celebrations import FRESH, Told
from ui.components.confetti import celebration
from ui.outcome import save
from ui.play.of_today import of_today
from ui.session import signed_in_viewer
from ui.turns import fragment

SEEN: Final = "play-seen"
"""What was looked at last: as long as it is kept, nothing was heard of, and there is no news to look for."""
_SHOWN: Final = "joy-shown"
_LOOKED: Final = "joy-looked"
STAYS: Final = timedelta(seconds=40)
"""Long enough to be read, also when the screen is drawn again meanwhile."""
OVERLAP: Final = timedelta(seconds=5)
"""What was being stored at the last look could not be seen yet."""
TITLES: Final = {
    Rung.FIRST_DEAL_OF_YEAR: "First sale of the year!",
    Rung.TEAM_RECORD: "Team record!",
    Rung.PERSONAL_RECORD: "Your record!",
    Rung.PERSONAL_WEEK_RECORD: "Best of the week!",
    Rung.FIFTH_TODAY: "High five!",
    Rung.STREAK_MILESTONE: "Milestone!",
    Rung.FASTEST_CLOSE: "Fastest close!",
    Rung.TASK_DONE: "Done.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    told: Told
    at: datetime


@fragment(key="joy")
def show(agent: AgentChoice, today: date) -> None:
    """The agent's newest celebration for as long as it takes to read it; looked for where anything changed."""
    found, now = of_today(signed_in_viewer(), agent, today), clock.now()
    if found.own is None:
        return
    if st.session_state.get(SEEN) is not found:
        st.session_state[SEEN] = found
        _look(agent, now)
    shown: _Shown | None = st.session_state.get(_SHOWN)
    if shown is not None and now - shown.at < STAYS and shown.told.rung is not None:
        words = f"{TITLES[shown.told.rung]} {shown.told.reason}"
        celebration(words, shown.told.event, confetti=shown.told.has_confetti and not found.own.settings.is_muted, key="celebration")


def _look(agent: AgentChoice, now: datetime) -> None:
    since = st.session_state.get(_LOOKED, now - FRESH) - OVERLAP
    st.session_state[_LOOKED] = now
    told = database().write(lambda session: celebrations.news(session, agent.agent_id, agent.time_zone, since, now))
    if told is not None:
        st.session_state[_SHOWN] = _Shown(told=told, at=now)


def preference(viewer: Viewer) -> None:
    """Whether the viewer wants confetti; for their account."""
    with database().reading() as session:
        wants = not streaks.settings_of(session, viewer.person_id).is_muted
    chosen = st.toggle("Confetti", value=wants, key="own_confetti", help="A device that asks for less motion shows none either way.")
    if chosen != wants:
        words = "There will be confetti." if chosen else "There will be words only."
        save(lambda session: streaks.mute(session, viewer, is_muted=not chosen), words)
