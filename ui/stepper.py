"""Stepping through days, weeks or months, with the chosen one in the address."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import streamlit as st

from domain.formatting import day_text, period_text
from domain.periods import Grain, Period, containing

FIRST_YEAR: Final = 1970
YEARS_AHEAD: Final = 5
"""Nobody plans further; a year beyond is a slip of the keyboard."""
NOW_WORDS: Final = {Grain.DAY: "Today", Grain.WEEK: "This week", Grain.MONTH: "This month"}


def chosen_unit(grain: Grain, today: date) -> Period:
    """The day, week or month the address names under the grain's own word, or the one of today."""
    text = st.query_params.get(grain.value, "")
    day = _day(text, today) if text else today
    if day is None:
        st.warning(f"The address names no {grain.value} we can read. Showing the current one.", icon=":material/info:")
    return containing(day or today, grain)


def stepper(unit: Period, today: date, *, may_look_ahead: bool = False, show: Callable[[Period], None] | None = None) -> None:
    """Buttons to the unit before and after, the unit's name between them, and the way back to now."""
    grain = unit.grain or Grain.DAY
    before, after = _neighbour(unit, -1), _neighbour(unit, 1)
    ends = after.start > today and not may_look_ahead
    show = show or show_unit
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"step-{grain.value}", width="content"):
        _step(before, show, f"Previous {grain.value}", f"step-{grain.value}-back")
        st.markdown(f"**{unit_text(unit, today)}**", width="content")
        _step(after, show, f"Next {grain.value}", f"step-{grain.value}-on", disabled=ends)
        if today not in unit:
            st.button(
                NOW_WORDS[grain], key=f"step-{grain.value}-now", type="tertiary", on_click=show_unit, args=(containing(today, grain),)
            )


def show_unit(unit: Period) -> None:
    """Put the unit into the address; for `on_click`, in a fragment too."""
    grain = unit.grain or Grain.DAY
    st.query_params[grain.value] = f"{unit.start:%Y-%m}" if grain is Grain.MONTH else unit.start.isoformat()
    st.rerun()


def unit_text(unit: Period, today: date) -> str:
    """`Today, Tue 10 Mar` · `Tue 10 Mar 2026` · `9 – 15 Mar 2026` · `March 2026`."""
    if unit.grain is not Grain.DAY:
        return period_text(unit)
    near = {today: "Today", today - timedelta(days=1): "Yesterday", today + timedelta(days=1): "Tomorrow"}.get(unit.start)
    day = f"{unit.start:%a} {day_text(unit.start).removesuffix(f' {today.year}')}"
    return f"{near}, {day}" if near else day


def _step(unit: Period, show: Callable[[Period], None], purpose: str, key: str, *, disabled: bool = False) -> None:
    """A button that carries the name of where it leads: `‹ Feb`, `Apr ›`."""
    back = purpose.startswith("Previous")
    st.button(
        _short_text(unit),
        icon=f":material/chevron_{'left' if back else 'right'}:",
        icon_position="left" if back else "right",
        key=key,
        help=purpose,
        disabled=disabled,
        on_click=show,
        args=(unit,),
    )


def _short_text(unit: Period) -> str:
    if unit.grain is Grain.MONTH:
        return f"{unit.start:%b}"
    return f"{unit.start:%a} {unit.start.day}" if unit.grain is Grain.DAY else f"{unit.start.day} {unit.start:%b}"


def _neighbour(unit: Period, step: int) -> Period:
    return containing(unit.end if step > 0 else unit.start - timedelta(days=1), unit.grain or Grain.DAY)


def _day(text: str, today: date) -> date | None:
    """`2026-03-10`, or `2026-03` for a month's first day; None for anything else and for years nobody means."""
    whole = f"{text}-01" if len(text) == len("2026-03") else text
    try:
        day = date.fromisoformat(whole) if len(whole) == len("2026-03-10") else None
    except ValueError:
        return None
    return day if day is not None and FIRST_YEAR <= day.year <= today.year + YEARS_AHEAD else None
