"""The report of a week or month as a file: about the viewer, or about whom a manager chooses."""

from datetime import date
from typing import Final

import streamlit as st

from database import database
from domain.facts import AgentChoice
from domain.periods import Period
from domain.records import Role
from domain.reports.spans import span_name
from services.access import Viewer
from services.timeline import agents_in_scope
from ui.filters import Chosen
from ui.wording import plain

FORMATS: Final = (("pdf", "PDF", ":material/picture_as_pdf:"), ("html", "Web page", ":material/html:"))
AGENT, TEAM = "agents", "teams"
"""What a report can be about, as its address has it."""


def show(viewer: Viewer, chosen: Chosen, unit: Period) -> None:
    """The button; nothing for days that have not begun, and for somebody who looks after nobody."""
    if unit.start > chosen.today:
        return
    offered = _offered(viewer, chosen)
    if not offered:
        return
    with st.popover("Report", icon=":material/description:", key="report"):
        st.caption("Figures, targets, goals, leads, sources, revenue and what stands out, to keep, print or send.")
        about = next(iter(offered)) if len(offered) == 1 else _about(offered)
        for file_type, name, icon in FORMATS:
            st.link_button(name, report_url(*about, unit, file_type), icon=icon, width="stretch")


def report_url(kind: str, number: int, unit: Period, file_type: str) -> str:
    """The address of a report."""
    return f"/api/v1/{kind}/{number}/reports/{span_name(unit)}?format={file_type}"


def _about(offered: dict[tuple[str, int], str]) -> tuple[str, int]:
    return st.selectbox("About", list(offered), format_func=lambda key: offered[key], key="report-about")


def _offered(viewer: Viewer, chosen: Chosen) -> dict[tuple[str, int], str]:
    """Whom there is a report about, by kind and id; those the filters name come first."""
    agents = _agents(viewer, chosen.today)
    teams = chosen.offered.teams if viewer.role is not Role.AGENT else {}
    subjects = {(TEAM, key): f"Team {plain(name)}" for key, name in teams.items()} | {
        (AGENT, each.agent_id): plain(each.name) for each in agents
    }
    asked = {*((AGENT, key) for key in chosen.selection.agent_ids), *((TEAM, key) for key in chosen.selection.team_ids)}
    return {key: subjects[key] for key in sorted(subjects, key=lambda key: key not in asked)}


def _agents(viewer: Viewer, today: date) -> list[AgentChoice]:
    with database().reading() as session:
        return agents_in_scope(session, viewer, today)
