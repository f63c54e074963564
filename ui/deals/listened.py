"""What clients held against a deal lately: a line for each kind of objection, with in how many conversations it came up."""

from typing import Final

import streamlit as st

from domain.formatting import day_text
from domain.local_time import wall_clock
from services.brought_up import MOST, WITHIN, Listened
from ui.calls.words import OBJECTIONS
from ui.layout import section
from ui.wording import counted

NOTE: Final = (
    f"From notes, transcripts and what the client wrote in the last {WITHIN.days} days, at most {MOST} conversations, as far as you may "
    "read them. Found by lists of words in English and Russian: what they miss is not counted. What is denied is not counted either."
)


def show(found: Listened, time_zone: str) -> None:
    """The lines, the most frequent first; what was said stands in the records below."""
    with section("What came up", key="deal-listened", note=NOTE, height="content"):
        if not found.conversations:
            st.markdown(
                f":gray[Nothing was written down in the last {WITHIN.days} days. Note what the client says about price, timing or who "
                "decides, and it is counted here.]"
            )
        elif not found.found:
            st.markdown(f":gray[No objection was found in {counted(found.conversations, 'conversation')}.]")
        for each in found.found:
            last = day_text(wall_clock(each.last_at, time_zone).date())
            st.markdown(
                f"**{OBJECTIONS[each.kind]}** was brought up in {each.conversations:,} of {counted(found.conversations, 'conversation')}"
                f" :gray[· last on {last}]"
            )
