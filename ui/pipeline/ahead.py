"""What is ahead: what is booked, proposals that wait by their age, partner lists due and overdue with their names."""

from typing import Final

import streamlit as st

import clock
from domain.formatting import day_text, money_text
from domain.pipeline.ahead import AGE_BANDS, WINDOWS, Ahead, DueList, band_text
from domain.pipeline.names import BOOKED
from services.access import Viewer
from services.pipeline_board import pipeline_ahead
from ui import layout, tables
from ui.filters import Chosen
from ui.kept import kept
from ui.wording import counted, plain

NOTE: Final = (
    "From today on, whatever days are chosen above. Booked: entries still planned in the calendar. Waiting: proposals of open deals "
    "without an agreement. Lists: agreed with a date and not sent yet."
)
NAMED: Final = 6
"""Lists named before somebody asks for the rest."""


def show(viewer: Viewer, chosen: Chosen, currency: str) -> None:
    """The card."""
    found = kept(
        viewer,
        chosen.selection.agent_ids,
        ("pipeline-ahead", chosen.selection, chosen.today),
        lambda session: pipeline_ahead(session, viewer, chosen.selection, chosen.today, clock.now()),
    )
    with layout.section("Ahead", key="ahead", note=NOTE, view="pipeline-ahead", params=chosen.params):
        _booked(found)
        _proposals(found, currency)
        _lists(found, chosen)


def _booked(found: Ahead) -> None:
    rows = [
        {"Booked": BOOKED[kind]} | {f"{days} days": f"{count:,}" for days, count in zip(WINDOWS, counts, strict=True)}
        for kind, counts in found.booked.items()
    ]
    words = "; ".join(f"{row['Booked']}: " + ", ".join(f"{row[f'{days} days']} within {days} days" for days in WINDOWS) for row in rows)
    tables.in_words(rows, key="ahead-booked", alt_text=f"{words}.")


def _proposals(found: Ahead, currency: str) -> None:
    if not found.proposals_open:
        st.markdown(":gray[No proposal waits for an answer.]")
        return
    worth = f", worth {money_text(found.proposals_minor, currency, compact=True)}" if found.proposals_minor else ""
    verb = "waits" if found.proposals_open == 1 else "wait"
    st.markdown(f"**{counted(found.proposals_open, 'proposal')}** {verb} for an answer{plain(worth)}")
    bands = {band_text(band): f"{count:,}" for band, count in zip(AGE_BANDS, found.proposals, strict=True)}
    words = ", ".join(f"{count} of {band}" for band, count in bands.items())
    short = {name.removesuffix(" days"): count for name, count in bands.items()}
    tables.in_words([{"Days waiting": "Proposals"} | short], key="ahead-proposals", alt_text=f"Proposals by age: {words}.")


def _lists(found: Ahead, chosen: Chosen) -> None:
    if not found.lists:
        st.markdown(":material/check_circle: No partner list is overdue or due within a week.")
        return
    overdue = f":red-badge[:material/schedule: {found.lists_overdue:,} overdue] " if found.lists_overdue else ""
    st.markdown(f"{overdue}**{counted(found.lists_due, 'list')}** due within a week")
    st.markdown("\n".join(_line(each, chosen) for each in found.lists[:NAMED]))
    if len(found.lists) > NAMED:
        with st.popover(f"and {len(found.lists) - NAMED:,} more", type="tertiary", key="ahead-more-lists"):
            st.markdown("\n".join(_line(each, chosen) for each in found.lists[NAMED:]))


def _line(each: DueList, chosen: Chosen) -> str:
    over = each.days_over(chosen.today)
    when = f"{counted(over, 'day')} overdue" if over > 0 else "due today" if over == 0 else f"due {day_text(each.due_on)}"
    who = f" · {plain(each.agent_name)}" if each.agent_name else ""
    return f"- {plain(each.name, limit=60)} :small[:gray[{plain(when)}{who}]]"
