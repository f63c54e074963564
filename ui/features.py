"""New screens as administrators roll them out: who has each already, and a form that says so."""

from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.features import NAMES, Feature, FlagRule, rule_words
from domain.records import Role
from services import feature_flags
from services.access import Viewer
from services.choices import team_names
from services.feature_flags import rule_details
from ui.outcome import save
from ui.people.words import ROLE_WORDS
from ui.wording import plain

NOTE: Final = (
    "A screen can reach some people first: whoever any of the choices names has it, in the menu, in downloads and in the API. "
    "A share of the people is always the same people, and a larger one adds to them."
)


def show(viewer: Viewer) -> None:
    """Each of them with who has it, and the form behind it."""
    with database().reading() as session:
        found, teams = feature_flags.rules(session, viewer), team_names(session, viewer)
    for feature, rule in found.items():
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"feature-{feature}"):
            words = plain(rule_words(rule, ROLE_WORDS, teams))
            st.markdown(f"**{NAMES[feature]}** :small[:gray[{words}]]", width="stretch")
            with st.popover("Change", key=f"feature-change-{feature}", type="tertiary"):
                _form(viewer, feature, rule or FlagRule(), teams)
            if rule is not None and st.button("For everybody", key=f"feature-all-{feature}", type="tertiary"):
                save(partial(_switch_on, viewer, feature), f"{NAMES[feature]} is on for everybody.")


def _form(viewer: Viewer, feature: Feature, rule: FlagRule, teams: dict[int, str]) -> None:
    with st.form(f"feature-form-{feature}", border=False):
        said = {
            "roles": st.multiselect(
                "Roles", list(Role), sorted(rule.roles), format_func=ROLE_WORDS.__getitem__, key=f"feature-roles-{feature}"
            ),
            "team_ids": st.multiselect(
                "Teams", list(teams), sorted(rule.team_ids & teams.keys()), format_func=teams.__getitem__, key=f"feature-teams-{feature}"
            ),
            "share": st.number_input("Per cent of the people", 0, 100, rule.share, key=f"feature-share-{feature}"),
        }
        submitted = st.form_submit_button("Only for these", key=f"feature-save-{feature}", type="primary")
    if submitted:
        save(partial(_set, viewer, feature, said), f"{NAMES[feature]}: who has it is saved.")


def _set(viewer: Viewer, feature: Feature, said: dict[str, object], session: Session) -> None:
    feature_flags.set_rule(session, viewer, feature, rule_details(**said), clock.now())


def _switch_on(viewer: Viewer, feature: Feature, session: Session) -> None:
    feature_flags.switch_on(session, viewer, feature, clock.now())
