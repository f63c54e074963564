"""Settings — what does all of the company share, and what was done here?"""

import streamlit as st

from ui import ai_settings, chain_form, company, features, outcome, stages
from ui.audit_log import audit_log
from ui.calls import settings as recording
from ui.channels import board
from ui.crm import board as crm
from ui.crm.words import NOTE as CRM_NOTE
from ui.deals import message_form
from ui.layout import heading, section
from ui.page import open_page
from ui.play import definitions, promises, values

viewer = open_page("settings")
heading("Settings", "What does all of the company share, and what was done here?")
outcome.show()
company_tab, connections_tab, selling_tab, play_tab, audit_tab = st.tabs(
    ["Company", "Connections", "How you sell", "Points and rewards", "Audit log"]
)
with company_tab:
    with section("Company", key="company"):
        company.settings_form(viewer)
    with section("Recording of calls", key="recording", note="Where calls may be recorded, and how long recordings are kept."):
        recording.show(viewer)
    with section("AI", key="ai", note=ai_settings.NOTE):
        ai_settings.show(viewer)
    with section("New screens", key="features", note=features.NOTE):
        features.show(viewer)
with connections_tab:
    with section("Channels of teams and of the company", key="channels", note="What concerns a team, or everybody, goes here."):
        board.shared(viewer)
    with section("amoCRM / Kommo", key="crm", note=CRM_NOTE):
        crm.show(viewer)
    with section("Messages about deals", key="deal-messages", note=message_form.NOTE):
        message_form.show(viewer)
with selling_tab:
    with section("How your business works", key="chain", note=chain_form.NOTE):
        chain_form.show(viewer)
    with section("Stages of your pipelines", key="stages", note=stages.NOTE):
        stages.show(viewer)
with play_tab:
    with section("Points", key="points", note=values.NOTE):
        values.show(viewer)
    with section("Achievements of your own", key="definitions", note=definitions.NOTE):
        definitions.show(viewer)
    with section("Rewards", key="promises", note=promises.NOTE):
        promises.show(viewer)
with audit_tab, section("Audit log", key="audit", note="Who did what, when. Entries can be neither changed nor deleted."):
    audit_log(viewer)
