"""The list of channels, each with its state and what can be done with it."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

import clock
from database import database
from domain.local_time import wall_clock
from services import channel_trials, channels
from services.access import Viewer
from services.channel_input import channel_details
from services.channels import ChannelEntry
from ui.attempts import attempt, show_refusal
from ui.channels import add, change, telegram
from ui.channels.words import KINDS, state_badge
from ui.outcome import attempt as shown_attempt
from ui.wording import counted, plain
from ways_out import ways_out

RENAME, OFF, ON, MEND, LOG, REMOVE = "Rename", "Switch off", "Switch on", "Mend or new address", "What was sent", "Remove"
_TRIED: Final = "channel-tried"
"""The channel tried out last, and how it went, for the next run of the screen."""


def own(viewer: Viewer) -> None:
    """The viewer's own channels."""
    with database().reading() as session:
        found = channels.own(session, viewer, ways_out().seal)
    if not found:
        st.markdown(
            "Everything you are told is in your inbox here. Add a channel to get it on your phone or in Slack as well, "
            "such as when a record is near or a lead has waited too long."
        )
    _rows(viewer, found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("Add a channel", key="channel-add-own", icon=":material/add:"):
            add.for_oneself()
        telegram.connect()
    telegram.link()
    telegram.language()


def shared(viewer: Viewer) -> None:
    """Channels of teams, and for admins of the whole company."""
    with database().reading() as session:
        found = channels.shared(session, viewer, ways_out().seal)
    if not found:
        st.markdown("What concerns a team can also go to a channel all of its managers read, such as the team's Slack channel.")
    _rows(viewer, found)
    if st.button("Add a channel", key="channel-add-shared", icon=":material/add:"):
        add.for_others()


def _rows(viewer: Viewer, found: Sequence[ChannelEntry]) -> None:
    show_refusal()
    tried = st.session_state.pop(_TRIED, None)
    for channel in found:
        with st.container(border=True, key=f"card-channel-{channel.channel_id}", gap="xsmall"):
            words, buttons = st.columns([3, 1], vertical_alignment="center", gap="small")
            with words:
                _words(channel)
            with buttons, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small"):
                _test(viewer, channel)
                _menu(channel)
            _trouble(viewer, channel)
            if tried is not None and tried[0] == channel.channel_id:
                _verdict(tried[1])


def _words(channel: ChannelEntry) -> None:
    kind = KINDS[channel.kind]
    owner = "" if channel.person_id is not None else plain(channel.team_name or "The whole company")
    waiting = f"{counted(channel.waiting, 'message')} waiting" if channel.waiting else ""
    with st.container(gap="xxsmall"):
        st.markdown(f":material/{kind.icon}: **{plain(channel.label)}** {state_badge(channel)}")
        st.caption(" · ".join(filter(None, (owner, kind.name, waiting))))


def _trouble(viewer: Viewer, channel: ChannelEntry) -> None:
    if not channel.is_readable:
        st.warning("Its address was sealed with another secret and cannot be read. Choose “Mend or new address” and enter it anew.")
    elif channel.broken_at is not None:
        since = wall_clock(channel.broken_at, viewer.time_zone)
        st.warning(f"{plain(channel.broken_reason)} Nothing is sent since {since:%d %b %Y, %H:%M}; what is new waits up to a week.")


def _test(viewer: Viewer, channel: ChannelEntry) -> None:
    if not st.button("Send a test", key=f"channel-test-{channel.channel_id}", help=f"Send a test to {plain(channel.label)}"):
        return
    with st.spinner("Sending…"):
        trial = shown_attempt(lambda: channel_trials.try_out(database(), viewer, ways_out(), channel.channel_id, now=clock.now))
    if trial is not None:
        st.session_state[_TRIED] = (channel.channel_id, trial)
        st.rerun()


def _verdict(trial: channel_trials.Trial) -> None:
    if trial.arrived:
        st.success(trial.words, icon=":material/check_circle:")
    else:
        st.error(plain(trial.words), icon=":material/error:")


def _menu(channel: ChannelEntry) -> None:
    choices = [RENAME, OFF if channel.active else ON, MEND, LOG, REMOVE]
    picked = st.menu_button(
        "Change", choices, icon=":material/more_horiz:", type="tertiary", key=f"channel-menu-{channel.channel_id}-{channel.active}"
    )
    match picked:
        case "Rename":
            change.rename(channel)
        case "Mend or new address":
            change.mend(channel)
        case "What was sent":
            change.log(channel)
        case "Remove":
            change.remove(channel)
        case "Switch off" | "Switch on":
            _switch(channel)


def _switch(channel: ChannelEntry) -> None:
    details = channel_details(label=channel.label, active=not channel.active)
    attempt(lambda session, viewer: channels.change(session, viewer, channel.channel_id, details, clock.now()))
    st.rerun()
