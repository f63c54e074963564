"""What a screen says when there is nothing to show: why, and the next step."""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from domain.formatting import span_text
from domain.periods import Grain, Period, containing
from domain.records import Role
from services.access import Viewer
from ui import filters
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
    is_outside = period.end <= first or period.start > last
    with st.container(border=True, key=CARD):
        st.header("Nothing in these days" if is_outside else "Nothing matches", anchor=False)
        shown, runs = span_text(period.start, period.last_day), span_text(first, last)
        is_narrowed = filters.is_narrowed()
        narrowing = " Filters for people, teams or categories narrow it further." if is_narrowed else ""
        st.markdown(f"You are looking at {shown}; your data runs {runs}.{narrowing}")
        with st.container(horizontal=True):
            _jump(containing(last, Grain.MONTH), is_first=is_outside)
            st.button(
                "Show all of it",
                key="show-all-data",
                icon=":material/date_range:",
                on_click=filters.show_period,
                args=(Period(first, last + timedelta(days=1)),),
            )
            if is_narrowed:
                st.button("Clear all filters", key="clear-filters", icon=":material/filter_alt_off:", on_click=filters.clear)


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
