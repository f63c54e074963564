"""From when on the warnings of a pipeline's deals speak; an admin's form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

import clock
from database import database
from domain.deals.thresholds import DealThresholds
from domain.records import Role
from services import deal_thresholds
from services.access import Viewer
from services.deal_thresholds import DEFAULT, MOST, MOST_POINTS, threshold_details
from ui import layout
from ui.outcome import save
from ui.outcome import show as show_outcome
from ui.wording import plain

NOTE: Final = "Each pipeline may have its own. Zero switches a rule off. A change holds from the next look on, within the hour."
FIELDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "quiet_days": ("Quiet days", "Days without activity."),
        "quiet_days_early": ("Quiet days, first stage", "The same in the first stage, where customers take longer."),
        "ghosted_messages": ("Unanswered", "Calls and messages nobody answered."),
        "ghosted_days": ("Unanswered for", "Working days each of them has waited."),
        "close_overdue_days": ("Closing day past", "Days since the day it was expected to close."),
        "stalled_days": ("Least days in a stage", "Never called too long below that, however fast won deals went."),
        "step_days": ("No next step", "Days after it was created."),
        "pushes": ("Put off", "Times the closing day was put off."),
        "overdue_tasks": ("Overdue tasks", "Tasks past their time."),
        "contacts": ("Contacts", "People a large deal should know on the other side."),
    }
)
POINTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "medium_points": (
            "Medium from",
            "Points for what is wrong, what is at stake and how soon it closes, from which a deal is medium.",
        ),
        "high_points": ("High from", "Points from which it is high, where something is wrong with it."),
    }
)
_WIDTH: Final = 170


def show(viewer: Viewer) -> None:
    """The form of one pipeline; nothing for who may not set it."""
    if viewer.role is not Role.ADMIN:
        return
    show_outcome()
    with layout.section("When deals are warned of", key="deals-thresholds", note=NOTE):
        with database().reading() as session:
            names, held = deal_thresholds.pipelines(session, viewer), deal_thresholds.thresholds(session)
        chosen = st.selectbox("Pipeline", names, format_func=lambda each: each or "No pipeline", key="deals-thresholds-of")
        if chosen is not None:
            _form(viewer, chosen, held.of(chosen))


def _form(viewer: Viewer, pipeline: str, held: DealThresholds) -> None:
    with st.form(f"deals-thresholds-{pipeline}", border=False):
        with st.grid(5, min_column_width=_WIDTH, gap="small"):
            given: dict[str, object] = {name: _figure(name, getattr(held, name), pipeline) for name in FIELDS}
            given |= {name: _points(name, getattr(held, name), pipeline) for name in POINTS}
        words = st.text_area(
            "Words to look at",
            "\n".join(held.red_flags),
            key=f"deals-words-{pipeline}",
            help="In notes of the last thirty days, a line each; a star stands for any ending. No line switches the rule off.",
        )
        submitted = st.form_submit_button("Save", key=f"deals-thresholds-save-{pipeline}", type="primary")
    if submitted:
        given["red_flags"] = tuple(line.strip() for line in words.splitlines() if line.strip())
        save(
            lambda session: deal_thresholds.change(session, viewer, pipeline, threshold_details(**given), clock.now()),
            f"{plain(pipeline) or 'Deals without a pipeline'}: warned of from these figures on.",
        )


def _figure(name: str, value: int, pipeline: str) -> int:
    label, meaning = FIELDS[name]
    told = f"{meaning} {getattr(DEFAULT, name)} unless changed; 0 switches it off."
    return st.number_input(label, min_value=0, max_value=MOST, value=value, help=told, key=f"deals-figure-{name}-{pipeline}")


def _points(name: str, value: int, pipeline: str) -> int:
    label, meaning = POINTS[name]
    told = f"{meaning} {getattr(DEFAULT, name)} unless changed; docs/algorithms.md tells how they add up."
    return st.number_input(label, min_value=1, max_value=MOST_POINTS, value=value, help=told, key=f"deals-figure-{name}-{pipeline}")
