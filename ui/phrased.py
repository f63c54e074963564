"""An analysis in words: the rules' at once, a language model's when somebody asks for them, and whose they are."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

import clock
from assistant import assistant
from database import database
from domain.ai.outcome import Outcome
from services import ai
from services.ai import Asked, Phrased
from ui.session import signed_in_viewer
from ui.wording import plain

LABEL: Final = "Put it in words"
HELP: Final = "Sends these figures, without anybody's name, to the language model your company chose. It takes some seconds."
BY_RULES: Final = "rule-based"
BY_AI: Final = "AI-phrased"
LONGEST: Final = 600
WHY: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.NO_BUDGET: "What may be used in a day is used. Tomorrow there is more.",
        Outcome.PAUSED: "The language model is in trouble. Try again in a minute.",
        Outcome.UNGROUNDED: "The language model said something these figures do not say, so it is not shown.",
        Outcome.DECLINED: "The language model would not answer.",
    }
)
FAILED: Final = "The language model gave no answer that can be used."


def show(asked: Asked, *, key: str, kept: Phrased | None = None, keep: Callable[[Phrased], object] | None = None) -> Phrased:
    """The words that are known, and the button for others where there may be others; `keep` is told what was said just now.

    Returns what is shown.
    """
    words, below = st.container(gap="small"), st.empty()
    known = _known(asked, key, kept)
    shown, why = known, ""
    if not known.is_by_ai and is_offered(asked) and below.button(LABEL, icon=":material/auto_awesome:", help=HELP, key=f"{key}-ask"):
        shown = _asked(asked, key, keep, below)
        why = "" if shown.is_by_ai else WHY.get(shown.outcome, FAILED)
    with words:
        for sentence in shown.sentences:
            st.markdown(plain(sentence, limit=LONGEST))
        st.markdown(f":small[:gray[{mark(shown)} {why}]]", help=evidence(shown))
    return shown


def held(key: str) -> Phrased | None:
    """What a model said here just now."""
    found: Phrased | None = st.session_state.get(f"{key}-said")
    return found


def _known(asked: Asked, key: str, kept: Phrased | None) -> Phrased:
    """What was said of these very facts; else what rules say."""
    said = (each for each in (held(key), kept) if each is not None and each.digest == asked.digest)
    return next(said, ai.by_rules(asked))


def is_offered(asked: Asked) -> bool:
    """Whether a model may be asked for other words of it, by whoever looks."""
    helper = assistant()
    if not helper.is_set_up:
        return False
    with database().reading() as session:
        return ai.may_be_asked(session, helper, signed_in_viewer(), asked)


def _asked(asked: Asked, key: str, keep: Callable[[Phrased], object] | None, below: "st.delta_generator.DeltaGenerator") -> Phrased:
    with below, st.spinner("Finding the words …"):
        found = ai.phrase(database(), assistant(), signed_in_viewer(), asked, clock.now())
    if found.is_by_ai:
        below.empty()
        st.session_state[f"{key}-said"] = found
        if keep is not None:
            keep(found)
    return found


def mark(shown: Phrased) -> str:
    """Whose the words are."""
    return f":material/auto_awesome: {BY_AI}" if shown.is_by_ai else BY_RULES


def evidence(shown: Phrased) -> str:
    """What the words rest on, for whoever hovers over the mark."""
    if not shown.is_by_ai:
        return "These sentences are made by rules from the figures above."
    said = f"Said by {shown.model} (prompt {shown.prompt_version}, call {shown.call_id}). Every figure in it was checked against ours."
    return plain(said)
