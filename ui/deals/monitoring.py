"""Monitoring of deals: what runs for whom, how the last run went, and starting, changing or stopping it."""

from datetime import datetime
from typing import Final

import streamlit as st

import clock
from database import database
from domain.deals.monitoring import LONGEST_HOURS, SHORTEST_HOURS, USUAL_HOURS
from domain.records import Role
from services import deal_monitoring
from services.access import Viewer
from services.choices import team_names
from services.deal_monitoring import Monitoring, Run
from ui import layout
from ui.attempts import attempt
from ui.deals.words import moment_text
from ui.wording import counted, plain

TITLE: Final = "Monitoring"
NOTE: Final = (
    "Reviews every open deal again and again. Each agent then gets one summary of their own deals, each manager one of their teams', "
    "worst first, and agents the whole review of those that press most. A deal nothing happened to is left out; when none is new, "
    "nothing is sent."
)
NOTHING_YET: Final = (
    "Nobody's deals are monitored. Start it, and every open deal is reviewed at once and then as often as you say: people hear what is "
    "new about their deals without anybody asking. Once a day is a good beginning."
)
EVERYBODY: Final = "Everybody"
_WHOSE, _HOURS = "deals-monitoring-whose", "deals-monitoring-hours"


def show(viewer: Viewer) -> None:
    """The card; nothing for agents, whom its messages reach."""
    if viewer.role is Role.AGENT:
        return
    now = clock.now()
    with database().reading() as session:
        found, teams = deal_monitoring.status(session, viewer, now), team_names(session, viewer)
    with layout.section(TITLE, key="deals-monitoring", note=NOTE, height="content"):
        for each in found:
            _running(each, viewer.time_zone)
        if not found:
            st.markdown(NOTHING_YET)
        choices: dict[int | None, str] = ({None: EVERYBODY} if viewer.role is Role.ADMIN else {}) | dict(teams.items())
        if choices:
            _form(choices, {each.team_id: each for each in found})


def _running(found: Monitoring, zone: str) -> None:
    whose = plain(found.team_name) if found.team_name else EVERYBODY
    by = f" by {plain(found.started_by)}" if found.started_by else ""
    often = "every hour" if found.interval_hours == 1 else f"every {found.interval_hours} hours"
    with st.container(gap="xxsmall", key=f"deals-monitoring-{found.monitoring_id}"):
        st.markdown(f":green-badge[:material/autorenew: Running] **{whose}**, {often}")
        st.caption(f"Since {moment_text(found.started_at, zone)}{by}. {_last(found.last, zone)} {_next(found.next_at, zone)}")


def _next(at: datetime, zone: str) -> str:
    return f"Next run: {moment_text(at, zone)}."


def _last(run: Run | None, zone: str) -> str:
    """How the last run went, or how far it is."""
    if run is None:
        return "The first run begins within seconds."
    if run.finished_at is None:
        return f"{run.looked:,} of {run.reviews:,} reviewed."
    when = f"Last run {moment_text(run.began_at, zone)}"
    if run.error:
        return f"{when}: the reviews were made, but telling people failed."
    news = f"{counted(run.told, 'person', 'people')} had news" if run.told else "nobody had news"
    return f"{when}: {counted(run.deals, 'deal')}, {run.high:,} high, {run.medium:,} medium, {run.low:,} low; {news}."


def _form(choices: dict[int | None, str], running: dict[int | None, Monitoring]) -> None:
    """Whose, how often, and the buttons that fit what runs."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="deals-monitoring-set"):
        team_id = st.selectbox("Whose deals", list(choices), format_func=lambda each: plain(choices[each]), key=_WHOSE, width=220)
        known = running.get(team_id)
        hours_key = f"{_HOURS}-{team_id or 0}"
        st.number_input(
            "Every so many hours",
            min_value=SHORTEST_HOURS,
            max_value=LONGEST_HOURS,
            value=known.interval_hours if known else USUAL_HOURS,
            key=hours_key,
            help="24 is once a day, 168 once a week. Another interval begins anew, at once.",
            width=180,
        )
        label, icon = ("Change", ":material/update:") if known else ("Start", ":material/play_arrow:")
        st.button(label, key="deals-monitoring-start", icon=icon, on_click=_started, args=(team_id, hours_key))
        if known:
            st.button("Stop", key="deals-monitoring-stop", icon=":material/stop:", on_click=_stopped, args=(team_id,))


def _started(team_id: int | None, hours_key: str) -> None:
    hours = int(st.session_state.get(hours_key) or 0)
    attempt(lambda session, viewer: deal_monitoring.start(session, viewer, hours, team_id, clock.now()))


def _stopped(team_id: int | None) -> None:
    attempt(lambda session, viewer: deal_monitoring.stop(session, viewer, team_id, clock.now()))
