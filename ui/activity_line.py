"""One line of what happened: its time, what it was, what was noted about it, and beside it what can be done with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import streamlit as st

from domain.local_time import wall_clock

TIME_WIDTH: Final = 46
"""Room for `23:59`, so that the words of all lines begin below each other."""


@contextmanager
def line(key: str, at: datetime, time_zone: str, words: str, said: str = "") -> Iterator[None]:
    """The line in markdown that is safe to show; what is drawn inside stands at its end."""
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=key):
        st.markdown(f":gray[{wall_clock(at, time_zone):%H:%M}]", width=TIME_WIDTH)
        st.markdown(f"{words}  \n:small[:gray[{said}]]" if said else words, width="stretch")
        yield
