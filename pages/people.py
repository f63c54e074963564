"""People — who is here, on which team, and who may do what?"""

import streamlit as st

from database import database
from services import api_tokens, organisation, people, teams
from ui import filters, outcome
from ui.layout import heading, section
from ui.page import open_page
from ui.people import directory, passwords, person, tokens
from ui.people import teams as team_screen
from ui.people.invite import invite

viewer = open_page("people")
heading("People", "Who is here, on which team, and who may do what?")
outcome.show()
passwords.show()
with database().reading() as session:
    everybody = people.everybody(session, viewer, filters.today(viewer))
    all_teams = teams.all_teams(session, viewer, filters.today(viewer))
    company = organisation.company(session)
    all_tokens = api_tokens.all_tokens(session, viewer)
people_tab, team_tab, token_tab = st.tabs(["People", "Teams", "API tokens"])
with people_tab:
    if st.button("Invite somebody", key="invite", type="primary", icon=":material/person_add:"):
        invite(all_teams, company.time_zone if company else viewer.time_zone)
    with section("Everybody", key="everybody"):
        directory.table(directory.filtered(everybody, all_teams), viewer)
    with section("Edit a person", key="person"):
        chosen = person.chosen(everybody)
        if chosen is not None:
            person.change(viewer, chosen, all_teams)
with team_tab:
    with section("Teams", key="teams"):
        team_screen.table(all_teams)
    with section("Create or change a team", key="team"):
        team_screen.change(viewer, all_teams)
with token_tab:
    tokens.shown_once()
    with section("Tokens", key="tokens", note="A dialer or a CRM proves with its token who it is. Only a hash of it is kept."):
        tokens.table(all_tokens, viewer)
        tokens.end(all_tokens)
    with section("Create a token", key="token"):
        tokens.make(viewer)
