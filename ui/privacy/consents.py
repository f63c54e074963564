"""What the viewer agrees to, since when, and the way to take each back."""

from collections.abc import Callable
from typing import Final

import streamlit as st

import clock
from database import database
from domain.formatting import day_text
from domain.local_time import wall_clock
from services import ai_consent, calendar_feed, consents, leaderboard_choice
from services.access import Viewer
from services.consents import Consent, Standing
from ui import coach, links, outcome, pattern_choice
from ui.calls import settings as recording
from ui.wording import plain

NAMES: Final = {
    Consent.OWN_PATTERNS: "Patterns in your own work",
    Consent.AI_ENERGY: "Your energy in a language model's words",
    Consent.RECORDING: "Recording of your calls",
    Consent.LEADERBOARD: "Your name on leaderboards",
    Consent.FEED: "Your calendar in other programs",
}
WALL: Final = "Also on your team's screen on the wall, where there is one and you are in the upper half."


def show(viewer: Viewer) -> None:
    """Each consent with its state and its choice."""
    with database().reading() as session:
        standing = consents.standings(session, viewer)
    for consent, draw in _CHOICES.items():
        with st.container(key=f"consent-{consent.value.replace('_', '-')}", gap="xsmall"):
            st.markdown(f"**{NAMES[consent]}** · {_state(standing[consent], viewer)}")
            draw(viewer, standing[consent])


def _state(standing: Standing, viewer: Viewer) -> str:
    said = "on" if standing.is_given else "off"
    if standing.since is None:
        return f"{said}, as it was set up"
    return f"{said} since {plain(day_text(wall_clock(standing.since, viewer.time_zone).date()))}"


def _energy(viewer: Viewer, standing: Standing) -> None:
    given = standing.is_given
    st.markdown(
        f"{coach.CONSENT}. Taking it back erases what was said of it."
        if given
        else "What is said about your energy is put into words by rules; nothing of it is sent anywhere."
    )
    said = "Your energy goes to no language model any more." if given else "Your energy pattern may be told when you ask for words."
    if st.button("Take it back" if given else "Agree", key="consent_energy"):
        outcome.save(lambda session: ai_consent.change_energy(session, viewer, is_given=not given, now=clock.now()), said)


def _on_leaderboards(viewer: Viewer, standing: Standing) -> None:
    """Whether colleagues read the viewer's name or alias beside their place."""
    del standing
    with database().reading() as session:
        known = leaderboard_choice.choice_of(session, viewer)
    is_listed = st.checkbox("Colleagues see me by name on leaderboards", known.is_listed, key="listed", help=WALL)
    alias = st.text_input("Alias instead of my name (optional)", known.alias, max_chars=leaderboard_choice.LONGEST_ALIAS, key="alias")
    if st.button("Save choice", key="save_listed"):
        said = "You are named on leaderboards now." if is_listed else "You are not named on leaderboards."
        outcome.save(lambda session: leaderboard_choice.choose(session, viewer, clock.now(), is_listed=is_listed, alias=alias), said)


def _feed(viewer: Viewer, standing: Standing) -> None:
    if not standing.is_given:
        links.page_link("calendar", "Make an address in the calendar", {}, icon=":material/event:")
    elif st.button("End the address", key="consent_feed", icon=":material/link_off:"):
        said = "The address opens nothing any more."
        outcome.save(lambda session: calendar_feed.close_feed(session, viewer, clock.now()), said)


_CHOICES: Final[dict[Consent, Callable[[Viewer, Standing], None]]] = {
    Consent.OWN_PATTERNS: lambda viewer, _standing: pattern_choice.show(viewer),
    Consent.AI_ENERGY: _energy,
    Consent.RECORDING: lambda viewer, _standing: recording.preference(viewer),
    Consent.LEADERBOARD: _on_leaderboards,
    Consent.FEED: _feed,
}
