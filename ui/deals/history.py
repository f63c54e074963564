"""What happened with a deal, the newest first: calls, messages, tasks and the stages it entered."""

from itertools import groupby
from typing import Final

import streamlit as st

from domain.contact import TOWARDS_PEOPLE
from domain.deals.facts import StageMove
from domain.facts import ActivityEntry
from domain.formatting import day_text
from domain.local_time import wall_clock
from domain.pipeline.steps import words as stage_words
from domain.records import Direction
from services.access import Viewer
from services.deal_card import DealCard, happened_at
from ui.activity_line import line
from ui.activity_words import ACTIVITIES, duration_text, outcome_badge
from ui.layout import section
from ui.wording import plain

FIRST: Final = 20
"""Entries shown at first, and how many more each time."""
_WAYS: Final = {Direction.INBOUND: ":material/call_received: in", Direction.OUTBOUND: ":material/call_made: out"}


def shown(deal_id: int) -> int:
    """How many entries of the deal are shown; each deal remembers on its own."""
    count: int = st.session_state.get(_key(deal_id), FIRST)
    return count


def show(viewer: Viewer, found: DealCard) -> None:
    """The entries the viewer may see."""
    deal_id, zone = found.facts.deal_id, viewer.time_zone
    with section("What happened", key="deal-history", note="Newest first.", height="content"):
        if not found.history:
            st.markdown(":gray[Nothing yet. Log the first call, or keep a note.]")
        for day, entries in groupby(found.history, key=lambda each: wall_clock(happened_at(each), zone).date()):
            st.markdown(f"**{day:%a} {day_text(day)}**")
            for number, each in enumerate(entries):
                _line(each, viewer, f"deal-line-{day}-{number}")
        if not found.is_all:
            st.button("Show more", key="deal-more", on_click=_more, args=(deal_id,))


def _line(each: ActivityEntry | StageMove, viewer: Viewer, key: str) -> None:
    zone = viewer.time_zone
    if isinstance(each, StageMove):
        with line(key, each.at, zone, f":material/swap_horiz: **Into {plain(stage_words(each.stage))}**"):
            return
    known = ACTIVITIES[each.type]
    way = _WAYS.get(each.direction) if each.direction and each.type in TOWARDS_PEOPLE else None
    whose = "" if each.agent_id == viewer.person_id else f":gray[· {plain(each.agent_name)}]"
    said = [way, outcome_badge(each.outcome), duration_text(each.duration_seconds), whose]
    words = " ".join([f"{known.symbol} **{known.name}**", *(part for part in said if part)])
    # The page is about the deal: a subject that only says so is left out.
    texts = ("" if each.deal_name and each.deal_name in each.subject else each.subject, each.notes)
    with line(key, each.occurred_at, zone, words, " ".join(plain(text, limit=2_000) for text in texts if text)):
        return


def _more(deal_id: int) -> None:
    st.session_state[_key(deal_id)] = shown(deal_id) + FIRST


def _key(deal_id: int) -> str:
    return f"deal-history-shown-{deal_id}"
