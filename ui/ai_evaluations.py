"""How the model does on the cases of each kind of text, for administrators: when, which model and prompt, and whether it may be asked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

import clock
from assistant import assistant
from database import database
from domain.errors import PacesetterError
from domain.formatting import day_text
from domain.local_time import local_time
from services import ai_evaluation
from services.access import Viewer
from services.ai_evaluation import Standing
from services.ai_prompts import Purpose
from ui.wording import plain

NAMES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {
        Purpose.DAY_PLAN: "The day's plan",
        Purpose.PATTERNS: "Patterns",
        Purpose.CONTENT: "Drafts of posts",
        Purpose.ENERGY: "Planning around energy",
        Purpose.DEAL_REVIEW: "Reviews of deals",
    }
)
NOTE: Final = (
    "What the coach says and reviews of deals are put into the model's words only for kinds in which it did as well as the rules on "
    "invented cases. Another model or a new prompt has to show it again; until then rules say it."
)
HELP: Final = "Asks the model about every invented case of this kind: some seconds each, and they count against the tokens of the day."


def show(viewer: Viewer) -> None:
    """Every kind with how it stands, and the button that tries it."""
    st.markdown(f"**The coach's texts and reviews**  \n:small[:gray[{NOTE}]]")
    with database().reading() as session:
        standings = ai_evaluation.standings(session, viewer, assistant())
    for each in standings:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"ai-kind-{each.purpose}"):
            st.markdown(_words(viewer, each), width="stretch")
            if st.button("Evaluate", icon=":material/fact_check:", key=f"ai-evaluate-{each.purpose}", help=HELP):
                _evaluate(viewer, each)


def _words(viewer: Viewer, one: Standing) -> str:
    name, last = NAMES[one.purpose], one.last
    if last is None:
        waits = f"{one.cases} cases, prompt {one.prompt_version}"
        return f":gray-badge[:material/hourglass_empty: Not evaluated] **{name}**  \n:small[:gray[{plain(waits)}]]"
    badge = ":green-badge[:material/check: May be asked]" if one.is_on else ":gray-badge[:material/block: Rules say it]"
    score, when = last.score, day_text(local_time(last.at, viewer.time_zone).on)
    told = (
        f"{when}, {last.model}, prompt {last.prompt_version}: {score.usable} of {score.cases} answers usable; "
        f"{score.sound} of {score.cases} texts without a fault, by rules {score.rules_sound}"
    )
    return f"{badge} **{name}**  \n:small[:gray[{plain(told)}]]"


def _evaluate(viewer: Viewer, one: Standing) -> None:
    with st.spinner(f"Asking about {one.cases} cases …"):
        try:
            ai_evaluation.evaluate(database(), assistant(), viewer, one.purpose, clock.now())
        except PacesetterError as error:
            st.error(plain(str(error)), icon=":material/cloud_off:")
            return
    st.rerun()
