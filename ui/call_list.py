"""Whom else to call: read when somebody opens it, each line with its reason and what was tried last."""

from typing import Final

import streamlit as st

import clock
from domain.coaching.call_list import Callee
from domain.coaching.contact_timing import ContactTiming, timing_words
from domain.coaching.insights.words import ago
from domain.facts import AgentChoice
from domain.local_time import local_time
from services.call_list import calls_to_make
from ui import links
from ui.activity_words import ACTIVITIES, OUTCOMES
from ui.kept import kept
from ui.plan_row import buttons, call, row
from ui.session import signed_in_viewer
from ui.wording import plain

SHOWN: Final = 8
"""An hour of calls; the list is read again after each, so that the next ones move up."""
ORDER: Final = (
    "Who got in touch or was met within a day, then promised call backs, new leads nobody called, interested ones that went quiet, those "
    "who did not answer, and whoever was not called for a month. Without closed leads, those without a number and wrong numbers."
)


def show(agent: AgentChoice) -> None:
    """The list, folded until it is wanted."""
    folded = st.expander("Whom else to call", icon=":material/list:", key="call-list", on_change="rerun")
    if not folded.open:
        return
    viewer = signed_in_viewer()
    rows = kept(
        viewer,
        frozenset({agent.agent_id}),
        ("call-list",),
        lambda session: calls_to_make(session, viewer, agent.agent_id, clock.now()),
    )
    with folded:
        if not rows:
            st.markdown(":gray[Nobody else is due. Leads with a phone number come up here when it is time to call them again.]")
            return
        st.caption(f"{min(SHOWN, len(rows))} of {len(rows):,}", help=ORDER)
        hour = local_time(clock.now(), agent.time_zone).hour
        for each in rows[:SHOWN]:
            who = each.callee
            with row(f"callee-{who.lead_id}"):
                said = f"**{plain(who.name, limit=80)}** :small[:gray[{plain(who.phone, limit=40)}]]  \n{plain(each.reason)}"
                st.markdown(f"{said}{_tried(who)}{_when(each.timing, hour)}")
                with buttons():
                    call(agent, f"callee-{who.lead_id}", who.lead_id)
                    links.page_link("leads", "Open", {"lead": str(who.lead_id)}, icon=":material/person:")


def _tried(callee: Callee) -> str:
    """What was tried last."""
    if callee.last_type is None or callee.last_at is None:
        return ""
    outcome = f", {OUTCOMES[callee.last_outcome].lower()}" if callee.last_outcome else ""
    return f"  \n:small[:gray[Last: {ACTIVITIES[callee.last_type].name.lower()}{outcome}, {ago(callee.last_at, clock.now())} ago]]"


def _when(timing: ContactTiming | None, hour: int) -> str:
    """When they pick up, where that is known; said more strongly while it is that time."""
    if timing is None or timing.band is None:
        return ""
    now = "**Now is a good time.** " if hour in timing.band else ""
    return f"  \n:small[:gray[:material/schedule: {now}{plain(timing_words(timing))}]]"
