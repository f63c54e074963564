"""The audit log as a table that can be paged back in time."""

from typing import Final

import pandas as pd
import streamlit as st

from database import database
from domain.local_time import wall_clock
from services import audit
from services.access import Viewer
from services.audit import Action, Entry
from ui.tables import UNKNOWN

_PAGES: Final = "audit_pages"
"""The last entry of each page already passed, so that one can go back."""


def audit_log(viewer: Viewer) -> None:
    """Newest first, of one action or of all."""
    action = st.selectbox(
        "Show",
        [None, *Action],
        format_func=_choice_words,
        key="audit_action",
        on_change=_restart,
    )
    passed: list[int] = st.session_state.setdefault(_PAGES, [])
    with database().reading() as session:
        entries = audit.entries(session, viewer, action=action, before_id=passed[-1] if passed else None)
    if entries:
        st.dataframe(
            pd.DataFrame([_line(entry, viewer) for entry in entries]),
            hide_index=True,
            key="audit_table",
            column_config={"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm:ss")},
            alt="Audit log, newest first",
        )
    else:
        st.info("Nothing of this kind has been recorded.", icon=":material/history:")
    _paging(passed, entries)


def _paging(passed: list[int], entries: list[Entry]) -> None:
    with st.container(horizontal=True):
        if st.button("Newer", key="audit_newer", icon=":material/chevron_left:", disabled=not passed):
            passed.pop()
            st.rerun()
        if st.button("Older", key="audit_older", icon=":material/chevron_right:", disabled=len(entries) < audit.PAGE):
            passed.append(entries[-1].entry_id)
            st.rerun()


def _restart() -> None:
    st.session_state[_PAGES] = []


def _line(entry: Entry, viewer: Viewer) -> dict[str, object]:
    return {
        "When": wall_clock(entry.at, viewer.time_zone),
        "Who": entry.person_name or UNKNOWN,
        "What": _words(entry.action),
        "On": entry.subject.replace(":", " "),
        "Details": ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in entry.details.items() if value is not None),
    }


def _choice_words(action: Action | None) -> str:
    return "Everything" if action is None else _words(action)


def _words(action: str) -> str:
    return action.replace("_", " ").capitalize()
