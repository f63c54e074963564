"""The team's ladder for who leads: level, progress, what is at risk, and how long the next level takes."""

from datetime import date
from typing import Any, Final

import streamlit as st

from database import database
from domain.formatting import NOTHING
from domain.progression.levels import STEPS
from domain.records import Role
from services.access import Viewer
from services.progression import Rung, ladder
from ui import tables
from ui.layout import section
from ui.progress.words import outlook_short

NOTE: Final = (
    "As each was assessed last, in the morning of the day named. How long the next level takes is told for the sales alone, from the pace "
    "of thirteen weeks, as a span luck leaves open."
)
COLUMNS: Final = {
    "name": tables.text_column("Agent", pinned=True),
    "level": tables.text_column("Level"),
    "progress": tables.number_column("To the next, %", help_text="How far the weakest requirement of the next level is.", places=0),
    "risk": tables.text_column("At risk", help_text="Sales of twelve months below the level.", width="small"),
    "sales": tables.number_column("Sales, 12 months", help_text="Deals won in the twelve months up to that day.", places=0),
    "ahead": tables.text_column("Time to the next level"),
    "day": tables.text_column("Assessed on", width="small"),
}


def show(viewer: Viewer, today: date) -> None:
    """Nothing for an agent, who sees themselves alone."""
    if viewer.role is Role.AGENT:
        return
    with database().reading() as session:
        rungs = ladder(session, viewer, today)
    with section("The ladder", key="progress-ladder", note=NOTE, height="content"):
        if not any(rung.stored for rung in rungs):
            st.markdown(":gray[Nobody is assessed yet. It happens every morning; open an agent above to see where they stand now.]")
            return
        known = [rung for rung in rungs if rung.stored is not None or rung.agent_id != viewer.person_id]
        text = "; ".join(f"{rung.name} {_level(rung)}" for rung in known)
        tables.sortable([_cells(rung) for rung in known], COLUMNS, key="progress-ladder", alt_text=f"Levels: {text}.")


def _cells(rung: Rung) -> dict[str, Any]:
    stored = rung.stored
    share = rung.progress_share
    return {
        "name": rung.name,
        "level": _level(rung),
        "progress": None if share is None else share * 100,
        "risk": "⚠ yes" if rung.is_at_risk else "",
        "sales": rung.sales_12_months,
        "ahead": outlook_short(rung.outlook) if rung.has_further else "",
        "day": stored.day.isoformat() if stored else NOTHING,
    }


def _level(rung: Rung) -> str:
    return STEPS[rung.stored.level].name if rung.stored else "not assessed yet"
