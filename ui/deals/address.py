"""What the address of the Deals screen says: which deal is open, and what the list is narrowed to."""

from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from domain.deals.priority import DealPriority
from services.deal_warnings import Narrowed
from ui.parameters import number, put

DEAL: Final = "deal"
AGENT: Final = "agent"
STAGE: Final = "stage"
PIPELINE: Final = "pipeline"
PRIORITY: Final = "priority"
QUIET: Final = "quiet"
VIEW: Final = "view"
FROM: Final = "from"
ORDER: Final = "order"
LIKELY: Final = "likely"
NARROWING: Final = (AGENT, STAGE, PIPELINE, PRIORITY, QUIET, FROM)
BOARD: Final = "board"
LONGEST_QUIET: Final = 365
_LONGEST_PERSON: Final = 9
"""Digits of a person's id."""


def text(name: str) -> str | None:
    """The words of a parameter, without signs the database cannot store; None for one that is missing."""
    said = st.query_params.get(name)
    return None if said is None else said.replace("\0", "")[:80]


def agent_id() -> int | None:
    """The agent the list is narrowed to."""
    return number(AGENT, digits=_LONGEST_PERSON)


def priority() -> DealPriority | None:
    """The priority the list is narrowed to; None for all, and for a word that is none."""
    said = st.query_params.get(PRIORITY, "")
    return DealPriority(said) if said in set(DealPriority) else None


def quiet_days() -> int | None:
    """For how many days nothing was done for the deals listed; None for all."""
    days = number(QUIET, digits=3)
    return min(days, LONGEST_QUIET) if days else None


def offset() -> int:
    """How many deals of the list stand before the page."""
    return number(FROM, digits=6) or 0


def narrowed(now: datetime) -> Narrowed:
    """Everything the list is narrowed to."""
    days = quiet_days()
    return Narrowed(
        agent_id=agent_id(),
        pipeline=text(PIPELINE),
        stage=text(STAGE),
        priority=priority(),
        quiet_since=None if days is None else now - timedelta(days=days),
    )


def is_board() -> bool:
    """Whether the deals are shown by stage."""
    return st.query_params.get(VIEW) == BOARD


def is_likely_first() -> bool:
    """Whether the likeliest deals stand first."""
    return st.query_params.get(ORDER) == LIKELY


def narrow(name: str, value: object) -> None:
    """Narrow the list, which then begins at its first deal."""
    put(name, value)
    put(FROM, None)


def show_all() -> None:
    """Take every narrowing back."""
    for name in NARROWING:
        put(name, None)
