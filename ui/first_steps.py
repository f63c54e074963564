"""The first ten minutes on the landing screen: one card with a few steps, each a link; ticked ones stay to be seen."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

import clock
from database import database
from domain.first_steps import Checklist, Step
from services import first_steps
from services.access import Viewer
from ui.attempts import attempt
from ui.kept import kept
from ui.links import page_link


@dataclass(frozen=True, slots=True)
class _Words:
    """How a step is put: what to do, what it is good for, and the screen where it is done."""

    title: str
    why: str
    screen: str
    is_here: bool = False
    """Whether that is the landing screen itself, where a link would lead nowhere."""


WORDS: Final = {
    Step.BRING_DATA: _Words("Bring in an export of your CRM", "Columns are recognised; an import can be undone whole.", "imports"),
    Step.INVITE: _Words("Invite somebody", "They sign in with a password that is shown once.", "people"),
    Step.NAME_MANAGERS: _Words("Say who manages which team", "Managers see the work of their teams, and nobody else’s.", "people"),
    Step.SET_TARGETS: _Words("Say what you ask for", "With targets, figures tell who is on pace.", "targets"),
    Step.TALK: _Words("Prepare a 1:1", "Who needs one stands first, with the reasons.", "one_on_ones"),
    Step.LOG: _Words("Log your first activity", "Below, under *Log what you did*: the type, how it ended, done.", "daily", is_here=True),
    Step.BOOK: _Words("Book an entry in your calendar", "What is planned stands on Daily on its day.", "calendar"),
    Step.SET_GOAL: _Words("Set yourself a goal", "You see how likely you reach it, and what each day must bring.", "goals"),
    Step.BE_REACHED: _Words("Choose where messages reach you", "Slack, Telegram or your phone, beside the inbox here.", "account"),
}


def show(viewer: Viewer) -> None:
    """The card; nothing for somebody who skipped it or is done."""
    found = kept(viewer, frozenset({viewer.person_id}), ("first-steps",), lambda session: first_steps.shown(session, viewer))
    if found is None:
        return
    with st.container(border=True, key="card-first-steps", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
            st.header("Your first ten minutes", anchor=False, width="content")
            st.caption(f"{len(found.done)} of {len(found.steps)} done", width="content")
            st.button("Skip", key="first-steps-skip", type="tertiary", help="It can be brought back on Your account.", on_click=_skip)
        _steps(found)


def _steps(found: Checklist) -> None:
    with st.grid(len(found.steps), min_column_width=200, gap="small", key="first-steps"):
        for step in found.steps:
            with st.container(gap="xxsmall"):
                _step(step, is_done=step in found.done)


def _step(step: Step, *, is_done: bool) -> None:
    words = WORDS[step]
    if is_done:
        st.markdown(f":green[:material/check_circle:] :small[{words.title}: done]")
        return
    if words.is_here:
        st.markdown(f":material/radio_button_unchecked: {words.title}")
    else:
        page_link(words.screen, words.title, {}, icon=":material/radio_button_unchecked:")
    st.caption(words.why)


def way_back(viewer: Viewer) -> None:
    """The way to bring the card back; nothing while it is shown or when everything is done."""
    with database().reading() as session:
        found = first_steps.put_aside(session, viewer)
    if found is not None:
        st.button("Show my first ten minutes again", key="first-steps-back", icon=":material/checklist:", on_click=_bring_back)


def _skip() -> None:
    attempt(lambda session, viewer: first_steps.skip(session, viewer, clock.now()))


def _bring_back() -> None:
    attempt(first_steps.bring_back)
