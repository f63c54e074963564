"""Which sources bring leads and what becomes of them, as a card."""

from datetime import date
from typing import Final

import streamlit as st

from database import database
from domain.access import Selection
from domain.formatting import NOTHING, money_text, share_text
from domain.metrics.catalog import METRICS
from domain.metrics.sources import SourceRow
from services.lead_sources import lead_sources
from ui import charts, funnel_chart, layout
from ui.session import signed_in_viewer
from ui.theme import palette
from ui.wording import counted

UNKNOWN: Final = "Source unknown"
MOST_BARS: Final = 10
NOTE: Final = (
    "**Where do customers come from?** The bar is the number of leads assigned in these days; of these, those converted by now, with the "
    "range in which the true rate likely lies; and the revenue of deals won in these days, by the source of their lead. A wide range means "
    "that there are few leads: sources whose ranges overlap may well be equally good."
)


@st.fragment(key="lead-sources")
def show(selection: Selection, currency: str, today: date) -> None:
    """The sources of the selection; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        rows = lead_sources(session, viewer, selection)
    with layout.section("Lead sources", key="lead-sources", note=NOTE):
        if not rows:
            st.markdown(":gray[No lead was assigned and nothing was sold in these days. A lead's source is set on its page or by import.]")
            return
        st.caption("leads · converted (likely) · revenue")
        shown = rows[:MOST_BARS]
        bars = [(name_of(row), row.leads, row_words(row, currency)) for row in shown]
        text = "; ".join(f"{name}: {words}" for name, _, words in bars)
        charts.show(funnel_chart.worded_bars(bars, palette()), alt_text=f"Leads by source, {text}.", key="sources")
        if len(rows) > MOST_BARS:
            st.caption(f"and {counted(len(rows) - MOST_BARS, 'smaller source')}")
        if selection.period.end > today and any(row.leads for row in rows):
            st.caption("Leads of the last weeks may still convert.")


def name_of(row: SourceRow) -> str:
    """The source, or that nobody said."""
    return row.source or UNKNOWN


def row_words(row: SourceRow, currency: str) -> str:
    """`18 · 78 % (64–88 %) · $5,400`; a dash where there is no lead to convert, and no verdict by number where there are few."""
    spread = row.conversion.interval()
    rate = f"{share_text(row.conversion.value)} ({spread[0] * 100:.0f}–{spread[1] * 100:.0f} %)" if spread else NOTHING
    few = ", few" if 0 < row.leads < METRICS["conversion_rate"].min_sample else ""
    return f"{row.leads:,} · {rate}{few} · {money_text(row.revenue_minor, currency, compact=True)}"
