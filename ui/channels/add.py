"""Adding a channel: which kind, what to call it, its address."""

from collections.abc import Mapping

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.records import Role
from services import channels
from services.access import Viewer
from services.channel_input import new_channel
from services.channels import ChannelKind
from settings import Mode, settings
from ui.attempts import attempt, show_refusal
from ui.channels.words import KINDS
from ui.outcome import tell
from ui.session import signed_in_viewer
from ways_out import ways_out


@st.dialog("Where should messages reach you?", icon=":material/add:", width="medium")
def for_oneself() -> None:
    """A channel of the viewer's own."""
    viewer = signed_in_viewer()
    _form({"person_id": viewer.person_id})


@st.dialog("Where should a team's messages go?", icon=":material/add:", width="medium")
def for_others() -> None:
    """A channel of a team, or for admins of the whole company."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        teams = channels.teams(session, viewer)
    everybody: list[int | None] = [None] if viewer.role is Role.ADMIN else []
    team_id = st.selectbox(
        "For", [*everybody, *teams], format_func=lambda key: teams.get(key, "The whole company"), key="channel-team", filter_mode=None
    )
    _form({"team_id": team_id})


def _form(owner: Mapping[str, object]) -> None:
    """The rest; an address is typed like a password, because whoever has it can write there.

    A form: outside of one, Streamlit does not take over a password whose eye the keyboard passes on its way out.
    """
    kind = st.selectbox("By", _kinds(), format_func=lambda each: KINDS[each].name, key="channel-kind", filter_mode=None)
    words = KINDS[kind]
    st.caption(words.how)
    address = ""
    with st.form("channel-new", border=False):
        if kind is not ChannelKind.NULL:
            address = st.text_input(
                words.field, key=f"channel-address-{kind}", type="password", autocomplete="off", placeholder=words.placeholder
            )
        label = st.text_input("Name", key="channel-label", max_chars=120, placeholder="Team channel, my phone …")
        submitted = st.form_submit_button("Add channel", key="channel-save", type="primary")
    fields = dict(owner) | {"kind": kind, "address": address, "label": label or words.name}
    if submitted:
        added = attempt(lambda session, viewer: _add(session, viewer, fields))
        if added is not None:
            tell(f"{fields['label']} is added. Send a test to see whether it works.")
            st.rerun()
    show_refusal()


def _kinds() -> list[ChannelKind]:
    """Channels that send nothing are of use to developers alone."""
    offered = [kind for kind in ChannelKind if ways_out().has(kind)]
    return offered if settings().mode is Mode.DEVELOPMENT else [kind for kind in offered if kind is not ChannelKind.NULL]


def _add(session: Session, viewer: Viewer, fields: Mapping[str, object]) -> int:
    return channels.add(session, viewer, ways_out(), new_channel(**fields), clock.now())
