"""The open deals by the stage they stand in, the most pressing first in each."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from domain.pipeline.steps import known_places
from domain.pipeline.steps import words as stage_words
from services.deal_warnings import DealAtRisk, DealPage
from ui import layout, parameters
from ui.deals import address
from ui.deals.words import amount_text, days_text, priority_icon, priority_text, stage_text, warning_names
from ui.links import page_link
from ui.wording import counted, plain

PER_STAGE: Final = 8
"""More cards than this are a list, not a board; the number above a column tells how many there are."""
_WIDTH: Final = 150
_LAST: Final = 99
NOTE: Final = "Choose a card to open the deal. It is moved to another stage on its own page, or dragged there on the Pipeline screen."
MOVE: Final = "Move deals on the board of Pipeline"


def show(found: DealPage, currency: str) -> None:
    """A column for each stage that has open deals."""
    with layout.section("By stage", key="deals-board", note=NOTE, view="deals", params=address.params()):
        shown = len(found.deals)
        st.caption(counted(shown, "open deal") if shown == found.in_all else f"The {shown} most pressing of {found.in_all:,} open deals")
        columns = _columns(found.deals)
        page_link("pipeline", MOVE, {}, icon=":material/drag_pan:")
        with st.grid(min(len(columns), 6), min_column_width=_WIDTH, gap="small"):
            for stage, deals in columns:
                with st.container(gap="xsmall", key=f"deals-stage-{stage}"):
                    _column(stage, deals, currency)


def _columns(deals: Sequence[DealAtRisk]) -> list[tuple[str, list[DealAtRisk]]]:
    """Stages in the order deals go through them, as far as that is known."""
    by_stage: dict[str, list[DealAtRisk]] = {}
    for deal in deals:
        by_stage.setdefault(deal.listed.stage, []).append(deal)
    places = known_places()
    return sorted(by_stage.items(), key=lambda each: (places.get(each[0].upper(), _LAST), each[0]))


def _column(stage: str, deals: Sequence[DealAtRisk], currency: str) -> None:
    st.markdown(f"**{plain(stage_words(stage_text(stage)))}** :gray[{len(deals)}]")
    for deal in deals[:PER_STAGE]:
        listed = deal.listed
        mark = f"{priority_icon(listed.priority)} " if listed.priority else ""
        st.button(
            f"{mark}{plain(listed.name, limit=60)}  \n{plain(amount_text(listed.amount_minor, currency))}",
            key=f"deals-card-{listed.deal_id}",
            width="stretch",
            help=_about(deal),
            on_click=parameters.put,
            args=(address.DEAL, listed.deal_id),
        )
    if len(deals) > PER_STAGE:
        st.caption(f"and {len(deals) - PER_STAGE} more")


def _about(deal: DealAtRisk) -> str:
    """What there is to know of a card on hover; its priority in words too."""
    rules = tuple(each.rule for each in deal.warnings)
    return f"{priority_text(deal.listed.priority)}: {warning_names(rules)}. Quiet for {days_text(deal.facts.quiet_days)}."
