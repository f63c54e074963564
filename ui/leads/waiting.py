"""Speed to lead: how many new leads wait for a first contact, how pressing that is, and since when."""

from typing import Final

import streamlit as st

import clock
from database import database
from domain.lead_list import Wait, Waits
from services.lead_lists import lead_waits
from ui.leads import address
from ui.leads.words import WAITS, span
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted

TICK: Final = "30s"
"""Often enough for an hour to run out before somebody's eyes; the count itself follows the facts at once."""
BOARD: Final = "leads"
"""The fragment of the whole board."""
NOTE: Final = (
    "Leads of the last 60 days that nobody has called or written to yet. A first contact within the hour counts as fast; after a day "
    "the lead has most likely talked to somebody else. Nights and weekends are included."
)


@fragment(key="leads-waiting", run_every=TICK)
def show() -> None:
    """The clock; nothing where nobody waits and nothing is narrowed to those who do."""
    viewer, now = signed_in_viewer(), clock.now()
    with database().reading() as session:
        found = lead_waits(session, viewer, now)
    if not found.total or found.longest_since is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="card-waiting"):
        longest = span((now - found.longest_since).total_seconds())
        words = f"**{counted(found.total, 'new lead waits', 'new leads wait')} for a first contact**, the longest {longest}"
        st.markdown(f"{words}  \n{_badges(found)}", help=NOTE, width="content")
        if not address.is_waiting():
            st.button("Show them", key="leads-show-waiting", icon=":material/timer:", on_click=_show)


def _badges(found: Waits) -> str:
    """Each with colour, icon and words; those nobody is in are left out."""
    shown = [(found.by_wait[each], WAITS[each]) for each in (Wait.LONG, Wait.WAITING, Wait.FRESH)]
    return " ".join(f":{words.color}-badge[{words.shown.symbol} {count:,} {words.shown.name.lower()}]" for count, words in shown if count)


def _show() -> None:
    address.show_waiting(is_wanted=True)
    # A click in here would draw only the clock again; the list belongs to the board.
    st.rerun(BOARD)
