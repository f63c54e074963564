"""The response time as it develops, smoothed over a week and over four, as a card."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from domain.access import Selection
from domain.formatting import day_text, value_text
from domain.metrics.catalog import METRICS
from domain.metrics.measures import Measure
from domain.metrics.rolling import FOUR_WEEKS, WEEK, RollingPoint
from services.revenue_trends import rolling_response
from ui import charts, layout, rolling_chart
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.theme import palette
from ui.turns import fragment
from ui.wording import counted

MEAN: Final = METRICS["response_time"]
NOTE: Final = (
    "**Are new leads answered faster or slower of late?** The thin line is the mean of the seven days up to each day, the strong one of "
    "the 28 days; sums are added before dividing, so a day with one lead does not weigh as much as one with ten. A gap means that no "
    "lead was first contacted in those days."
)


@fragment(key="rolling-response")
def show(selection: Selection, today: date) -> None:
    """The rolling response time of the selection; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    points = kept(
        viewer, selection.agent_ids, ("rolling", selection, today), lambda session: rolling_response(session, viewer, selection, today)
    )
    with layout.section("Response time, rolling", key="rolling-response", note=NOTE):
        if all(point.four_weeks.value is None for point in points):
            st.markdown(":gray[No lead was first contacted in these weeks. The first call or message to a new lead stops its clock.]")
            return
        drawn = rolling_chart.rolling_lines([_row(point) for point in points], palette())
        charts.show(drawn, alt_text=rolling_text(points), key="rolling")
        st.caption("Dotted: 7 days. Solid: 28 days.")
        st.markdown(rolling_text(points))


def _row(point: RollingPoint) -> dict[str, Any]:
    return {
        "day": f"{point.day.day} {point.day:%b}",
        "week": point.week.value,
        "four_weeks": point.four_weeks.value,
        "words": f"{_window_words(WEEK, point.week)}; {_window_words(FOUR_WEEKS, point.four_weeks)}",
    }


def rolling_text(points: Sequence[RollingPoint]) -> str:
    """Where the two lines end, with what stands behind them."""
    last = points[-1]
    return f"Up to {day_text(last.day)}: {_window_words(WEEK, last.week)}, {_window_words(FOUR_WEEKS, last.four_weeks)}."


def _window_words(days: int, measure: Measure) -> str:
    """`44 min over 7 days (4 leads)`."""
    if measure.value is None:
        return f"no first contact in {days} days"
    return f"{value_text(MEAN, measure.value)} over {days} days ({counted(measure.sample, 'lead')})"
