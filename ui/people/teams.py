"""The teams: a table, and creating or changing one."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

import clock
from domain.records import Profile
from services import teams
from services.access import Viewer
from services.person_input import team_details
from services.teams import TeamEntry
from ui.outcome import save
from ui.people.words import PROFILE_WORDS
from ui.tables import UNKNOWN


def table(all_teams: Sequence[TeamEntry]) -> None:
    """One line a team."""
    if not all_teams:
        st.info("There are no teams yet. Create the first one below.", icon=":material/group_add:")
        return
    frame = pd.DataFrame(
        [
            {
                "Team": team.name,
                "Business": PROFILE_WORDS[team.profile],
                "People": team.members,
                "Managers": ", ".join(team.managers) or UNKNOWN,
            }
            for team in all_teams
        ]
    )
    st.dataframe(frame, hide_index=True, key="team_table", alt="Every team with its size and managers")


def change(viewer: Viewer, all_teams: Sequence[TeamEntry]) -> None:
    """A form for a new team or for the chosen one."""
    known = {team.team_id: team for team in all_teams}
    team_id = st.selectbox(
        "Team", [None, *known], format_func=lambda key: known[key].name if key in known else "A new team", key="team_chosen"
    )
    team, profiles = known.get(team_id) if team_id is not None else None, list(Profile)
    with st.form(f"team_form_{team_id}", border=False):
        name = st.text_input("Name", value=team.name if team else "", key=f"team_name_{team_id}", max_chars=120)
        profile = st.selectbox(
            "Business",
            profiles,
            index=profiles.index(team.profile) if team else 0,
            format_func=PROFILE_WORDS.__getitem__,
            key=f"team_profile_{team_id}",
            help="Decides which figures come first and the targets the team starts with.",
        )
        submitted = st.form_submit_button("Save team" if team else "Create team", key=f"team_save_{team_id}", type="primary")
    if submitted and team is None:
        save(lambda session: teams.create(session, viewer, team_details(name=name, profile=profile), clock.now()), f"{name} is created.")
    elif submitted and team is not None:
        save(
            lambda session: teams.change(session, viewer, team.team_id, team_details(name=name, profile=profile), clock.now()),
            f"{name} is saved.",
        )
