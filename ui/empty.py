"""What a screen says when there is nothing to show: why, and the next step."""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from domain.formatting import span_text
from domain.periods import Grain, Period, containing
from domain.records import Role
from services.access import Viewer
from ui import filters, links
from ui.pages import PAGES, PageSpec

CARD: Final = "card-empty"


def explains(viewer: Viewer, period: Period, *, has_data: bool, data_span: tuple[date, date] | None) -> bool:
    """Say why there is nothing to show, if there is nothing; returns whether it did."""
    if has_data:
        return False
    if data_span is None:
        no_data_yet(viewer)
    else:
        none_in_period(period, data_span)
    return True


def no_data_yet(viewer: Viewer) -> None:
    """Nothing at all in the viewer's scope: how numbers get in."""
    with st.container(border=True, key=CARD):
        st.header("No numbers yet", anchor=False)
        if viewer.role is Role.AGENT:
            st.markdown("As soon as you log your first call or activity, it shows up here.")
            _link("daily", "Log your first activity", ":material/add_task:")
        else:
            st.markdown(
                "Bring in an export of your CRM: calls, leads and deals from HubSpot, Salesforce, Pipedrive, amoCRM or any CSV or "
                "Excel file. You see a preview before anything is written, and you can undo an import whole."
            )
            _link("imports", "Import a CRM export", ":material/upload_file:")


def none_in_period(period: Period, data_span: tuple[date, date]) -> None:
    """Data exists, but not what was chosen: say where it is, and offer to go there or to take the filters away."""
    first, last = data_span
    is_outside, is_narrowed = period.end <= first or period.start > last, filters.is_narrowed()
    with st.container(border=True, key=CARD):
        st.header(_nothing_words(is_outside=is_outside, is_narrowed=is_narrowed), anchor=False)
        st.markdown(_where_it_is(period, data_span, is_outside=is_outside, is_narrowed=is_narrowed))
        with st.container(horizontal=True):
            _jumps(period, data_span, is_outside=is_outside)
            if is_narrowed:
                st.button("Clear all filters", key="clear-filters", icon=":material/filter_alt_off:", on_click=filters.clear)
            elif not is_outside:
                links.page_link("imports", "Import more", {}, icon=":material/upload_file:")


def _nothing_words(*, is_outside: bool, is_narrowed: bool) -> str:
    if is_outside:
        return "Nothing in these days"
    return "Nothing matches" if is_narrowed else "Nothing of this kind"


def _where_it_is(period: Period, data_span: tuple[date, date], *, is_outside: bool, is_narrowed: bool) -> str:
    shown, runs = span_text(period.start, period.last_day), span_text(*data_span)
    told = f"You are looking at {shown}; your data runs {runs}."
    if is_narrowed:
        return f"{told} Filters for people, teams or categories narrow it further."
    return told if is_outside else f"{told} Nothing that this screen tells of is dated in the days you look at."


def _jumps(period: Period, data_span: tuple[date, date], *, is_outside: bool) -> None:
    """The way to the last month with data and to all of it, where that is not what is shown already."""
    first, last = data_span
    month, everything = containing(last, Grain.MONTH), Period(first, last + timedelta(days=1))
    if (month.start, month.end) != (period.start, period.end):
        _jump(month, is_first=is_outside)
    if (everything.start, everything.end) != (period.start, period.end):
        icon = ":material/date_range:"
        st.button("Show all of it", key="show-all-data", icon=icon, on_click=filters.show_period, args=(everything,))


def _jump(month: Period, *, is_first: bool) -> None:
    st.button(
        f"Show {month.start:%B %Y}",
        key="jump-to-data",
        type="primary" if is_first else "secondary",
        icon=":material/event_repeat:",
        on_click=filters.show_period,
        args=(month,),
    )


def _link(key: str, label: str, icon: str) -> None:
    spec: PageSpec | None = next((page for page in PAGES if page.key == key), None)
    if spec is not None:
        st.page_link(spec.page(), label=label, icon=icon)
