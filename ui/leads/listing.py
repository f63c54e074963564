"""The leads the viewer looks after as a table: whose turn it is, at a glance, and what can be done with those chosen in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.column_config import MultiselectColumn

from domain.formatting import money_text
from domain.lead_list import LeadLine
from domain.records import LeadStatus, Role
from services.access import Viewer
from services.lead_lists import LeadPage
from ui import links, parameters
from ui.leads import address, bulk
from ui.leads.words import STATUSES, WAITS, ago, first_contact, standing
from ui.tables import UNKNOWN, text_column
from ui.wording import counted

PAGE: Final = 50
_ROW_HEIGHT: Final = 36
_ROWS: Final = 14
"""As many as a desk shows at once; the others are scrolled to."""
_BY_KEYBOARD: Final = "With the keyboard: the arrow keys lead to a lead, Shift and Space choose it."
_ALWAYS: Final = frozenset({"name", "status", "first_contact"})
_COLORS: Final = {
    **{f"{STATUSES[LeadStatus.NEW].name}, {told.shown.name.lower()}": told.color for told in WAITS.values()},
    STATUSES[LeadStatus.NEW].name: "orange",
    STATUSES[LeadStatus.CONTACTED].name: "blue",
    STATUSES[LeadStatus.INTERESTED].name: "violet",
    STATUSES[LeadStatus.CONVERTED].name: "green",
    STATUSES[LeadStatus.LOST].name: "gray",
}
"""The theme's colours; the word in the chip says the same."""
_COLUMNS: Final = {
    "name": text_column("Lead", pinned=True, width=130),
    "status": MultiselectColumn("Status", options=list(_COLORS), color=list(_COLORS.values()), width=145),
    "first_contact": text_column(
        "First contact", help_text="How long a new lead has waited, or how long the first contact took.", width=130
    ),
    "company": text_column("Company"),
    "source": text_column("Source"),
    "agent": text_column("Agent"),
    "last_activity": text_column("Last activity", help_text="The last call, message or meeting with this lead that you can see."),
    "revenue": text_column("Revenue", help_text="Of the deals won with this lead."),
    "reach": text_column("Phone or e-mail"),
}


def show(viewer: Viewer, found: LeadPage, agents: Mapping[int, str], currency: str, now: datetime) -> None:
    """The table, what can be done with the leads chosen in it, and the way to the others."""
    if not found.lines:
        _nothing(viewer)
    else:
        _count(found)
        # Above the table: below it, what can be done would be out of sight where the table is long or the screen small.
        place = st.container()
        chosen = [found.lines[row] for row in _table(viewer, found.lines, currency, now) if row < len(found.lines)]
        with place:
            if chosen:
                bulk.bar(viewer, chosen, agents)
            else:
                st.caption("Choose one lead to open it, or several to change them together.", help=_BY_KEYBOARD)
    _paging(found)


def _count(found: LeadPage) -> None:
    told = counted(found.count, "lead") if found.is_all else f"more than {found.count:,} leads"
    order = "longest wait first" if address.is_waiting() else "last added first"
    st.caption(f"{told}, {order}".capitalize())


def _table(viewer: Viewer, shown: Sequence[LeadLine], currency: str, now: datetime) -> list[int]:
    rows = pd.DataFrame([_row(line, currency, now) for line in shown])
    columns = {name: column for name, column in _COLUMNS.items() if _is_told(name, rows, viewer)}
    event = st.dataframe(
        rows[list(columns)],
        column_config=columns,
        hide_index=True,
        # Other leads on the page mean another table: a choice by row numbers must not move on to somebody else.
        key=f"leads-table-{hash(tuple(line.id for line in shown))}",
        alt="Leads with their status and first contact",
        placeholder=UNKNOWN,
        height=_ROW_HEIGHT * (min(len(shown), _ROWS) + 1) + 3,
        row_height=_ROW_HEIGHT,
        on_select="rerun",
        selection_mode="multi-row",
    )
    return list(event["selection"]["rows"])


def _is_told(name: str, rows: pd.DataFrame, viewer: Viewer) -> bool:
    """Whether the column says anything here: a company selling to families has no companies, an agent's leads are their own."""
    return name in _ALWAYS or ((name != "agent" or viewer.role is not Role.AGENT) and bool((rows[name] != UNKNOWN).any()))


def _row(line: LeadLine, currency: str, now: datetime) -> dict[str, Any]:
    return {
        "name": line.name,
        "status": [standing(line, now)],
        "first_contact": first_contact(line, now),
        "company": line.company or UNKNOWN,
        "source": line.source or "Source unknown",
        "agent": line.agent_name or "Nobody yet",
        "last_activity": UNKNOWN if line.last_activity_at is None else ago((now - line.last_activity_at).total_seconds()),
        "revenue": UNKNOWN if line.revenue_minor is None else money_text(line.revenue_minor, currency),
        "reach": line.phone or line.email or UNKNOWN,
    }


def _nothing(viewer: Viewer) -> None:
    is_narrowed = any(name in st.query_params for name in address.NARROWING)
    with st.container(border=True, key="card-empty"):
        st.header("No lead fits" if is_narrowed else "No leads yet", anchor=False)
        if is_narrowed:
            waiting = "Nobody waits: every lead here has had a first contact. " if address.is_waiting() else ""
            st.markdown(f"{waiting}Other filters may show more.")
            st.button("Show all leads", key="leads-all", icon=":material/filter_alt_off:", on_click=address.show_all)
        elif viewer.role is Role.AGENT:
            st.markdown("A lead that is given to you shows up here, with the time it has been waiting for your first contact.")
        else:
            st.markdown("Leads arrive with an import of your CRM or through the API. Here you see who waits, and hand them out.")
            links.page_link("imports", "Import leads", {}, icon=":material/upload_file:")


def _paging(found: LeadPage) -> None:
    with st.container(horizontal=True, gap="small"):
        if address.BEFORE in st.query_params:
            st.button("First page", key="leads-newest", icon=":material/first_page:", on_click=parameters.put, args=(address.BEFORE, None))
        if found.next_after is not None:
            args = (address.BEFORE, found.next_after)
            st.button("More", key="leads-older", icon=":material/chevron_right:", on_click=parameters.put, args=args)
