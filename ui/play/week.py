"""The week in the game, for one agent: points, badges earned, and how far the next level of play is."""

from collections import Counter
from datetime import date

import streamlit as st

import clock
from domain.facts import AgentChoice
from domain.periods import Period
from services.play_week import PlayWeek, play_week
from ui import links
from ui.kept import kept
from ui.layout import section
from ui.play.words import POINTS_HELP, level_text
from ui.session import signed_in_viewer
from ui.wording import counted, plain


def show(agent: AgentChoice, days: Period, today: date) -> None:
    """One compact card, inside a fragment that has asked who looks."""
    viewer, now = signed_in_viewer(), clock.now()
    about = frozenset({agent.agent_id})
    found = kept(viewer, about, ("play-week", days, today), lambda session: play_week(session, viewer, agent, days, now))
    with section("Points and badges", key="play-week", note=POINTS_HELP, height="content"):
        st.markdown(_text(found))
        if found.level is not None:
            st.progress(found.level.into / (found.level.into + found.level.missing), text=level_text(found.level))
        links.page_link("progress", "All achievements", {"agent": str(agent.agent_id)}, icon=":material/military_tech:")


def _text(found: PlayWeek) -> str:
    earned = Counter(found.earned)
    names = [f":material/{each.icon}: {plain(each.name)}{f' × {many}' if many > 1 else ''}" for each, many in earned.items()]
    badges = f"{counted(earned.total(), 'badge')}: {', '.join(names)}" if names else ":gray[No badge was earned in these days.]"
    return f":material/stars: **{found.points:,}** points · {badges}"
