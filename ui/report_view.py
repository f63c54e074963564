"""A report on the screen: the same sections as in its files."""

from datetime import date

import streamlit as st

import clock
from domain.facts import AgentChoice
from domain.periods import Period
from domain.reports.content import Section, Table
from services.reports import agent_report
from ui import layout, tables
from ui.kept import kept
from ui.report_button import AGENT, FORMATS, report_url
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain

LINE = 600


@fragment(key="report")
def show(agent: AgentChoice, unit: Period, today: date) -> None:
    """The report about the agent; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    report = kept(
        viewer,
        frozenset({agent.agent_id}),
        ("report", unit, today),
        lambda session: agent_report(session, viewer, agent.agent_id, unit, today, clock.now()),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="report-head"):
        st.markdown(f"**{plain(report.title)}**, {plain(report.days)}  \n:small[:gray[{plain(report.compared_with)}]]", width="stretch")
        for file_type, name, icon in FORMATS:
            st.link_button(name, report_url(AGENT, agent.agent_id, unit, file_type), icon=icon)
    for number, section in enumerate(report.sections):
        with layout.section(section.title, key=f"report-{number}", note=section.note or None, height="content"):
            _section(section, key=f"report-table-{number}")
    st.caption("  \n".join(plain(each, limit=LINE) for each in report.notes))


def _section(section: Section, *, key: str) -> None:
    if section.is_empty:
        st.markdown(f":gray[{plain(section.empty, limit=LINE)}]")
        return
    if section.table is not None and section.table.rows:
        _table(section.table, section.title, key=key)
    if section.lines:
        st.markdown("\n".join(f"- {plain(each, limit=LINE)}" for each in section.lines))


def _table(table: Table, title: str, *, key: str) -> None:
    rows = [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows]
    tables.in_words(rows, key=key, alt_text=f"{title}: {', '.join(table.columns)}.")
