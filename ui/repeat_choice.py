"""Choosing how a calendar entry repeats, and how far a change to it reaches."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from domain.calendar.everyday import Everyday, everyday_rule, nth_weekday
from domain.calendar.recurrence import LONGEST_MONTHS, MOST_TIMES, Frequency, Rule, rule_of
from domain.calendar.rule_words import DAYS, rule_words
from domain.calendar.series import Reach
from domain.facts import SeriesPart
from domain.periods import add_months
from ui.wording import plain

ONCE: Final = "once"
KEPT: Final = "kept"
ON_A_DAY, TIMES = "On a day", "After some times"
USUAL_MONTHS: Final = 3
"""A quarter is what people plan; the end is theirs to move."""
USUAL_TIMES: Final = 10
REACHES: Final[Mapping[Reach, str]] = {Reach.THIS: "This one", Reach.FOLLOWING: "This and later ones", Reach.ALL: "All to come"}


def rule_choice(first_on: date, *, key: str, part: SeriesPart | None = None) -> str | None:
    """The chosen rule as text; None for what happens once, or stays as it repeats now."""
    names = ({KEPT: _kept_name(part)} if part else {ONCE: "Does not repeat"}) | _names(first_on)
    chosen = st.selectbox("Repeats", list(names), format_func=names.__getitem__, key=f"{key}-repeats")
    if chosen in {ONCE, KEPT}:
        return None
    days = _weekdays(first_on, key) if chosen in {Everyday.WEEKLY, Everyday.FORTNIGHTLY} else ()
    until, times = _end(first_on, key)
    rule = everyday_rule(Everyday(chosen), first_on, days=days, until=until, times=times)
    st.caption(f"{_sentence(rule, first_on)}.")
    return rule.text


def reach_choice(key: str) -> Reach:
    """Which entries of the series are meant."""
    chosen = st.segmented_control("Change", list(REACHES), default=Reach.THIS, required=True, format_func=REACHES.__getitem__, key=key)
    return Reach(chosen)


def repeats_words(part: SeriesPart) -> str:
    """`repeats every Tuesday until 5 Mar 2027`."""
    return f"repeats {rule_words(rule_of(part.rule), part.first_on)}"


def _kept_name(part: SeriesPart) -> str:
    return f"As now: {rule_words(rule_of(part.rule), part.first_on)}"


def _names(first_on: date) -> dict[str, str]:
    monthly, weekday = Rule(frequency=Frequency.MONTHLY), Rule(frequency=Frequency.MONTHLY, weekdays=(nth_weekday(first_on),))
    return {
        Everyday.DAILY: "Every day",
        Everyday.WEEKDAYS: "Every weekday",
        Everyday.WEEKLY: "Every week",
        Everyday.FORTNIGHTLY: "Every 2 weeks",
        Everyday.MONTHLY: _sentence(monthly, first_on),
        Everyday.MONTHLY_WEEKDAY: _sentence(weekday, first_on),
    }


def _sentence(rule: Rule, first_on: date) -> str:
    words = rule_words(rule, first_on)
    return words[:1].upper() + words[1:]


def _weekdays(first_on: date, key: str) -> tuple[int, ...]:
    """The days of the week; the key names the first day's, so that moving it moves the choice."""
    chosen = st.pills(
        "On",
        range(len(DAYS)),
        default=[first_on.weekday()],
        selection_mode="multi",
        format_func=lambda day: DAYS[day][:3],
        key=f"{key}-weekdays-{first_on.weekday()}",
    )
    return tuple(chosen)


def _end(first_on: date, key: str) -> tuple[date | None, int | None]:
    left, right = st.columns(2)
    how = left.selectbox("Ends", [ON_A_DAY, TIMES], key=f"{key}-ends")
    if how == TIMES:
        return None, int(right.number_input("Times", 1, MOST_TIMES, USUAL_TIMES, key=f"{key}-times"))
    latest = add_months(first_on, LONGEST_MONTHS)
    usual = add_months(first_on, USUAL_MONTHS)
    until = right.date_input("Last day", usual, min_value=first_on, max_value=latest, format="YYYY-MM-DD", key=f"{key}-until-{first_on}")
    return until, None


def said_plainly(part: SeriesPart | None) -> str:
    """How an entry repeats, for a line about it; empty for what happens once."""
    return f":material/repeat: {plain(repeats_words(part))}" if part else ""
