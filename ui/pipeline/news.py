"""What came of the last change of items, said above them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

import clock
from services.bulk import BulkResult
from ui.attempts import show_refusal
from ui.wording import counted, plain

_TOLD: Final = "pipeline-told"
TOLD_FOR: Final = timedelta(seconds=20)
"""The change itself draws the part again at once; what came of it must outlive that, long enough to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    result: BulkResult
    at: datetime


def keep(result: BulkResult | None) -> None:
    """Say it when the items are drawn again."""
    if result is not None and (result.done or result.refused):
        st.session_state[_TOLD] = _Told(result=result, at=clock.now())


def show() -> None:
    """Say it, as long as it is news: how many were moved, and each that was not with its reason."""
    show_refusal()
    told: _Told | None = st.session_state.get(_TOLD)
    if told is None or clock.now() - told.at > TOLD_FOR:
        return
    if told.result.done:
        st.success(f"{counted(told.result.done, 'item')} changed.", icon=":material/check_circle:")
    if told.result.refused:
        lines = [f"- {plain(name)}: {plain(reason)}" for name, reason in told.result.refused]
        st.warning("\n".join(["Not changed:", "", *lines]), icon=":material/info:")
