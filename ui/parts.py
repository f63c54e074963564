"""The lower half of a screen in parts, one at a time: what is not looked at is neither read nor drawn."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

PART: Final = "part"
"""The parameter of the address, so that a link leads to a part."""


def chosen_part(names: Sequence[str]) -> str:
    """Let somebody choose among the parts; the first one is shown until they do."""
    return st.segmented_control("More about these days", names, default=names[0], key=PART, bind="query-params", required=True) or names[0]
