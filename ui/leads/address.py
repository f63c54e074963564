"""What the address of the Leads screen says: which lead is open, and what the list is narrowed to."""

from typing import Final

import streamlit as st

from domain.lead_list import LeadOrder, LeadSearch
from domain.records import LeadStatus
from ui.parameters import number, put

LEAD: Final = "lead"
STATUS: Final = "status"
AGENT: Final = "agent"
SOURCE: Final = "source"
WORDS: Final = "q"
WAITING: Final = "waiting"
BEFORE: Final = "before"
NARROWING: Final = (STATUS, AGENT, SOURCE, WORDS, WAITING, BEFORE)
NOBODY: Final = 0
"""What stands for no agent at all; no person has this id."""
UNKNOWN_SOURCE: Final = "-"
"""What stands in the address for the source nobody said."""
MOST_SIGNS: Final = 100


def status() -> LeadStatus | None:
    """The status the list is narrowed to; None for all, and for a word that is no status."""
    said = st.query_params.get(STATUS, "")
    return LeadStatus(said) if said in set(LeadStatus) else None


def words() -> str:
    """What is searched for; signs the database cannot store are left out."""
    return "".join(sign for sign in st.query_params.get(WORDS, "") if sign.isprintable())[:MOST_SIGNS].strip()


def source() -> str | None:
    """The source the list is narrowed to, empty for the unknown one; None for all."""
    said = st.query_params.get(SOURCE)
    return "" if said == UNKNOWN_SOURCE else (said or "").replace("\0", "") or None


def is_waiting() -> bool:
    """Whether only those who wait are listed, the longest wait first."""
    return st.query_params.get(WAITING) == "1"


def search() -> LeadSearch:
    """Everything the list is narrowed to."""
    agent = number(AGENT)
    return LeadSearch(
        words=words(),
        status=None if is_waiting() else status(),
        source=source(),
        agent_id=agent or None,
        only_unassigned=agent == NOBODY,
        only_waiting=is_waiting(),
        order=LeadOrder.WAITING_LONGEST if is_waiting() else LeadOrder.NEWEST,
    )


def narrow(name: str, value: object) -> None:
    """Narrow the list, which then begins at its first lead."""
    put(name, value)
    put(BEFORE, None)


def show_waiting(*, is_wanted: bool) -> None:
    """List those who wait, the longest first, or everybody again; who waits is new, so another status is let go."""
    narrow(WAITING, "1" if is_wanted else None)
    put(STATUS, None)


def show_all() -> None:
    """Take every narrowing back."""
    for name in NARROWING:
        put(name, None)
