"""From when on a team's alerts speak, and when its channels are left alone: read, and set by whoever looks after the team."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

import clock
from database import database
from domain.alerts.thresholds import Thresholds
from services import alert_settings
from services.access import Viewer
from services.alert_settings import TeamAlerts, alert_details
from ui.alerts.words import FIELDS
from ui.outcome import save

NOTE: Final = "Each team may have its own. Zero switches a rule off. A change holds from the next look on."
FIELD_WIDTH: Final = 200


def show(viewer: Viewer, teams: Mapping[int, str], team_id: int | None) -> None:
    """The form of one team."""
    choices = list(teams)
    index = choices.index(team_id) if team_id in choices else 0
    chosen = st.selectbox("Team", choices, index=index, format_func=teams.__getitem__, key=f"thresholds-team-{team_id}")
    with database().reading() as session:
        held, usual = alert_settings.settings_of(session, viewer, chosen), alert_settings.defaults_of(session, chosen)
    with st.form(f"thresholds-{chosen}", border=False):
        given = _fields(held, usual, chosen)
        submitted = st.form_submit_button("Save", key=f"thresholds-save-{chosen}", type="primary")
    if submitted:
        save(
            lambda session: alert_settings.change(session, viewer, chosen, alert_details(**given), clock.now()),
            f"{teams[chosen]} hears of it from these figures on.",
        )


def _fields(held: TeamAlerts, usual: Thresholds, team_id: int) -> dict[str, object]:
    given: dict[str, object] = {}
    with st.grid(3, min_column_width=FIELD_WIDTH, gap="small"):
        for name, (label, meaning) in FIELDS.items():
            given[name] = st.number_input(
                label,
                min_value=0,
                max_value=alert_settings.MOST,
                value=getattr(held.thresholds, name),
                help=f"{meaning} {getattr(usual, name)} unless changed; 0 switches it off.",
                key=f"thresholds-{name}-{team_id}",
            )
        for name, label, value in (("quiet_from", "Quiet from", held.quiet_from), ("quiet_until", "Quiet until", held.quiet_until)):
            given[name] = st.time_input(
                label,
                value=value,
                help="By the company's clock. Nothing is posted meanwhile; what still holds afterwards is. The same time twice is never.",
                key=f"thresholds-{name}-{team_id}",
            )
    return given
