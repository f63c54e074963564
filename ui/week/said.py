"""What became of the last change in a section of the week, said above it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import streamlit as st

import clock
from ui.wording import plain

TOLD_FOR: Final = timedelta(seconds=20)
"""The change itself draws the section again at once; what came of it must outlive that, long enough to be read."""


class Section(StrEnum):
    """Where something was changed."""

    VISION = "vision-said"
    CONTENT = "content-said"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    words: str
    at: datetime


def keep(where: Section, said: str) -> None:
    """Say it when the section is drawn again."""
    st.session_state[where] = _Told(words=said, at=clock.now())


def close(where: Section, done: object | None, said: str) -> None:
    """Close the form when it was stored, leaving word of it."""
    if done is not None:
        keep(where, said)
        st.rerun(scope="app")


def show(where: Section) -> None:
    """Say it, as long as it is news."""
    told: _Told | None = st.session_state.get(where)
    if told is not None and clock.now() - told.at < TOLD_FOR:
        st.success(plain(told.words), icon=":material/check_circle:")
