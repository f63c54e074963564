"""The coach, when somebody opens it: a text by rules or in a model's words, whether it was useful, and what was said before."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Final

import streamlit as st

import clock
from assistant import assistant
from database import database
from domain.coaching.content_plan import Suggestion
from domain.coaching.texts.content import content_text
from domain.coaching.texts.text import CoachKind, CoachText
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.formatting import day_text
from domain.local_time import local_time
from services import ai, ai_consent, coach
from services.access import Viewer
from services.ai import Phrased
from services.coach import Told
from services.vision_board import is_own
from ui import phrased
from ui.attempts import attempt, show_refusal
from ui.session import signed_in_viewer
from ui.wording import plain

NAMES: Final[Mapping[CoachKind, str]] = MappingProxyType(
    {
        CoachKind.DAY_PLAN: "The day's plan",
        CoachKind.PATTERNS: "The team's patterns",
        CoachKind.OWN_PATTERNS: "Your own patterns",
        CoachKind.CONTENT: "Draft of a post",
        CoachKind.ENERGY: "Your energy",
    }
)
ICON: Final = ":material/record_voice_over:"
NOTHING: Final = "There is nothing to say right now."
NOTHING_YET: Final = "The coach has said nothing yet. Agents ask it with a button below their plan, their patterns or a suggested post."
SEEN: Final = "Managers of your team can read this later, with whether it was useful."
PRIVATE: Final = "Only you read this."
CONSENT: Final = (
    "When I ask for words, tell the language model in which part of the day I have most and least energy, and by how many check-ins"
)
DRAFT_HELP: Final = "Replaces the text below. Nothing is posted by itself, and the numbers of your pipeline are in no draft."


def button(agent: AgentChoice, kind: CoachKind, label: str) -> None:
    """For an agent, of their own work alone: opens what the coach says to it."""
    if is_own(signed_in_viewer(), agent.agent_id) and st.button(label, key=f"coach-{kind}", type="tertiary", icon=ICON):
        _read(agent, kind)


def said_button(agent: AgentChoice, today: date) -> None:
    """For whoever looks after an agent: opens what the coach said to the agent."""
    if not is_own(signed_in_viewer(), agent.agent_id) and st.button("What the coach said", key="coach-said", type="tertiary", icon=ICON):
        _said(agent, today)


def draft(agent: AgentChoice, offered: Suggestion, body_key: str) -> None:
    """The button that fills the text of a suggested post, above the field with that key; and whose words they are."""
    text, kept = content_text(offered), f"{body_key}-draft"
    if text is None:
        return
    if st.button("Draft the text", icon=":material/edit_note:", key=f"{body_key}-ask", help=DRAFT_HELP):
        with st.spinner("Drafting …"):
            st.session_state[kept] = _drafted(signed_in_viewer(), agent, text)
        st.session_state[body_key] = "\n\n".join(st.session_state[kept].sentences)
    found: Phrased | None = st.session_state.get(kept)
    if found is not None:
        st.markdown(f":small[:gray[{phrased.mark(found)}. Fill the gaps in brackets.]]", help=phrased.evidence(found))
        _useful(_kept(agent, text, found))


@st.dialog("The coach", icon=ICON)
def _read(agent: AgentChoice, kind: CoachKind) -> None:
    viewer, now = signed_in_viewer(), clock.now()
    with database().reading() as session:
        text = coach.text_of(session, viewer, agent.agent_id, kind, now)
    if text is None:
        st.markdown(NOTHING)
        return
    asked = coach.asked_of(text, agent.agent_id)
    if kind is CoachKind.ENERGY and assistant().is_set_up:
        _consent(viewer)
    with database().reading() as session:
        before = coach.kept_words(session, viewer, text, asked.digest)
    shown = phrased.show(asked, key=f"coach-{kind}-words", kept=before)
    _useful(_kept(agent, text, shown))
    st.caption(PRIVATE if text.kind.is_private else SEEN)
    show_refusal()


@st.dialog("What the coach said", icon=ICON)
def _said(agent: AgentChoice, today: date) -> None:
    try:
        with database().reading() as session:
            told = coach.sessions_of(session, signed_in_viewer(), agent.agent_id, today)
    except NotFoundError:
        return
    if not told:
        st.markdown(NOTHING_YET)
    for each in told:
        badge = {True: " :green-badge[:material/thumb_up: Useful]", False: " :gray-badge[:material/thumb_down: Not useful]"}
        by = phrased.BY_AI if each.is_by_ai else phrased.BY_RULES
        when = day_text(local_time(each.shown_at, agent.time_zone).on)
        said = plain(" ".join(each.sentences), limit=phrased.LONGEST)
        answer = badge[each.is_useful] if each.is_useful is not None else ""
        st.markdown(f"**{NAMES[each.kind]}** :small[:gray[{when} · {by}]]{answer}  \n{said}")


def _consent(viewer: Viewer) -> None:
    with database().reading() as session:
        now_given = ai_consent.is_given(session, viewer.person_id, ai_consent.ENERGY)
    st.session_state.setdefault("coach-consent", now_given)
    wanted = st.checkbox(CONSENT, key="coach-consent", help="Without it rules say it. Taking it back erases what was said of your energy.")
    if wanted != now_given:
        attempt(lambda session, viewer: ai_consent.change_energy(session, viewer, is_given=wanted, now=clock.now()))


def _drafted(viewer: Viewer, agent: AgentChoice, text: CoachText) -> Phrased:
    asked = coach.asked_of(text, agent.agent_id)
    with database().reading() as session:
        before = coach.kept_words(session, viewer, text, asked.digest)
    if before is not None:
        return before
    return ai.phrase(database(), assistant(), viewer, asked, clock.now()) if phrased.is_offered(asked) else ai.by_rules(asked)


def _kept(agent: AgentChoice, text: CoachText, shown: Phrased) -> Told | None:
    """The text as it was kept, written once for each time it is opened."""
    key = f"coach-kept-{agent.agent_id}-{shown.digest}-{shown.model}"
    if key not in st.session_state:
        st.session_state[key] = attempt(lambda session, viewer: coach.keep_shown(session, viewer, agent.agent_id, text, shown, clock.now()))
    found: Told | None = st.session_state[key]
    return found


def _useful(told: Told | None) -> None:
    if told is None:
        return
    key = f"coach-useful-{told.id}"
    if told.is_useful is not None:
        st.session_state.setdefault(key, int(told.is_useful))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Was this useful?", width="content")
        st.feedback("thumbs", key=key, on_change=_answer, args=(told.id, key))


def _answer(session_id: int, key: str) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        attempt(partial(coach.answer, session_id=session_id, now=clock.now(), is_useful=bool(chosen)))
