"""The headings of the menu: one over the first screen of each group."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

import streamlit as st

from ui.pages import Group, PageSpec

_LINK: Final = '[data-testid="stSidebarNavItems"] li:has(a[href$="/{key}"])::before'
_HEADING: Final = """{links} {{
    display: block;
    padding: 0.7rem 0.5rem 0.15rem;
    font-size: 0.75rem;
    font-weight: 600;
    color: #9AA6B8;
}}
"""


def headings(specs: Iterable[PageSpec]) -> None:
    """Draw a heading above each group of the menu.

    They are a matter of style: the menu stays one list. Streamlit's own headings break it in two for screen readers, and fold it.
    """
    firsts = [(group, next(members)) for group, members in groupby(specs, key=lambda spec: spec.group) if group is not None]
    links = {group: _LINK.format(key=spec.key) for group, spec in firsts}
    st.html(f"<style>{_HEADING.format(links=', '.join(links.values()))}{_words(links)}</style>")


def _words(links: dict[Group, str]) -> str:
    return "\n".join(f'{link} {{ content: "{group}"; }}' for group, link in links.items())
