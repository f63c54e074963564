"""The scoreboard of a day: how far each kind of work is, drawn again when something counts."""

import math
from datetime import date, datetime, time
from typing import Final

import streamlit as st

import clock
from database import database
from domain.facts import AgentChoice
from domain.formatting import number_text, value_text
from domain.local_time import wall_clock
from domain.metrics.status import Status
from services.scoreboard import DayLine, scoreboard
from ui.cards import explanation
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain, status_text

CARD_WIDTH: Final = 112
ONE_ROW: Final = 8
"""More cards than this beside each other are too narrow for their names."""


@fragment(key="scoreboard")
def show(agent: AgentChoice, day: date) -> None:
    """The agent's day by kind of work against what it asks; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        board = scoreboard(session, viewer, agent.agent_id, day, _seen_at(agent, day, clock.now()))
    if not board.is_working_day and day != wall_clock(clock.now(), agent.time_zone).date():
        st.caption("A day off in the calendar: nothing was asked, what was done counts.")
    with st.grid(_columns(len(board.lines)), min_column_width=CARD_WIDTH, gap="small"):
        for line in board.lines:
            _card(line)


def _columns(cards: int) -> int:
    """As many cards beside each other as leave no ragged end: all of them, or two rows of about the same length."""
    return cards if cards <= ONE_ROW else math.ceil(cards / 2)


def _seen_at(agent: AgentChoice, day: date, now: datetime) -> time:
    """The agent's time of day for today; the end of the day for days that are over."""
    shown = wall_clock(now, agent.time_zone)
    return shown.time() if shown.date() == day else time.max


def _card(line: DayLine) -> None:
    reading = line.reading
    metric = reading.metric
    done = value_text(metric, reading.value)
    with st.container(border=True, key=f"card-score-{metric.key}", gap="xxsmall", height="stretch"):
        st.markdown(f":small[:gray[{plain(metric.name)}]]", help=explanation(metric, reading=reading))
        if not line.reading.target:
            st.markdown(f"## {done}")
            return
        st.markdown(f"## {done} :small[:gray[of target {_whole(line.reading.target)}]]")
        st.progress(min(1.0, (reading.value or 0.0) / line.reading.target))
        st.markdown(f":small[{_standing(line)}]")


def _whole(target: float) -> str:
    """A day's part of a weekly target, as a number somebody can do: rounded up."""
    return number_text(max(1, math.ceil(target)))


def _standing(line: DayLine) -> str:
    """Reached, or how many to go, and whether that is on pace for the hour."""
    if line.reading.status is Status.REACHED or not line.left:
        return status_text(Status.REACHED)
    left = f"{number_text(math.ceil(line.left))} to go"
    behind = (line.due_by_now or 0.0) - (line.reading.value or 0.0)
    return f":gray[{left}]" if behind < 1 else f":gray[{left} · {number_text(math.floor(behind))} behind the hour]"
