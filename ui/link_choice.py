"""Finding the lead or deal something belongs to."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from database import database
from domain.facts import AgentChoice, LinkChoice
from services import timeline, training_choice
from services.access import Viewer


def lead_choice(
    viewer: Viewer, agent: AgentChoice, on: date, *, key: str, kept: tuple[int | None, str | None] = (None, None)
) -> int | None:
    """The chosen lead's id; `kept` is the id and name of the one linked now."""
    return _choice("lead", lambda words: _leads(viewer, agent, words, on), key, kept)


def deal_choice(
    viewer: Viewer, agent: AgentChoice, on: date, *, key: str, kept: tuple[int | None, str | None] = (None, None)
) -> int | None:
    """The chosen open deal's id; `kept` is the id and name of the one linked now."""
    return _choice("deal", lambda words: _deals(viewer, agent, words, on), key, kept)


def module_choice(*, key: str, kept: int | None = None) -> int | None:
    """The chosen training module's id; nothing is drawn where none is on offer."""
    with database().reading() as session:
        names = {module.id: f"{module.name} · {module.detail}" for module in training_choice.modules_on_offer(session)}
    if kept is not None:
        names.setdefault(kept, "The module booked, no longer on offer")
    if not names:
        st.caption("No training module is on offer yet.")
        return None
    options = [None, *names]
    return st.selectbox("Module", options, options.index(kept), format_func=lambda choice: _option_name(names, choice), key=f"{key}-module")


def _leads(viewer: Viewer, agent: AgentChoice, words: str, on: date) -> list[LinkChoice]:
    with database().reading() as session:
        return timeline.lead_choices(session, viewer, agent.agent_id, words, on)


def _deals(viewer: Viewer, agent: AgentChoice, words: str, on: date) -> list[LinkChoice]:
    with database().reading() as session:
        return timeline.deal_choices(session, viewer, agent.agent_id, words, on)


def _choice(noun: str, find: Callable[[str], list[LinkChoice]], key: str, kept: tuple[int | None, str | None]) -> int | None:
    """A search field and, below it, what it found; the latest ones before anything is typed."""
    words = st.text_input(
        f"Find a {noun}", key=f"{key}-{noun}-words", placeholder="Name or company", icon=":material/search:", max_chars=80
    )
    kept_id, kept_name = kept
    names = {kept_id: kept_name or ""} if kept_id is not None else {}
    names |= {choice.id: f"{choice.name} · {choice.detail}" if choice.detail else choice.name for choice in find(words or "")}
    if not names:
        st.caption(f"No {noun} of that name." if words else f"No {noun} to link yet.")
        return None
    options = [None, *names]
    index = options.index(kept_id) if kept_id is not None else 0
    return st.selectbox(f"Linked {noun}", options, index=index, format_func=lambda choice: _option_name(names, choice), key=f"{key}-{noun}")


def _option_name(names: dict[int, str], choice: int | None) -> str:
    return names[choice] if choice is not None else "None"
