"""Imports — how do the numbers get in?"""

import streamlit as st

from database import database
from services import import_history, import_plan
from ui import outcome
from ui.imports import action, mapping_form, options, report, upload
from ui.imports.history import history
from ui.layout import heading, section
from ui.page import open_page

viewer = open_page("imports")
heading("Imports", "Bring in an export of your CRM. You see what would happen before anything is stored.")
outcome.show()
report.last_report()
with section("1 · Choose a file", key="imports-upload"):
    bench = upload.upload()
    if bench is not None:
        bench = upload.detected(bench)
with database().reading() as session:
    past = import_history.past_imports(session, viewer)
    saved = import_history.saved_mappings(session, viewer)
    zone, knows_agents = import_history.home_zone(session), import_history.knows_agents(session)
    teams = import_history.own_teams(session, viewer)
    products = import_plan.known_products(session)
    again = import_history.earlier_imports_of(session, viewer, bench.draft.sha256) if bench else []
if bench is not None:
    if again:
        st.info(f"This very file is import {again[0]} already. Importing it again changes nothing.", icon=":material/info:")
    with section("2 · Say what the columns mean", key="imports-mapping"):
        mapping, key = mapping_form.start(bench, saved, zone)
        mapping = mapping_form.columns(bench, mapping, key)
        mapping = mapping_form.dates(bench, mapping, key)
        mapping = mapping_form.meanings(bench, mapping, key)
        mapping = mapping_form.renamings(bench, mapping, key, lambda: products)
        mapping = options.options(mapping, viewer, teams, key, brings_people=not knows_agents)
        options.keep(mapping, viewer)
    with section("3 · Check and import", key="imports-action"):
        action.act(bench, mapping, viewer)
with section("Past imports", key="imports-past"):
    history(past, viewer)
