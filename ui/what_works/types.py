"""Every type of activity as a card: how much, how well, when, how it moves, and the records behind it."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from domain.activity_analytics.report import TypeReport
from services.activity_analytics import ActivityAnalytics
from ui import layout, links
from ui.activity_words import ACTIVITIES
from ui.what_works import words
from ui.wording import plain

COLUMNS: Final = 3
CARD_WIDTH: Final = 280
UNKNOWN: Final = "How these ended was not noted. Choose an outcome when you log one, and what works shows here."
NEXT_STEP_NOTE: Final = "A next step is a new appointment, or interest. Counted are activities whose outcome was noted."


def show(found: ActivityAnalytics, params: Mapping[str, str]) -> None:
    """The types that were done, in the order of all screens."""
    with st.grid(COLUMNS, min_column_width=CARD_WIDTH, gap="small", key="what-works-types"):
        for each in found.types:
            _card(each, found.agent_id, params)


def _card(report: TypeReport, agent_id: int, params: Mapping[str, str]) -> None:
    practice = report.practice
    title = f"{ACTIVITIES[practice.type].symbol} {words.name_of(practice)}"
    with layout.section(title, key=f"type-{practice.type.value}"):
        st.markdown(plain(words.volume_text(report)), help=words.MARKS[report.volume_trend.verdict][1])
        if report.success.whole:
            _rates(report)
        else:
            st.caption(UNKNOWN)
        links.records_link(practice.metric_key, params, agent_id=agent_id)


def _rates(report: TypeReport) -> None:
    practice = report.practice
    st.markdown(plain(words.rate_text(report.success, practice.success)), help=words.range_text(report.success))
    if report.conversion.whole:
        note = f"{NEXT_STEP_NOTE} {words.range_text(report.conversion)}"
        st.markdown(plain(words.rate_text(report.conversion, words.NEXT_STEP)), help=note)
    st.caption(f"{_sure(report)}{plain(words.trend_text(report))}")
    for time in words.times_texts(report):
        st.caption(plain(time))


def _sure(report: TypeReport) -> str:
    """A badge where the trend is told."""
    return f"{words.badge(report.success_trend)} " if report.success_trend.verdict.is_told else ""
