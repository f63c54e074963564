"""The playful line of Daily: points of today, streak with its freezes, and the energy check-in."""

from datetime import date
from typing import Final

import streamlit as st

import clock
from domain.coaching.energy import LEAST, MOST
from domain.coaching.streaks import MOST_MINIMUM
from domain.coaching.texts.text import CoachKind
from domain.facts import AgentChoice
from services import energy, streaks
from services.play_day import OwnDay, PlayDay
from ui import coach
from ui.attempts import attempt
from ui.play import words
from ui.play.of_today import of_today
from ui.session import signed_in_viewer
from ui.turns import fragment

CHOICE: Final = "energy-choice"
MINIMUM: Final = "streak-minimum"
SHARED: Final = "streak-shared"


@fragment(key="play")
def show(agent: AgentChoice, today: date) -> None:
    """The agent's today in the game; who looks is asked again on every run."""
    found = of_today(signed_in_viewer(), agent, today)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="play-strip"):
        st.markdown(_points(found), help=words.points_help(found), width="content")
        if found.streak is not None:
            length = found.streak.length
            st.markdown(
                f":material/local_fire_department: **{length}** {'day' if length == 1 else 'days'} in a row "
                f":small[:gray[{words.streak_text(found.streak)} · {words.freezes_text(found.streak)}]]",
                help=words.STREAK_HELP,
                width="content",
            )
        if found.own is not None:
            _energy(found.own)
            _more(agent, found.own)


def _points(found: PlayDay) -> str:
    level = f" :small[:gray[{words.level_text(found.own.level)}]]" if found.own else ""
    return f":material/stars: **{found.points:,}** {'point' if found.points == 1 else 'points'} today{level}"


def _energy(own: OwnDay) -> None:
    st.session_state[CHOICE] = own.energy.now
    st.segmented_control(
        "Your energy now",
        list(range(LEAST, MOST + 1)),
        key=CHOICE,
        help=f"1 is {words.ENERGY_WORDS[LEAST]}, 5 is {words.ENERGY_WORDS[MOST]}. {words.ENERGY_HELP}",
        on_change=_tell,
        width="content",
    )


def _more(agent: AgentChoice, own: OwnDay) -> None:
    """What is one's own to choose, folded away."""
    with st.popover("Your rules", icon=":material/tune:"):
        st.caption(words.energy_text(own.energy.pattern))
        if own.energy.pattern.count:
            if own.energy.pattern.high is not None:
                coach.button(agent, CoachKind.ENERGY, "Plan around it")
            st.button("Delete all my check-ins", key="energy-forget", icon=":material/delete:", on_click=_forget)
        st.session_state.setdefault(MINIMUM, own.settings.minimum)
        st.session_state.setdefault(SHARED, own.settings.is_shared)
        least = "The smallest act that keeps a day."
        st.number_input("My daily minimum", min_value=1, max_value=MOST_MINIMUM, key=MINIMUM, on_change=_choose, help=least)
        st.checkbox("My managers may see my streak", key=SHARED, on_change=_choose)
        if own.settings.is_paused:
            st.button("Let days count again", key="streak-resume", icon=":material/play_arrow:", on_click=_resume)
        else:
            st.button("Pause my streak from today", key="streak-pause", icon=":material/pause:", on_click=_pause)


def _tell() -> None:
    told = st.session_state[CHOICE]
    if told is not None:
        attempt(lambda session, viewer: energy.check_in(session, viewer, told, clock.now()))


def _forget() -> None:
    attempt(energy.forget)


def _choose() -> None:
    minimum, is_shared = st.session_state[MINIMUM], st.session_state[SHARED]
    attempt(lambda session, viewer: streaks.choose(session, viewer, minimum=minimum, is_shared=is_shared))


def _pause() -> None:
    attempt(lambda session, viewer: streaks.pause(session, viewer, clock.now()))


def _resume() -> None:
    attempt(lambda session, viewer: streaks.resume(session, viewer, clock.now()))
