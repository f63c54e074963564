"""What stands at the address of a screen that does not exist for whoever opened it."""

from functools import partial

import streamlit as st

from ui import layout, links
from ui.pages import PageSpec


def page(key: str, first: PageSpec) -> st.Page:
    """The page at a screen's address, for somebody without that screen; `first` is where the way on leads."""
    return st.Page(partial(_show, first), title="Not a page of yours", url_path=key, visibility="hidden")


def _show(first: PageSpec) -> None:
    layout.heading("Not a page of yours", "This address leads to a page you do not have.")
    st.write("Whoever sent you here may have another role, or the page is not switched on for you. The menu lists every page you have.")
    links.page_link(first.key, f"Go on to {first.title}", {}, icon=f":material/{first.icon}:")
