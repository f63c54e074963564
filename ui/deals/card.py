"""One deal: what it is, what warns of it, its review, what is known, what comes next, and what happened."""

from datetime import datetime

import streamlit as st

from database import database
from domain.errors import NotFoundError
from domain.pipeline.steps import words as stage_words
from domain.records import DealStatus
from services.access import Viewer
from services.deal_card import DealCard, deal_card
from ui import parameters
from ui.deals import address, deeds, history, likely, listened, review, warning_list
from ui.deals.words import amount_text, ended_text, facts_of, stage_text, task_text
from ui.layout import section
from ui.wording import plain

NO_DEAL = "There is no such deal among those you look after. It may have been given to somebody else."
_WIDTH = 150


def show(viewer: Viewer, deal_id: int | None, now: datetime) -> None:
    """The deal with this id; one that is not the viewer's to see is told like one that does not exist."""
    st.button(
        "All deals", key="deal-back", icon=":material/arrow_back:", type="tertiary", on_click=parameters.put, args=(address.DEAL, None)
    )
    found = _found(viewer, deal_id, now)
    if found is None:
        st.info(NO_DEAL, icon=":material/info:")
        return
    _about(found)
    if found.facts.status is DealStatus.OPEN:
        warning_list.show(viewer, found, now)
        if found.chance is not None:
            likely.show(found.chance, found.facts.stage)
        review.show(viewer, found.facts.deal_id)
        deeds.show(viewer, found.facts)
    _facts(found)
    listened.show(found.listened, viewer.time_zone)
    history.show(viewer, found)


def _found(viewer: Viewer, deal_id: int | None, now: datetime) -> DealCard | None:
    try:
        with database().reading() as session:
            return deal_card(session, viewer, deal_id or 0, now, limit=history.shown(deal_id or 0))
    except NotFoundError:
        return None


def _about(found: DealCard) -> None:
    facts = found.facts
    with section(plain(facts.name), key="deal", height="content"):
        stage = plain(stage_words(stage_text(facts.stage)))
        where = stage if facts.status is DealStatus.OPEN else plain(ended_text(facts))
        st.markdown(f"**{where}** · {plain(amount_text(facts.amount_minor, found.currency))}")
        told = {
            "Company": facts.company,
            "Pipeline": facts.pipeline,
            "Agent": facts.agent_name or "Nobody yet",
            "Next step": task_text(facts.next_step, facts.time_zone) if facts.status is DealStatus.OPEN else "",
        }
        with st.container(horizontal=True, gap="medium", key="deal-known"):
            for name, value in told.items():
                if value:
                    st.markdown(f":gray[{name}]  \n{plain(value)}", width="content")


def _facts(found: DealCard) -> None:
    with section("What is known", key="deal-facts", height="content"), st.grid(4, min_column_width=_WIDTH, gap="small"):
        for name, (figure, meaning) in facts_of(found.facts, found.currency).items():
            st.markdown(f":gray[{name}]  \n**{plain(figure)}**", help=meaning)
