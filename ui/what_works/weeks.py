"""One type of activity week by week: how much of it, or how well it went."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from domain.activity_analytics.rates import CONVERSION, SUCCESS
from domain.activity_analytics.weeks import Week
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Definition
from domain.metrics.measures import Measure, Total
from domain.metrics.trend import Point, label
from domain.periods import Grain, containing
from services.activity_analytics import ActivityAnalytics
from ui import charts, layout, trend_charts
from ui.theme import palette
from ui.what_works.words import name_of

SUCCESSES, NEXT_STEPS, VOLUME = "Success rate", "Next steps", "How much"
READ: Final[Mapping[str, Callable[[Week], Measure]]] = {
    SUCCESSES: lambda week: week.success,
    NEXT_STEPS: lambda week: week.conversion,
    VOLUME: lambda week: Total(week.volume),
}
NOTE: Final = f"Calendar weeks, cut to the days chosen. {trend_charts.UNFINISHED_NOTE} A gap is a week without an outcome."


def show(found: ActivityAnalytics) -> None:
    """The trend of the type and figure that are chosen."""
    by_name = {name_of(each.practice): each for each in found.types}
    with layout.section("Week by week", key="what-works-weeks", note=NOTE, height="content"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            name = st.selectbox("Activity", list(by_name), key="what-works-type", label_visibility="collapsed", width=220)
            figure = st.segmented_control(
                "Figure", list(READ), default=SUCCESSES, required=True, key="what-works-figure", label_visibility="collapsed"
            )
        if name not in by_name or figure not in READ:
            return
        chosen = by_name[name].practice
        definition = _definition(figure, chosen.metric_key)
        points = _points(found.weeks[chosen.type], READ[figure])
        told = trend_charts.trend_text(definition, points)
        charts.show(trend_charts.trend_line(definition, points, palette()), alt_text=f"{name}: {told}", key="what-works-chart")


def _definition(figure: str, metric_key: str) -> Definition:
    return {SUCCESSES: SUCCESS, NEXT_STEPS: CONVERSION}.get(figure, METRICS[metric_key])


def _points(weeks: Sequence[Week], read: Callable[[Week], Measure]) -> list[Point]:
    starts = [containing(week.days.start, Grain.WEEK).start for week in weeks]
    return [
        Point(start=start, label=label(start, Grain.WEEK), measure=read(week), unfinished=week.is_unfinished)
        for start, week in zip(starts, weeks, strict=True)
    ]
