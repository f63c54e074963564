"""What changed in the open pipeline since another day: a waterfall whose parts add up, and where the deals moved."""

from datetime import timedelta
from typing import Final

import streamlit as st

from domain.formatting import day_text, money_text
from domain.pipeline.changes import Part
from domain.pipeline.names import PARTS
from services.access import Viewer
from services.pipeline_board import SinceThen, changes_since
from ui import charts, layout, tables
from ui.filters import Chosen
from ui.kept import kept
from ui.pipeline import waterfall
from ui.said import said
from ui.theme import palette
from ui.wording import plain

NOTE: Final = (
    "Open deals as they stood at the end of that day, kept every night, against how they stand now. Every deal is in the account: what "
    "was opened, came back, was won or lost, and amounts that changed lead exactly from one figure to the other. Moves between stages "
    "change neither number nor amount and stand beside it."
)
BACK, UNIT = "since", "in"
"""The parameters of the address."""
WEEK: Final = 7
SPANS: Final = {WEEK: "Last week", 14: "2 weeks", 28: "4 weeks"}
NOT_YET: Final = (
    ":gray[The state of every deal is kept each night from the first night on. Once there is a night to compare with, this shows what "
    "was opened, moved, won and lost since.]"
)


def show(viewer: Viewer, chosen: Chosen, currency: str) -> None:
    """The card."""
    params = chosen.params | {BACK: str(said(BACK, SPANS, WEEK))}
    with layout.section("What changed since then", key="changes", note=NOTE, view="pipeline-changes", params=params):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            days = st.segmented_control(
                "Since", list(SPANS), default=WEEK, format_func=SPANS.__getitem__, key=BACK, bind="query-params", required=True
            )
            in_money = st.segmented_control("In", ["Deals", "Amount"], default="Deals", key=UNIT, bind="query-params", required=True)
        found = _read(viewer, chosen, int(days or WEEK))
        if found is None or not (found.account.before.deals or found.account.after.deals or found.account.moved):
            st.markdown(NOT_YET if found is None else ":gray[No open deal then or now, with these filters.]")
            return
        _account(found, currency if in_money == "Amount" and found.has_amounts else None)
        _table(found, currency)


def _read(viewer: Viewer, chosen: Chosen, days: int) -> SinceThen | None:
    return kept(
        viewer,
        chosen.selection.agent_ids,
        ("pipeline-changes", chosen.selection, chosen.today, days),
        lambda session: changes_since(session, viewer, chosen.selection, chosen.today - timedelta(days=days), chosen.today),
    )


def _account(found: SinceThen, currency: str | None) -> None:
    rows = waterfall.steps(found, currency)
    text = "; ".join(f"{row['name']} {row['words']}" for row in rows)
    charts.show(waterfall.drawn(rows, palette()), alt_text=f"Open pipeline since {day_text(found.day)}: {text}.", key="waterfall")
    forward, back, stayed = (found.account.parts[part].deals for part in (Part.FORWARD, Part.BACK, Part.STAYED))
    moved = f"Of the deals open then and now {forward:,} moved forward, {back:,} back, and {stayed:,} stayed."
    st.markdown(f":small[:gray[Since the end of {plain(day_text(found.day))}. {moved}]]")


def _table(found: SinceThen, currency: str) -> None:
    account = found.account
    rows = [{"Part": "Open then", "Deals": f"{account.before.deals:,}", "Amount": money_text(account.before.amount_minor, currency)}]
    rows += [
        {"Part": PARTS[part], "Deals": f"{tally.deals:,}", "Amount": money_text(tally.amount_minor, currency)}
        for part, tally in account.parts.items()
    ]
    rows += [{"Part": "Open now", "Deals": f"{account.after.deals:,}", "Amount": money_text(account.after.amount_minor, currency)}]
    with st.expander("As a table"):
        words = ", ".join(f"{row['Part']} {row['Deals']}" for row in rows)
        tables.in_words(rows, key="changes-table", alt_text=f"{words}.")
