"""How many deals get from one step to the next, with how sure that is."""

from typing import Final

import streamlit as st

from domain.formatting import share_text
from domain.pipeline.conversion import COHORT_DAYS, FEW, WITHIN_DAYS, Conversion
from domain.pipeline.names import TRANSITIONS
from services.access import Viewer
from services.pipeline_board import conversions
from ui import charts, layout, tables
from ui.filters import Chosen
from ui.kept import kept
from ui.theme import palette

NOTE: Final = (
    f"Of the deals that entered a step in the last {COHORT_DAYS} days, the share that has moved on within {WITHIN_DAYS} days. Deals "
    "still in the step count for as long as they were followed (Aalen–Johansen): a rate of closed deals alone would take what is lost "
    "quickly for the whole. A deal that enters a step again counts once."
)


def show(viewer: Viewer, chosen: Chosen) -> None:
    """The card."""
    found = kept(
        viewer,
        chosen.selection.agent_ids,
        ("pipeline-conversions", chosen.selection, chosen.today),
        lambda session: conversions(session, viewer, chosen.selection, chosen.today),
    )
    with layout.section("From step to step", key="conversions", note=NOTE, view="pipeline-conversions", params=chosen.params):
        if not found:
            st.markdown(":gray[No deal entered a step in the year before these days end.]")
            return
        bars = [(TRANSITIONS[each], told.share or 0.0, share_words(told)) for each, told in found.items()]
        text = "; ".join(f"{name}: {words}" for name, _, words in bars)
        charts.show(charts.ranked_bars(bars, palette()), alt_text=f"Conversion from step to step: {text}.", key="conversions")
        tables.in_words([_row(TRANSITIONS[each], told) for each, told in found.items()], key="conversions-table", alt_text=f"{text}.")
        if any(each.is_early for each in found.values()):
            st.caption(f"Too early: with fewer than {FEW} deals the share says little yet.")


def share_words(told: Conversion) -> str:
    """`71 %`, and that it is too early where it is."""
    return share_text(told.share) + (" · too early" if told.is_early else "")


def _row(name: str, told: Conversion) -> dict[str, str]:
    low, high = told.interval or (None, None)
    return {
        "Step": name,
        "Move on": share_words(told),
        "Likely": f"{share_text(low)} to {share_text(high)}",
        "Entered": f"{told.entered:,}",
        "Moved so far": f"{told.moved:,}",
        "Undecided": f"{told.waiting:,}",
        "Within": f"{told.within_days} days",
    }
