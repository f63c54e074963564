"""How every screen begins, and how its sections look."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from ui import exports


def heading(title: str, question: str) -> None:
    """The screen's name and the one question it answers."""
    with st.container(gap="xxsmall", key="heading"):
        st.title(title, anchor=False)
        st.caption(question)


@contextmanager
def section(
    title: str,
    *,
    key: str,
    note: str | None = None,
    view: str | None = None,
    params: Mapping[str, str] | None = None,
    height: Literal["stretch", "content"] = "stretch",
) -> Iterator[None]:
    """A card with its own title; `note` explains it on hover, `view` can be downloaded from its corner.

    It fills what its neighbours leave, unless it is as high as its content.
    """
    with st.container(border=True, key=f"card-{key}", gap="small", height=height):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"):
            st.header(title, anchor=False, help=note, width="content")
            if view is not None:
                exports.links(view, params or {}, key=f"export-{key}")
        yield
