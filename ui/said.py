"""What a choice on the screen says before its widget is drawn, for the download above it."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

Key = TypeVar("Key")


def said(name: str, offered: Mapping[Key, str], default: Key) -> Key:
    """What is chosen under the name; an address bound to a widget holds the words of a choice, not its key."""
    if name in st.session_state:
        key: Key = st.session_state[name]
        return key if key in offered else default
    words = st.query_params.get(name)
    return next((key for key, shown in offered.items() if shown == words), default)
