"""Inviting somebody new."""

from collections.abc import Sequence

import streamlit as st

import clock
from database import database
from services import people
from services.access import Viewer
from services.person_input import new_person
from services.teams import TeamEntry
from ui.outcome import attempt
from ui.people import passwords
from ui.people.fields import person_fields
from ui.session import signed_in_viewer


@st.dialog("Invite somebody", width="medium")
def invite(teams: Sequence[TeamEntry], zone: str) -> None:
    """Ask who they are; what comes back is a password to pass on."""
    viewer = signed_in_viewer()
    names = {team.team_id: team.name for team in teams}
    with st.form("invite", border=False):
        fields = person_fields("invite", zone=zone)
        team_id = st.selectbox("Team", [None, *names], format_func=lambda key: names.get(key, "No team yet"), key="invite_team")
        submitted = st.form_submit_button("Create and show password", key="invite_submit", type="primary")
    if submitted:
        invitation = attempt(lambda: _invite(viewer, fields | {"team_id": team_id}))
        if invitation is not None:
            passwords.keep(str(fields["name"]), invitation.one_time_password)
            st.rerun()


def _invite(viewer: Viewer, fields: dict[str, object]) -> people.Invitation:
    person = new_person(**fields)
    return database().write(lambda session: people.invite(session, viewer, person, clock.now()))
