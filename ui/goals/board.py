"""An agent's goals: those that run with bar and pace, those to come, and what became of those that are over."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

import streamlit as st

from database import database
from domain.facts import AgentChoice
from domain.formatting import period_text
from domain.goals.progress import GoalProgress
from services.goal_advice import proposals_on
from services.goal_chances import GoalChances, with_chances
from services.goals import PAST, GoalBoard, goals_of
from ui.goals import advice, card
from ui.goals.changes import today_of
from ui.goals.words import asked_text, ending_text, figure_text, score_text, title_text
from ui.layout import section
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain, status_text

COLUMNS: Final = 3
CARD_WIDTH: Final = 260
_SHOWN: Final = "goals-past-shown"


@fragment(key="goals")
def show(agent: AgentChoice) -> None:
    """Everything about the agent's goals; who looks is asked again on every run."""
    viewer, today = signed_in_viewer(), today_of(agent)
    shown_key = f"{_SHOWN}-{agent.agent_id}"
    limit: int = st.session_state.get(shown_key, PAST)
    with database().reading() as session:
        known = goals_of(session, viewer, agent.agent_id, today, past=limit)
        board, chances = with_chances(session, viewer, agent.agent_id, known, today)
        proposals = proposals_on(session, agent.agent_id, board, chances)
    is_own = viewer.person_id == agent.agent_id
    if not (board.current or board.coming):
        _teach(agent, board, is_own=is_own)
    advice.cards(agent, proposals, today)
    _running(agent, board, chances, today)
    _coming(agent, board)
    _past(board)
    _cancelled(board)
    if board.has_older:
        st.button("Show more", key="goals-more", on_click=_show_more, args=(shown_key, limit + PAST))


def _teach(agent: AgentChoice, board: GoalBoard, *, is_own: bool) -> None:
    with st.container(border=True, key="card-goals-empty"):
        title = "No goal is running" if board.past else "No goals yet"
        st.header(title, anchor=False)
        whose = "yourself" if is_own else plain(agent.name)
        st.markdown(
            f"Set {whose} a figure for the week, the month, the quarter, the year or by a deadline: conversions, revenue, calls, "
            "time to the first contact. This screen then says each day how far it is, and what each working day still has to bring."
        )


def _running(agent: AgentChoice, board: GoalBoard, chances: GoalChances, today: date) -> None:
    if not board.current:
        return
    with st.grid(COLUMNS, min_column_width=CARD_WIDTH, gap="small", key="goals-running"):
        for goal in board.current:
            card.running(agent, goal, board, chances, today)


def _coming(agent: AgentChoice, board: GoalBoard) -> None:
    if not board.coming:
        return
    with section("Coming", key="goals-coming", height="content"):
        for goal in board.coming:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
                st.markdown(
                    f"**{plain(title_text(goal))}** · {plain(asked_text(goal, board.currency))} · {plain(period_text(goal.goal.days))}"
                )
                card.menu(agent, goal, board.currency)


def _past(board: GoalBoard) -> None:
    if not board.past:
        return
    note = "Judged by the facts as they are now; what is corrected later corrects these too."
    with section("Past goals", key="goals-past", note=note, height="content"):
        st.markdown(f"**{plain(score_text(board.past))}**")
        for days, ended in groupby(board.past, key=lambda goal: goal.goal.days):
            st.markdown(f"##### {plain(period_text(days))}")
            st.markdown(_endings(list(ended), board))


def _endings(ended: Sequence[GoalProgress], board: GoalBoard) -> str:
    rows = []
    for goal in ended:
        words = f"{title_text(goal)}: {figure_text(goal, board.currency)}"
        ending = ending_text(goal)
        rows.append(f"- {status_text(goal.status)} {plain(words)}:gray[{plain(ending)}]")
    return "\n".join(rows)


def _cancelled(board: GoalBoard) -> None:
    """Out of the way, and still there: nobody has to wonder what became of a goal."""
    if not board.cancelled:
        return
    with st.expander(f"Taken back ({len(board.cancelled)})", icon=":material/block:"):
        lines = (f"{title_text(goal)}: {asked_text(goal, board.currency)}, {period_text(goal.goal.days)}" for goal in board.cancelled)
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _show_more(shown_key: str, limit: int) -> None:
    st.session_state[shown_key] = limit
