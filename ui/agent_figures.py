"""An agent's own cards: leads handled, conversion, revenue, response time, satisfaction, and the place in the team."""

from datetime import date
from typing import Final

import streamlit as st

from domain.facts import AgentChoice
from domain.formatting import hours_text, interval_text
from domain.metrics.reading import Reading
from domain.metrics.response import MEDIAN_RESPONSE_TIME, WORKING_RESPONSE_TIME
from domain.periods import Grain, Period
from services.agent_kpis import AgentKpis, agent_kpis
from ui import cards, team_place
from ui.kept import kept
from ui.period_words import comparison_text
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted

SHOWN: Final = ("leads_assigned", "conversion_rate", "revenue", "median_response_time", "satisfaction")
"""Metric keys, in the order in which an agent asks for them."""

EMPTY: Final = (
    "Nothing is dated in these days yet. A lead counts from the day it is given to somebody; its first contact, its rating and its sale "
    "show here as soon as they are entered."
)


@fragment(key="agent-figures")
def show(agent: AgentChoice, period: Period, today: date) -> None:
    """The agent's six cards for the period; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    found = kept(
        viewer,
        frozenset({agent.agent_id}),
        ("figures", period, today),
        lambda session: agent_kpis(session, viewer, agent.agent_id, period, today),
    )
    with st.grid(3, min_column_width=cards.MIN_CARD_WIDTH, gap="small", key="own-cards"):
        for key in SHOWN:
            _card(found.readings[key], found, comparison_text(period, today))
        team_place.card(found.position)
    if not found.has_data:
        st.caption(EMPTY)


def _card(reading: Reading, found: AgentKpis, compared_with: str) -> None:
    cards.metric_card(
        reading,
        compared_with=compared_with,
        currency=found.currency,
        params=_params(found),
        name=f"own-{reading.metric.key}",
        note=_note(reading, found),
    )


def _params(found: AgentKpis) -> dict[str, str]:
    first, last = found.period.start.isoformat(), found.period.last_day.isoformat()
    return {"period": "custom", "from": first, "to": last, "agents": str(found.agent_id)}


def _note(reading: Reading, found: AgentKpis) -> str:
    """What stands beside the figure: this week's leads, the likely range of a share or a mean, the mean beside the median."""
    match reading.metric.key:
        case "leads_assigned":
            return "" if found.period.grain is Grain.WEEK else f"{found.leads_this_week:,} this week"
        case "median_response_time":
            return _waits(found)
        case "satisfaction" | "conversion_rate":
            return _votes(reading, found.currency)
    return ""


def _votes(reading: Reading, currency: str) -> str:
    """How many leads or ratings, where the card does not say it anyway, and where the figure likely lies."""
    votes = counted(reading.now.sample, "rating" if reading.metric.key == "satisfaction" else "lead")
    spread = interval_text(reading.metric, reading.now.interval(), currency)
    known = (votes if reading.target is not None else "", f"likely {spread}" if spread else "")
    return ", ".join(each for each in known if each)


def _waits(found: AgentKpis) -> str:
    """The median within working hours, with its leads where the moments of some are unknown, and the mean."""
    working, mean = found.readings[WORKING_RESPONSE_TIME.key], found.readings["response_time"].value
    fewer = f" ({counted(working.now.sample, 'lead')})" if working.now.sample < found.readings[MEDIAN_RESPONSE_TIME.key].now.sample else ""
    known = ("" if working.value is None else f"{working_wait(working.value)}{fewer}", "" if mean is None else f"mean {hours_text(mean)}")
    return ", ".join(each for each in known if each)


def working_wait(hours: float) -> str:
    """A wait within working hours, never told in days, which have 24; none where leads come and are answered outside them."""
    return f"{hours_text(hours, in_days=False)} within working hours" if hours else "mostly outside working hours"
