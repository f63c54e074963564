"""Where the running period is heading, as a card: the way to its end, the chance of the target, and how such forecasts came true before."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from domain.features import Feature
from domain.forecasting.back_test import Tried
from domain.forecasting.forecast import Forecast
from domain.forecasting.foreseen import FORESEEN
from domain.forecasting.words import (
    amount_text,
    back_test_sentence,
    end_sentence,
    range_text,
    silence_sentence,
    target_sentence,
    way_sentence,
)
from domain.formatting import period_text
from domain.metrics.catalog import METRICS
from domain.periods import Grain
from services.forecasts import PeriodForecast, period_forecast
from ui import charts, forecast_chart, layout, tables
from ui.filters import Chosen
from ui.kept import kept
from ui.looked_up import looked_up
from ui.session import signed_in_viewer
from ui.theme import palette
from ui.turns import fragment
from ui.wording import plain

METRIC: Final = "forecast"
GRAIN: Final = "forecast-of"
"""The parameters of the address, so that a link leads to a forecast."""
GRAINS: Final = {Grain.WEEK.value: "This week", Grain.MONTH.value: "This month", Grain.QUARTER.value: "This quarter"}
NOTE: Final = (
    "**Where does the running period end?** What is there, and what comes at the pace of the last twelve weeks, by working days: "
    "weekends, public holidays and absences bring nothing. The band holds four of five cases; it is as wide as forecasts from such a "
    "point turned out to need. It foretells what goes on as it does now, and nothing that is about to change."
)


@fragment(key="forecast")
def show(chosen: Chosen, keys: Sequence[str]) -> None:
    """The forecast of one figure for the people chosen; `keys` are the figures to choose from, those of the business first.

    Who looks is asked again on every run.
    """
    viewer = signed_in_viewer()
    if not viewer.may_use(Feature.FORECAST):
        return
    offered = [key for key in dict.fromkeys((*keys, *FORESEEN)) if key in FORESEEN]
    with layout.section("Forecast", key="forecast", note=NOTE):
        key, grain = _figure(offered)
        shown = kept(
            viewer,
            chosen.selection.agent_ids,
            ("forecast", chosen.selection, key, grain, chosen.today),
            lambda session: period_forecast(session, viewer, chosen.selection, key, grain, chosen.today, looked_up(viewer, chosen)),
        )
        if isinstance(shown.found, Forecast):
            _told(shown, shown.found, grain)
        else:
            st.markdown(f":material/hourglass_empty: {plain(silence_sentence(shown.metric, shown.found))}")


def _figure(offered: Sequence[str]) -> tuple[str, Grain]:
    """The figure and the period, the viewer's choice, kept in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = st.selectbox(
            "Figure to forecast", offered, format_func=lambda each: METRICS[each].name, key=METRIC, bind="query-params", width=240
        )
        grain = st.segmented_control(
            "Up to the end of",
            list(GRAINS),
            default=Grain.MONTH.value,
            format_func=GRAINS.__getitem__,
            key=GRAIN,
            bind="query-params",
            required=True,
        )
    return key or offered[0], Grain(grain or Grain.MONTH)


def _told(shown: PeriodForecast, found: Forecast, grain: Grain) -> None:
    end = end_sentence(shown.metric, found, shown.period, shown.currency)
    target = target_sentence(shown.metric, found, shown.target, shown.currency)
    st.markdown(f"**{plain(end)}** {plain(target or 'There is no target for all of these people.')}")
    drawn = forecast_chart.way(shown, found, palette())
    charts.show(drawn, alt_text=f"{shown.metric.name}, so far and to come. {end} {target}", key="forecast-way")
    st.caption("Solid: so far. Dashed: expected. Band: four of five cases. Dotted: target.")
    looked_back = back_test_sentence(shown.metric, shown.back_test, grain, shown.currency)
    st.markdown(plain(f"{way_sentence(found)} {looked_back}".strip(), limit=600))
    if shown.back_test.tried:
        with st.expander("Every one of them", icon=":material/history:"):
            rows = [_tried_row(shown, each) for each in shown.back_test.tried]
            tables.in_words(rows, key="forecast-tried", alt_text=f"{len(rows)} earlier periods: forecast, range, and how they ended.")


def _tried_row(shown: PeriodForecast, tried: Tried) -> Mapping[str, str]:
    metric, currency = shown.metric, shown.currency
    return {
        "Period": period_text(tried.period),
        "Forecast": amount_text(metric, tried.expected, currency),
        "Range": range_text(metric, tried.interval80, currency),
        "Ended at": amount_text(metric, tried.ended, currency),
        "Inside": "✓ yes" if tried.is_inside else "✗ no",
        "Mean of 8 weeks": amount_text(metric, tried.simple, currency),
    }
