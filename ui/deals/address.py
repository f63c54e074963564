"""What the address of the Deals screen says: which deal is open, and what the list is narrowed to."""

from datetime import datetime
from typing import Final

import streamlit as st

from domain.deals.priority import DealPriority
from services import deal_filters
from services.deal_filters import PIPELINE, STAGE
from services.deal_warnings import Narrowed
from ui.parameters import number, put

DEAL: Final = "deal"
VIEW: Final = "view"
FROM: Final = "from"
ORDER: Final = "order"
LIKELY: Final = "likely"
NARROWING: Final = (*deal_filters.NAMES, FROM)
BOARD: Final = "board"


def stage() -> str | None:
    """The stage the list is narrowed to."""
    return deal_filters.name(params(), STAGE)


def pipeline() -> str | None:
    """The pipeline the list is narrowed to."""
    return deal_filters.name(params(), PIPELINE)


def agent_id() -> int | None:
    """The agent the list is narrowed to."""
    return deal_filters.agent_id(params())


def priority() -> DealPriority | None:
    """The priority the list is narrowed to; None for all, and for a word that is none."""
    return deal_filters.priority(params())


def quiet_days() -> int | None:
    """For how many days nothing was done for the deals listed; None for all."""
    return deal_filters.quiet_days(params())


def params() -> dict[str, str]:
    """What narrows the list, for reading and for its download."""
    return {name: st.query_params[name] for name in deal_filters.NAMES if name in st.query_params}


def offset() -> int:
    """How many deals of the list stand before the page."""
    return number(FROM, digits=6) or 0


def narrowed(now: datetime) -> Narrowed:
    """Everything the list is narrowed to."""
    return deal_filters.narrowed_by(params(), now)


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
