"""The table of people and its filters."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from domain.local_time import wall_clock
from services.access import Viewer
from services.people import DirectoryEntry
from services.teams import TeamEntry
from ui.people.words import CRM_ID, ROLE_WORDS, access_word
from ui.tables import UNKNOWN


def filtered(people: Sequence[DirectoryEntry], teams: Sequence[TeamEntry]) -> list[DirectoryEntry]:
    """Draw the filters and return who passes them; those who left are hidden until asked for."""
    names = {team.team_id: team.name for team in teams}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input("Find", key="people_find", placeholder="Name or e-mail", icon=":material/search:").strip().casefold()
        roles = st.multiselect("Role", list(ROLE_WORDS), format_func=ROLE_WORDS.__getitem__, key="people_roles", placeholder="All")
        team_ids = st.multiselect("Team", list(names), format_func=names.__getitem__, key="people_teams", placeholder="All")
        with_leavers = st.toggle("Show deactivated", key="people_leavers")
    return [
        person
        for person in people
        if words in f"{person.name} {person.email or ''}".casefold()
        and (not roles or person.role in roles)
        and (not team_ids or person.team_id in team_ids)
        and (person.active or with_leavers)
    ]


def table(people: Sequence[DirectoryEntry], viewer: Viewer) -> None:
    """One line a person."""
    if not people:
        st.info("Nobody fits these filters.", icon=":material/search_off:")
        return
    frame = pd.DataFrame([_line(person, viewer) for person in people])
    if not any(frame[CRM_ID]):
        frame = frame.drop(columns=CRM_ID)
    st.dataframe(
        frame,
        hide_index=True,
        key="people_table",
        alt="Everybody with role, team and access",
        column_config={"Last seen": st.column_config.TextColumn(width=160)},
    )


def _line(person: DirectoryEntry, viewer: Viewer) -> dict[str, Any]:
    return {
        "Name": person.name,
        "Role": ROLE_WORDS[person.role],
        "Team": person.team_name or UNKNOWN,
        "E-mail": person.email or UNKNOWN,
        "Access": access_word(person),
        "Last seen": f"{wall_clock(person.last_seen_at, viewer.time_zone):%d %b %Y, %H:%M}" if person.last_seen_at else UNKNOWN,
        CRM_ID: person.external_id or "",
    }
