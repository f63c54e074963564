"""The Records screen's parts: which number is opened, what counts for it, and the facts themselves."""

from typing import Final

import streamlit as st

from database import database
from domain.errors import InputError
from domain.formatting import value_text
from domain.metrics.behind import HourOfWeek
from domain.metrics.catalog import METRICS, metric
from domain.metrics.definition import Metric
from services import records
from services.access import Viewer
from services.records import Records
from ui import empty, layout, links, record_table
from ui.filters import Chosen
from ui.trend_charts import WEEKDAYS
from ui.wording import counted, plain

METRIC, PAGE, WEEKDAY, HOUR = "metric", "page", "weekday", "hour"
DEFAULT: Final = "activities"


def chosen_metric() -> Metric:
    """The metric of the address, to be changed by a choice; one that does not exist is explained and activities shown."""
    try:
        asked = metric(st.query_params.get(METRIC, DEFAULT))
    except InputError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        asked = metric(DEFAULT)
    st.session_state["records-metric"] = asked.key
    names = {each.key: each.name for each in METRICS.values()}
    st.selectbox("Number", list(names), format_func=names.__getitem__, key="records-metric", width=280, on_change=_metric_picked)
    return asked


def chosen_hour() -> HourOfWeek | None:
    """The hour of the week of the address, with a chip to leave it."""
    try:
        at = records.hour_of_week(st.query_params)
    except InputError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        return None
    if at is not None:
        words = f"{WEEKDAYS[at.weekday - 1]} {at.hour:02d}:00–{at.hour + 1:02d}:00"
        st.button(
            words,
            key="chip-hour",
            icon=":material/close:",
            icon_position="right",
            help="Show all hours",
            on_click=_forget,
            args=(WEEKDAY, HOUR),
        )
    return at


def show(viewer: Viewer, asked: Metric, chosen: Chosen, at: HourOfWeek | None) -> None:
    """The number, what counts for it, and one page of its facts."""
    if not records.has_records(asked.key):
        _account(viewer, asked, chosen)
        return
    found = _found(viewer, asked, chosen, at)
    if found is not None:
        _definition(asked, found)
        if found.data_span is not None:
            empty.none_in_period(chosen.selection.period, found.data_span)
        else:
            _list(viewer, found, chosen, at)


def _found(viewer: Viewer, asked: Metric, chosen: Chosen, at: HourOfWeek | None) -> Records | None:
    try:
        with database().reading() as session:
            return records.records(session, viewer, asked.key, chosen.selection, at=at, page=st.query_params.get(PAGE, ""))
    except InputError as error:
        st.warning(plain(str(error)), icon=":material/info:")
        st.button("Start from the newest", key="records-reset", on_click=_forget, args=(PAGE, WEEKDAY, HOUR))
        return None


def _definition(asked: Metric, found: Records) -> None:
    with st.container(border=True, key="card-definition", horizontal=True, vertical_alignment="center", gap="large"):
        st.metric(asked.name, value_text(asked, found.measure.value, found.currency), width="content")
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(f"**{plain(asked.question)}** {plain(asked.formula[:1].upper() + asked.formula[1:])}.")
            st.caption(f"What counts: {plain(asked.counts, limit=600)}")


def _list(viewer: Viewer, found: Records, chosen: Chosen, at: HourOfWeek | None) -> None:
    hour = {WEEKDAY: str(at.weekday), HOUR: str(at.hour)} if at else {}
    params = chosen.params | {METRIC: found.metric.key} | hour
    with layout.section(counted(found.count, "record"), key="records", note="Newest first.", view="records", params=params):
        if found.facts:
            record_table.show(
                found.facts, time_zone=viewer.time_zone, currency=found.currency, has_part=found.has_part, title=found.metric.name
            )
        else:
            st.markdown(":gray[Nothing counts for this number here. Choose a longer period or fewer filters.]")
        _paging(found)


def _paging(found: Records) -> None:
    if not found.next_page and PAGE not in st.query_params:
        return
    with st.container(horizontal=True, gap="small"):
        if PAGE in st.query_params:
            st.button("Newest", key="records-newest", icon=":material/first_page:", on_click=_forget, args=(PAGE,))
        if found.next_page:
            st.button(
                "Older",
                key="records-older",
                icon=":material/chevron_right:",
                icon_position="right",
                on_click=_turn,
                args=(found.next_page,),
            )


def _account(viewer: Viewer, asked: Metric, chosen: Chosen) -> None:
    """An index: units × points of each component, each with its own records."""
    with database().reading() as session:
        found = records.account(session, viewer, chosen.selection)
    with layout.section(f"{asked.name}: {found.raw:,} points", key="account", note=asked.formula):
        for each in found.components:
            part = METRICS[each.key]
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"{part.name}: {each.units:,} × {counted(each.weight, 'point')} = **{each.points:,}**", width="content")
                links.records_link(each.key, chosen.params, label="Open")


def _metric_picked() -> None:
    _forget(PAGE, WEEKDAY, HOUR)
    st.query_params[METRIC] = st.session_state["records-metric"]


def _turn(page: str) -> None:
    st.query_params[PAGE] = page


def _forget(*names: str) -> None:
    for name in names:
        if name in st.query_params:
            del st.query_params[name]
