"""The league an agent plays in: who is in it, and where the next month would put them."""

from datetime import date
from typing import Final

import streamlit as st

from domain.coaching.leagues import LOOK_BACK, SMALLEST, Seat
from domain.formatting import day_text
from domain.periods import Grain, add_months, containing

NOTE: Final = (
    f"Leagues are drawn on the first of each month by the points of the {LOOK_BACK} whole months before it, about ten people to one and "
    f"never under {SMALLEST}. Who has as many points as the last of a league plays in it too. Nobody's name or points are shown for it."
)
TOO_FEW: Final = f"There are too few people in your kind of business for leagues: it takes two of at least {SMALLEST}."


def show(seat: Seat | None, today: date) -> None:
    """The seat in words, with how leagues come about one tap away."""
    if seat is None:
        st.caption(TOO_FEW, help=NOTE)
        return
    st.markdown(seat_text(seat))
    if seat.ahead is not None:
        st.caption(ahead_text(seat, today), help=NOTE)


def seat_text(seat: Seat) -> str:
    """Which league of how many, and among how many others."""
    return f"League **{seat.league}** of {seat.leagues}, with {seat.others} others whose points of the months before were nearest to yours."


def ahead_text(seat: Seat, today: date) -> str:
    """What the next draw would bring if the month ended today."""
    on = day_text(add_months(containing(today, Grain.MONTH).start, 1))
    if seat.steps > 0:
        return f"As it stands you move up to league {seat.ahead} on {on}."
    if seat.steps < 0:
        return f"As it stands you move down to league {seat.ahead} on {on}; the month is not over."
    return f"As it stands you stay in league {seat.league} on {on}."
