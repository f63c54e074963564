"""What an agent did and what became of their leads, newest first, with a filter and no end."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, TypeAlias

import streamlit as st
from sqlalchemy.orm import Session

import clock
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.formatting import day_text, money_text
from domain.lead_history import HISTORY_TYPES
from domain.local_time import local_time
from domain.periods import Period
from services.access import Viewer
from services.activity_timeline import TimelineEntry, TimelineFilter, TimelinePage, TimelineView, timeline_page
from services.recordings import RecordingEntry, recordings_of
from services.roster import currency_of
from ui import layout, links
from ui.activity_line import line
from ui.activity_words import ACTIVITIES, duration_text, outcome_badge
from ui.calls import playback
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain

PAGE: Final = 20
FILTER: Final = "activities"
"""The parameter of the address."""
FOLD: Final = "timeline-open"
NAMES: Final[Mapping[TimelineFilter, str]] = {each: each.value.capitalize() for each in TimelineFilter}
Heard: TypeAlias = Mapping[int, Sequence[RecordingEntry]]
"""Recordings by activity."""
NOTE: Final = (
    "Everything that was logged, and every step a lead took: given, moved on, converted, lost. Meetings are appointments and showings too. "
    "A lead that came converted with an import stands on the day the file says."
)
EMPTY: Final[Mapping[TimelineFilter, str]] = {
    TimelineFilter.ALL: "Nothing yet. What is logged on Daily, imported or reported by a dialer appears here at once.",
    TimelineFilter.CALLS: "No calls yet. Tap **Call** on Daily after the first one.",
    TimelineFilter.EMAILS: "No emails yet. Tap **Email** on Daily after the first one.",
    TimelineFilter.MEETINGS: "No meetings, appointments or showings yet. Book one in the calendar; completing it logs it.",
    TimelineFilter.CONVERSIONS: "No conversions yet. Mark a lead as converted on its page, and it stands here with its revenue.",
}


@fragment(key="timeline")
def show(agent: AgentChoice, period: Period | None, *, folded: bool = False) -> None:
    """The agent's timeline, of the period or of all time; who looks is asked again on every run.

    Folded away, it is read when somebody opens it.
    """
    viewer = signed_in_viewer()
    if not folded:
        with layout.section("Timeline", key="own-timeline", note=NOTE):
            _chosen(viewer, agent, period)
        return
    with st.expander("Timeline", key=FOLD, icon=":material/history:", on_change="rerun") as fold:
        if fold.open:
            st.caption(NOTE)
            _chosen(viewer, agent, period)


def _chosen(viewer: Viewer, agent: AgentChoice, period: Period | None) -> None:
    name = st.segmented_control(
        "Show", list(NAMES.values()), default=NAMES[TimelineFilter.ALL], key=FILTER, bind="query-params", required=True
    )
    wanted = next((each for each in TimelineFilter if NAMES[each] == name), TimelineFilter.ALL)
    view = TimelineView(agent_id=agent.agent_id, wanted=wanted, period=period)
    today = local_time(clock.now(), viewer.time_zone).on
    try:
        page, heard, currency = kept(
            viewer,
            frozenset({agent.agent_id}),
            ("timeline", view, today, _shown(view)),
            lambda session: _read(session, viewer, view, today),
        )
    except NotFoundError as error:  # the agent moved to another team while the screen was open
        st.info(plain(str(error)), icon=":material/person_off:")
        return
    _page(page, view, agent, currency, heard)


def _read(session: Session, viewer: Viewer, view: TimelineView, today: date) -> tuple[TimelinePage, Heard, str]:
    page = timeline_page(session, viewer, view, today, limit=_shown(view))
    numbers = {each.activity_id for each in page.entries if each.activity_id is not None}
    return page, recordings_of(session, viewer, numbers), currency_of(session)


def _page(page: TimelinePage, view: TimelineView, agent: AgentChoice, currency: str, heard: Heard) -> None:
    if not page.entries:
        st.markdown(f":gray[{EMPTY[view.wanted]}]")
    for on, entries in groupby(page.entries, key=lambda each: each.on):
        _day(on, list(entries), page, agent, currency, heard)
    if page.next_after is not None:
        st.button("Show more", key="timeline-more-pages", icon=":material/expand_more:", on_click=_show_more, args=(view,))


def _day(on: date, entries: list[TimelineEntry], page: TimelinePage, agent: AgentChoice, currency: str, heard: Heard) -> None:
    st.markdown(f"**{on:%a} {day_text(on)}**")
    for entry in entries:
        said = plain(entry.description, limit=200)
        with line(f"line-{entry.number}", entry.at, agent.time_zone, line_text(entry, currency), said):
            playback.show(heard.get(entry.activity_id or 0, ()), agent.time_zone, key="line")
            if entry.lead_id in page.open_leads:
                links.page_link("leads", "Lead", {"lead": str(entry.lead_id)}, icon=":material/contacts:")


def line_text(entry: TimelineEntry, currency: str) -> str:
    """The line in markdown: icon, what it was, how it ended, what it brought."""
    shown = ACTIVITIES[entry.type]
    title = shown.name if entry.outcome or entry.type not in HISTORY_TYPES else plain(entry.title)
    parts = [f"{shown.symbol} **{title}**", outcome_badge(entry.outcome), duration_text(entry.duration_seconds)]
    if entry.revenue_minor is not None:
        parts.append(f":green-badge[{plain(money_text(entry.revenue_minor, currency))}]")
    if entry.is_undone:
        parts.append(":gray-badge[taken back]")
    return " ".join(part for part in parts if part)


def _shown(view: TimelineView) -> int:
    """How many entries somebody has asked to see of this view."""
    return int(st.session_state.get(_key(view), PAGE))


def _show_more(view: TimelineView) -> None:
    st.session_state[_key(view)] = _shown(view) + PAGE


def _key(view: TimelineView) -> str:
    return f"timeline {view.agent_id} {view.wanted} {view.period}"
