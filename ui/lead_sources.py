"""Which sources bring leads and what becomes of them, as a card."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from domain.access import Selection
from domain.formatting import money_text, share_text
from domain.metrics.catalog import METRICS
from domain.metrics.sources import SourceRow
from services.lead_sources import lead_sources
from services.source_sheets import name_of
from ui import charts, funnel_chart, layout, tables
from ui.funnel_chart import Bar, range_text
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.theme import palette
from ui.turns import fragment
from ui.wording import counted

CONVERSION: Final = METRICS["conversion_rate"]
MOST_BARS: Final = 8
"""More fill a phone's screen twice; the table has them all."""
NOTE: Final = (
    "**Where do customers come from?** A bar is the leads assigned in these days, its full part those of them converted by now. The "
    "money is that of the deals won in these days, by the source of their lead, so it adds up to the revenue. The table has the range "
    "in which each true rate likely lies: sources whose ranges overlap may well be equally good."
)


@fragment(key="lead-sources")
def show(selection: Selection, params: Mapping[str, str], currency: str, today: date) -> None:
    """The sources of the selection; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    rows = kept(viewer, selection.agent_ids, ("sources", selection), lambda session: lead_sources(session, viewer, selection))
    with layout.section("Lead sources", key="lead-sources", note=NOTE, view="sources", params=params):
        if not rows:
            st.markdown(":gray[No lead was assigned and nothing was sold in these days. A lead's source is set on its page or by import.]")
            return
        _bars(rows[:MOST_BARS], currency)
        if len(rows) > MOST_BARS:
            st.caption(f"{counted(len(rows) - MOST_BARS, 'smaller source')} in the table")
        with st.expander("As a table", icon=":material/table_rows:"):
            _table(rows, currency)
        if selection.period.end > today and any(row.leads for row in rows):
            st.caption("Leads of the last weeks may still convert.")


def _bars(rows: Sequence[SourceRow], currency: str) -> None:
    bars = [
        Bar(name=name_of(row), count=row.leads, filled=row.conversion.part, words=row_words(row, currency), hover=likely_words(row))
        for row in rows
    ]
    text = "; ".join(f"{bar.name}: {bar.words}" for bar in bars)
    charts.show(funnel_chart.worded_bars(bars, palette()), alt_text=f"Leads by source. {text}.", key="sources")


def _table(rows: Sequence[SourceRow], currency: str) -> None:
    columns = {
        "source": tables.text_column("Source", pinned=True),
        "leads": tables.metric_column(METRICS["leads_assigned"], currency, name="Leads"),
        "rate": tables.metric_column(CONVERSION, currency),
        "likely": tables.text_column("Likely", help_text="Where the true rate lies with 80 % probability"),
        "sales": tables.metric_column(METRICS["deals_won"], currency),
        "revenue": tables.metric_column(METRICS["revenue"], currency),
    }
    shown = [_table_row(row, currency) for row in rows]
    tables.sortable(
        shown, columns, key="sources-table", alt_text="Sources with leads, conversion rate, its likely range, sales and revenue."
    )


def _table_row(row: SourceRow, currency: str) -> dict[str, Any]:
    return {
        "source": name_of(row),
        "leads": row.leads,
        "rate": tables.cell(CONVERSION, row.conversion.value, currency),
        "likely": likely_words(row),
        "sales": row.sales,
        "revenue": tables.cell(METRICS["revenue"], row.revenue_minor, currency),
    }


def row_words(row: SourceRow, currency: str) -> str:
    """`18 leads · 78 % converted · $5,400 sold`, or only what was sold; few leads have a number and no rate."""
    money = money_text(row.revenue_minor, currency, compact=True)
    if not row.leads:
        return f"{money} from {counted(row.sales, 'sale')}"
    return " · ".join([counted(row.leads, "lead"), _converted(row), *([f"{money} sold"] if row.sales else [])])


def _converted(row: SourceRow) -> str:
    is_judged = row.leads >= CONVERSION.min_sample
    return f"{share_text(row.conversion.value) if is_judged else row.conversion.part} converted"


def likely_words(row: SourceRow) -> str:
    """`64–88 %`; wide where there are few leads, a dash where there are none."""
    spread = row.conversion.interval()
    return range_text(spread) if spread else tables.UNKNOWN
