"""Links that download what a view shows, with the filters of its address."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import streamlit as st

FORMATS: Final = (("csv", "CSV", ":material/csv:"), ("xlsx", "Excel", ":material/table_view:"))


def links(view: str, params: Mapping[str, str], *, key: str = "export") -> None:
    """A small menu with the view as CSV and as Excel."""
    with st.popover("Download", icon=":material/download:", type="tertiary", key=f"{key}-{view}"):
        st.caption("What you see, with its filters and definitions.")
        for file_type, name, icon in FORMATS:
            st.link_button(name, export_url(view, file_type, params), icon=icon, width="stretch")


def export_url(view: str, file_type: str, params: Mapping[str, str]) -> str:
    """The address of a download."""
    query = urlencode(params)
    return f"/api/export/{view}.{file_type}" + (f"?{query}" if query else "")
