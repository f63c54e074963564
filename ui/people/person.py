"""Changing one person: who they are, where they belong, what they may do."""

from collections.abc import Sequence

import streamlit as st

import clock
from database import database
from domain.records import Role
from secret_key import secret_key
from services import erasure, people, teams
from services.access import Viewer
from services.people import DirectoryEntry
from services.person_input import person_details
from services.teams import TeamEntry
from ui.filters import today
from ui.outcome import attempt, save
from ui.people import passwords
from ui.people.fields import person_fields
from ui.people.words import told_apart
from ui.session import signed_in_viewer
from ui.wording import counted, plain


def chosen(everybody: Sequence[DirectoryEntry]) -> DirectoryEntry | None:
    """Ask whom to change."""
    names = told_apart(everybody)
    person_id = st.selectbox(
        "Whose details, team or access?",
        list(names),
        index=None,
        format_func=names.__getitem__,
        key="person",
        placeholder="Choose somebody",
    )
    return next((person for person in everybody if person.person_id == person_id), None)


def change(viewer: Viewer, person: DirectoryEntry, all_teams: Sequence[TeamEntry]) -> None:
    """Details, team and access of the chosen person."""
    details, team, access = st.tabs(["Details", "Team", "Access"])
    with details:
        _details(viewer, person)
    with team:
        _team(viewer, person, all_teams)
        if person.role is Role.MANAGER:
            _managed(viewer, person, all_teams)
    with access:
        _access(viewer, person)


def _details(viewer: Viewer, person: DirectoryEntry) -> None:
    with st.form(f"details_{person.person_id}", border=False):
        fields = person_fields(f"edit_{person.person_id}", zone=person.time_zone, person=person)
        submitted = st.form_submit_button("Save details", key=f"save_details_{person.person_id}", type="primary")
    if submitted:
        save(
            lambda session: people.edit(session, viewer, person.person_id, person_details(**fields), clock.now()),
            f"{fields['name']} is saved.",
        )


def _team(viewer: Viewer, person: DirectoryEntry, all_teams: Sequence[TeamEntry]) -> None:
    names = {team.team_id: team.name for team in all_teams}
    keys = [None, *names]
    st.markdown(f"Today: **{plain(person.team_name or 'no team')}**")
    with st.form(f"team_{person.person_id}", border=False):
        team_id = st.selectbox(
            "Move to",
            keys,
            index=keys.index(person.team_id),
            format_func=lambda key: names.get(key, "No team"),
            key=f"move_to_{person.person_id}",
        )
        day = st.date_input("From", value=today(viewer), key=f"move_on_{person.person_id}", format="YYYY-MM-DD")
        whole = st.checkbox(
            "Take their whole history along",
            key=f"move_whole_{person.person_id}",
            help="Otherwise what they did before that day stays with the team they were on.",
        )
        submitted = st.form_submit_button("Move", key=f"move_{person.person_id}", type="primary")
    if submitted:
        from_on = None if whole else day
        save(
            lambda session: teams.move(session, viewer, person.person_id, team_id, from_on=from_on, now=clock.now()),
            f"{person.name}: {names[team_id] if team_id else 'no team'} from {'the beginning' if whole else day}.",
        )


def _managed(viewer: Viewer, person: DirectoryEntry, all_teams: Sequence[TeamEntry]) -> None:
    names = {team.team_id: team.name for team in all_teams}
    with st.form(f"managed_{person.person_id}", border=False):
        team_ids = st.multiselect(
            "Manages",
            list(names),
            default=[team_id for team_id in names if team_id in person.managed_team_ids],
            format_func=names.__getitem__,
            key=f"manages_{person.person_id}",
            placeholder="No team",
        )
        submitted = st.form_submit_button("Save managed teams", key=f"save_managed_{person.person_id}")
    if submitted:
        save(
            lambda session: teams.set_managed(session, viewer, person.person_id, team_ids, clock.now()),
            f"{person.name} manages {counted(len(team_ids), 'team')}.",
        )


def _access(viewer: Viewer, person: DirectoryEntry) -> None:
    person_id, is_self = person.person_id, person.person_id == viewer.person_id
    with st.container(horizontal=True):
        if st.button("New one-time password", key=f"reset_{person_id}", icon=":material/key:", disabled=is_self or not person.active):
            password = attempt(lambda: database().write(lambda session: people.issue_password(session, viewer, person_id, clock.now())))
            if password:
                passwords.keep(person.name, password)
                st.rerun()
        if st.button("Sign out everywhere", key=f"sign_out_{person_id}", icon=":material/logout:", disabled=is_self):
            save(
                lambda session: people.sign_out_everywhere(session, viewer, person_id, clock.now()),
                f"{person.name} is signed out everywhere.",
            )
        if person.active:
            if st.button("Deactivate", key=f"deactivate_{person_id}", icon=":material/person_off:", disabled=is_self):
                _confirm_deactivation(person)
        elif st.button("Reactivate", key=f"reactivate_{person_id}", icon=":material/person_check:"):
            save(lambda session: people.reactivate(session, viewer, person_id, clock.now()), f"{person.name} is active again.")
        if st.button("Erase for good", key=f"erase_{person_id}", icon=":material/delete_forever:", disabled=is_self):
            _confirm_erasure(person)
    if is_self:
        st.caption("Your own password and sessions are under “Your account”; another administrator can change your access.")


@st.dialog("Deactivate")
def _confirm_deactivation(person: DirectoryEntry) -> None:
    viewer = signed_in_viewer()
    st.markdown(f"{plain(person.name)} will be signed out at once and cannot come back until you reactivate them. Their numbers stay.")
    if st.button("Deactivate", key="deactivate_yes", type="primary"):
        save(lambda session: people.deactivate(session, viewer, person.person_id, clock.now()), f"{person.name} is deactivated.")


@st.dialog("Erase for good")
def _confirm_erasure(person: DirectoryEntry) -> None:
    viewer, name = signed_in_viewer(), plain(person.name)
    st.markdown(
        f"**This cannot be undone.** {name} loses their access. Name, e-mail, notes, goals, plans, check-ins, messages, recordings and "
        "consents are erased. What the team did stays in its sums, under a number without a name."
    )
    st.caption("Their own copy of their data is on their Privacy page: let them download it first. Backups keep what they hold.")
    typed = st.text_input("Type their name or e-mail", key="erase_typed")
    if st.button("Erase for good", key="erase_yes", type="primary", icon=":material/delete_forever:"):
        save(
            lambda session: erasure.erase_person(session, viewer, person.person_id, typed, secret=secret_key(), now=clock.now()),
            f"{person.name} is erased.",
        )
