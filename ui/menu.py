"""The headings of the menu: one over the first screen of each group that somebody has."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from ui.pages import PAGES, Group

_LOOK: Final = "display: block; padding: 0.4rem 0.5rem 0; font-size: 0.75rem; font-weight: 600; color: #9AA6B8;"


def _entry(key: str) -> str:
    return f'li:has(a[href$="/{key}"])'


def _first(key: str, earlier: Sequence[str]) -> str:
    """The entry, unless one of its group stands before it."""
    before = "".join(f":not({_entry(each)} ~ li)" for each in earlier)
    return f'[data-testid="stSidebarNavItems"] {_entry(key)}{before}::before'


def _heading(group: Group) -> str:
    keys = [spec.key for spec in PAGES if spec.group is group]
    firsts = ",\n".join(_first(key, keys[:place]) for place, key in enumerate(keys))
    return f'{firsts} {{ content: "{group}"; {_LOOK} }}'


_HEADINGS: Final = f"<style>{chr(10).join(_heading(group) for group in Group)}</style>"


def headings() -> None:
    """Write a heading above each group.

    They are a matter of style: the menu stays one list. Streamlit's own headings break it in two for screen readers, and fold it.
    """
    st.html(_HEADINGS)
