"""Choosing the figure that ninety days, or a phase of them, are about, with what speaks for it."""

from collections.abc import Sequence

import streamlit as st

from domain.coaching.cycles import Gap
from ui.wording import plain


def chosen(gaps: Sequence[Gap], *, label: str, key: str) -> Gap:
    """Draw the choice, the best reason first; return the one chosen."""
    by_key = {gap.metric.key: gap for gap in gaps}
    picked = st.selectbox(label, list(by_key), format_func=lambda each: by_key[each].metric.name, key=key, width=320)
    found = by_key[picked or next(iter(by_key))]
    st.caption(plain(f"{'Measured gap: ' if found.is_measured else ''}{found.why}."))
    return found
