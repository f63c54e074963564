"""Revenue by day, week or month, with its best day and the month so far, as a card."""

from datetime import date
from typing import Final

import streamlit as st

from domain.access import Selection
from domain.formatting import day_text, period_text, value_text
from domain.metrics.catalog import METRICS
from domain.periods import Grain
from services.revenue_trends import GRAINS, RevenueTrend, revenue_trend
from ui import cards, charts, layout, links, revenue_bars, trend_charts
from ui.kept import kept
from ui.period_words import comparison_text
from ui.session import signed_in_viewer
from ui.theme import palette
from ui.turns import fragment
from ui.wording import counted, plain

REVENUE: Final = METRICS["revenue"]
BY: Final = "revenue_by"
"""The parameter of the address."""
NAMES: Final = {Grain.DAY: "Daily", Grain.WEEK: "Weekly", Grain.MONTH: "Monthly"}


@fragment(key="revenue")
def show(selection: Selection, params: dict[str, str], today: date) -> None:
    """The revenue of the selection; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    with layout.section(
        "Revenue", key="revenue-trend", note=cards.explanation(REVENUE), view="trend", params=params | {"metric": REVENUE.key}
    ):
        names = [NAMES[grain] for grain in GRAINS]
        name = st.segmented_control("Revenue by", names, default=names[0], key=BY, bind="query-params", required=True)
        grain = next((grain for grain in GRAINS if NAMES[grain] == name), Grain.DAY)
        found = kept(
            viewer,
            selection.agent_ids,
            ("revenue", selection, grain, today),
            lambda session: revenue_trend(session, viewer, selection, grain, today, with_earlier=True),
        )
        text = trend_charts.trend_text(REVENUE, found.points, currency=found.currency)
        charts.show(revenue_bars.revenue_bars(found.points, palette(), currency=found.currency), alt_text=text, key="revenue")
        if any(point.unfinished for point in found.points):
            st.caption(trend_charts.UNFINISHED_NOTE)
        st.markdown("  \n".join([best_day_text(found), *month_lines(found, today)]))
        links.records_link(REVENUE.key, params, label="Open these deals")


def best_day_text(found: RevenueTrend) -> str:
    """The day with the most revenue."""
    if found.best_day is None:
        return ":gray[Nothing was sold in these days.]"
    amount = value_text(REVENUE, found.best_day.value, found.currency)
    return f"Best day: **{day_text(found.best_day.start)}** with **{plain(amount)}**"


def month_lines(found: RevenueTrend, today: date) -> list[str]:
    """The month's total, how it moved, and what it rests on."""
    total = found.month_total
    so_far = " so far" if found.month.is_unfinished(today) else ""
    amount = plain(value_text(REVENUE, total.value, found.currency))
    return [
        f"{period_text(found.month)}{so_far}: **{amount}** :small[:gray[from {counted(total.now.sample, 'sale')} whose amount is known]]",
        cards.movement_text(total, comparison_text(found.month, today), found.currency),
    ]
