"""The plan towards the next level, each line with its evidence and where it leads."""

from itertools import groupby

import streamlit as st

from domain.access import Selection
from domain.progression.plan import Horizon, PlanItem
from services.filters import params_from
from services.progression import Progression
from services.progression_facts import days_behind
from ui import links
from ui.progress.words import HORIZONS
from ui.wording import plain

TEXT = 500


def show(found: Progression) -> None:
    """The lines by their horizon."""
    for horizon, lines in groupby(found.plan, key=lambda each: each.horizon):
        shown = HORIZONS[horizon]
        st.markdown(f"##### {shown.symbol} {shown.name}")
        for number, item in enumerate(lines):
            _line(item, found, f"plan-{horizon}-{number}")


def _line(item: PlanItem, found: Progression, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.markdown(f"{plain(item.text, limit=TEXT)}  \n:small[:gray[{plain(item.evidence, limit=TEXT)}]]", width="stretch")
        if item.metric_key is not None:
            links.records_link(item.metric_key, params_from(Selection(period=days_behind(found.today)), None), agent_id=found.agent_id)
        elif item.horizon is Horizon.TRAINING:
            st.markdown(":small[:gray[under Training, further down]]", width="content")
