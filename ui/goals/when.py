"""Which days a goal is for: a calendar week, month, quarter or year, or from a day to a deadline."""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from domain.errors import InputError
from domain.formatting import period_text
from domain.goals.entry import AHEAD, GRAINS, LONGEST, goal_days
from domain.periods import Period, add_months, containing
from domain.records import GoalPeriod
from ui.goals.words import LENGTHS
from ui.wording import plain

USUAL_MONTHS: Final = 3
"""How far a deadline is at first."""


def chosen(today: date, key: str) -> tuple[GoalPeriod, Period] | None:
    """The period and its days; None while a deadline lies before its start."""
    period = st.segmented_control(
        "For a", list(GoalPeriod), default=GoalPeriod.MONTHLY, required=True, format_func=LENGTHS.__getitem__, key=f"{key}-period"
    )
    days = _own_days(today, key) if period is GoalPeriod.SPAN else _this_or_next(period, today, key)
    return None if days is None else (period, days)


def _this_or_next(period: GoalPeriod, today: date, key: str) -> Period:
    now = goal_days(period, today)
    offered = {each.start: each for each in (now, containing(now.end, GRAINS[period]))}
    return offered[
        st.segmented_control(
            "Which",
            list(offered),
            default=now.start,
            required=True,
            format_func=lambda start: period_text(offered[start]),
            key=f"{key}-days-{period}",
        )
    ]


def _own_days(today: date, key: str) -> Period | None:
    """From a day to a deadline, both included."""
    first_day, last_day = st.columns(2)
    start = first_day.date_input(
        "From", value=today, min_value=today - LONGEST, max_value=today + AHEAD, key=f"{key}-from", format="YYYY-MM-DD"
    )
    deadline = last_day.date_input(
        "Deadline",
        value=add_months(today, USUAL_MONTHS),
        min_value=today,
        max_value=today + AHEAD + LONGEST,
        key=f"{key}-deadline",
        format="YYYY-MM-DD",
    )
    try:
        return Period(start, deadline + timedelta(days=1))
    except InputError as refused:
        st.warning(plain(str(refused)))
        return None
