"""The language model for administrators: whether it may be asked, what it used today, and whether it answers."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import streamlit as st

import clock
from assistant import assistant
from database import database
from domain.ai.outcome import Outcome
from services import ai_admin
from services.access import Viewer
from services.ai_admin import AiUse
from ui import ai_evaluations, review_guidance
from ui.outcome import attempt, save
from ui.wording import plain

NOTE: Final = "May figures go to a language model that puts them into words?"
SENT: Final = (
    "It is asked only when somebody presses *Put it in words*, *Draft the text* or, on a deal's page, *Have it written by the language "
    "model*, and is told the figures on that screen, the names of your steps and stages and single words of your pipeline: never names of "
    "people, addresses, phone numbers, notes or recordings, and somebody's energy only where they agreed. An answer is shown only if every "
    "figure in it is one of ours; otherwise, and without it, rules say the same."
)
NO_KEY: Final = "No key is set, so rules do it all. To change that, set PACESETTER_AI_KEY and start the web process again (docs/ai.md)."
OUTCOMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.OK: "answered",
        Outcome.STARTED: "without an answer yet",
        Outcome.NO_BUDGET: "over budget",
        Outcome.PAUSED: "paused after failures",
        Outcome.KEY_REFUSED: "key refused",
        Outcome.BUSY: "busy",
        Outcome.LATE: "late",
        Outcome.UNREACHABLE: "unreachable",
        Outcome.TROUBLE: "trouble",
        Outcome.UNREADABLE: "unreadable",
        Outcome.DECLINED: "declined",
        Outcome.UNGROUNDED: "ungrounded",
    }
)


def show(viewer: Viewer) -> None:
    """The switch, what is sent, the day's use, and a trial."""
    st.markdown(SENT)
    with database().reading() as session:
        use = ai_admin.use(session, viewer, assistant(), clock.now())
    _switch(viewer, use)
    if not use.is_set_up:
        st.caption(NO_KEY)
        return
    st.caption(plain(f"A key is set; {use.model} is asked (PACESETTER_AI_MODEL)."))
    _used(use)
    ai_evaluations.show(viewer)
    review_guidance.show(viewer)
    if st.button("Try it", icon=":material/network_check:", key="ai_trial", help="Sends one invented figure and counts as any question."):
        _trial(viewer)


def _switch(viewer: Viewer, use: AiUse) -> None:
    chosen = st.toggle(
        "Let a language model put figures into words", value=use.is_on, key="ai_on", disabled=not (use.is_set_up or use.is_on)
    )
    if chosen != use.is_on:
        words = "Figures may go to the language model now." if chosen else "Nothing goes to the language model any more."
        save(partial(ai_admin.switch, viewer=viewer, now=clock.now(), on=chosen), words)


def _used(use: AiUse) -> None:
    share = min(1.0, use.tokens_used / use.tokens_a_day) if use.tokens_a_day else 1.0
    st.progress(
        share, text=f"{use.tokens_used:,} of {use.tokens_a_day:,} tokens used today, at most {use.tokens_a_day_each:,} by each person"
    )
    ended = ", ".join(f"{number:,} {OUTCOMES.get(outcome, outcome)}" for outcome, number in sorted(use.outcomes.items()))
    st.caption(f"Asked today: {ended}." if ended else "Nothing was asked today.")


def _trial(viewer: Viewer) -> None:
    with st.spinner("Asking …"):
        found = attempt(lambda: ai_admin.trial(database(), assistant(), viewer, clock.now()))
    if found is None:
        return
    if found.is_by_ai:
        st.success(plain(f"It answers: {' '.join(found.sentences)}"), icon=":material/check_circle:")
    else:
        st.warning(f"No answer that can be used: {OUTCOMES.get(found.outcome, found.outcome)}.", icon=":material/cloud_off:")
