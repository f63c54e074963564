"""Changing a channel: its name, its address, its end; and the log of what was sent by it."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.local_time import wall_clock
from services import channels
from services.access import Viewer
from services.channel_input import ChannelDetails, channel_details
from services.channels import ChannelEntry
from ui.attempts import attempt, show_refusal
from ui.channels.words import KINDS, RESULTS
from ui.outcome import attempt as shown_attempt
from ui.outcome import tell
from ui.session import signed_in_viewer
from ui.wording import plain
from ways_out import ways_out


@st.dialog("Rename a channel", icon=":material/edit:")
def rename(channel: ChannelEntry) -> None:
    """Another name; where it leads stays."""
    label = st.text_input("Name", value=channel.label, key=f"channel-name-{channel.channel_id}", max_chars=120)
    pressed = st.button("Save name", key="channel-rename", type="primary")
    if pressed and _done(
        lambda session, viewer: channels.change(session, viewer, channel.channel_id, _renamed(channel, label), clock.now())
    ):
        st.rerun()
    show_refusal()


@st.dialog("Mend a channel", icon=":material/build:")
def mend(channel: ChannelEntry) -> None:
    """Send by it again, to a new address or to the one there was."""
    words = KINDS[channel.kind]
    st.caption(words.how)
    with st.form("channel-mending", border=False):
        address = st.text_input(
            f"New {words.field.lower()}",
            key=f"channel-mend-{channel.channel_id}",
            type="password",
            autocomplete="off",
            placeholder="Leave empty to keep the present one" if channel.is_readable else words.placeholder,
        )
        submitted = st.form_submit_button("Send by it again", key="channel-mended", type="primary")
    if submitted:
        given, now = address or None, clock.now()
        if _done(lambda session, viewer: channels.mend(session, viewer, ways_out(), channel.channel_id, address=given, now=now)):
            tell(f"Messages go out by {channel.label} again. Send a test to be sure.")
            st.rerun()
    show_refusal()


@st.dialog("Remove a channel", icon=":material/delete:")
def remove(channel: ChannelEntry) -> None:
    """Ask once more: what waits for it is lost to it, though not to the inbox."""
    st.markdown(f"Nothing is sent by **{plain(channel.label)}** any more. What waits for it stays in the inbox only.")
    pressed = st.button("Remove it", key="channel-removed", type="primary")
    if pressed and _done(lambda session, viewer: channels.remove(session, viewer, channel.channel_id, clock.now())):
        tell(f"{channel.label} is removed.")
        st.rerun()
    show_refusal()


@st.dialog("What was sent", icon=":material/list:", width="large")
def log(channel: ChannelEntry) -> None:
    """The last tries, newest first."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        lines = shown_attempt(lambda: channels.log(session, viewer, channel.channel_id))
    if lines is None:
        return
    if not lines:
        st.info("Nothing was sent by this channel yet. Send a test to see whether it works.", icon=":material/history:")
        return
    st.table(
        [
            {
                "When": f"{wall_clock(line.attempted_at, viewer.time_zone):%d %b, %H:%M:%S}",
                "What": plain(line.title, limit=80),
                "Result": RESULTS[line.result],
                "Answer": plain(line.detail, limit=80),
                "Took": f"{line.took_ms / 1000:.1f} s",
            }
            for line in lines
        ],
        border="horizontal",
    )


def _renamed(channel: ChannelEntry, label: str | None) -> ChannelDetails:
    return channel_details(label=label or "", active=channel.active)


def _done(work: Callable[[Session, Viewer], None]) -> bool:
    """Whether the work was done; when it was refused, `show_refusal` says why."""

    def whole(session: Session, viewer: Viewer) -> bool:
        work(session, viewer)
        return True

    return attempt(whole) is True
