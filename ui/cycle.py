"""The 90-day cycle on a screen: its three phases, start against now, the review of the last one, and what was before."""

from datetime import date
from typing import Final

import streamlit as st

from domain.coaching.cycle_words import NAMES, comparison_note, days_text, figure_text, history_line, review_lines, standing_sentence
from domain.coaching.cycles import CYCLE_DAYS, Phase
from domain.coaching.movement_words import SURE, figure_name
from domain.facts import AgentChoice
from domain.metrics.catalog import metric
from services import cycle_changes
from services.cycles import CycleBoard, CycleView, Milestone, cycle_board
from ui import cycle_proposal, gap_choice, layout, tables
from ui.attempts import attempt, show_refusal
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain

NOTE: Final = (
    "Ninety days in three phases of thirty: long enough for a habit to form and for a figure to move beyond luck, short enough to end. "
    "Absences pause nothing; counts are per planned working day."
)
_LONGEST: Final = 500


@fragment(key="cycle")
def show(agent: AgentChoice, today: date) -> None:
    """The agent's cycle; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    board = kept(
        viewer,
        frozenset({agent.agent_id}),
        ("cycle", agent.agent_id, today),
        lambda session: cycle_board(session, viewer, agent.agent_id, today),
    )
    with layout.section("90 days", key="cycle", note=NOTE, height="content"):
        show_refusal()
        if board.current:
            _running(board, board.current, today)
        else:
            _none(board, agent, today)
        _history(board)


def _none(board: CycleBoard, agent: AgentChoice, today: date) -> None:
    if board.last:
        _review(board.last, board.currency)
    if not board.is_own:
        cycle_proposal.to_others(board, agent, today)
        return
    cycle_proposal.to_agent(board, today)
    begin = "Begin the next ninety days" if board.last else "Begin your first ninety days"
    st.markdown(
        f"**{begin}.** Choose the one figure that holds you back most. After each thirty days you see how it stands against the thirty "
        "before you began, and choose what comes next."
    )
    chosen = gap_choice.chosen(board.gaps, label="The first phase is about", key="cycle-first")
    args = (board.agent_id, chosen.metric.key, today)
    st.button("Begin today", type="primary", icon=":material/flag:", key="cycle-begin", on_click=_begin, args=args)


def _begin(agent_id: int, metric_key: str, today: date) -> None:
    """Ask who it is and do it; for `on_click`, as the others below."""
    attempt(lambda session, viewer: cycle_changes.begin(session, viewer, agent_id, metric_key, today))


def _running(board: CycleBoard, view: CycleView, today: date) -> None:
    cycle, (done, planned) = view.cycle, view.workdays
    day = (today - cycle.days.start).days + 1
    name = NAMES[view.phase] if view.phase else ""
    st.progress(day / CYCLE_DAYS, text=f"**Day {day} of {CYCLE_DAYS}**, {name} · {done} of {planned} planned working days")
    if view.away:
        st.caption(f"Away: {plain(', '.join(days_text(each) for each in view.away))}. The cycle goes on meanwhile.")
    for column, milestone in zip(st.columns(3, gap="small"), view.milestones, strict=True):
        with column, st.container(border=True, gap="xsmall", height="stretch", key=f"cycle-{milestone.phase}"):
            _phase(board, milestone, today)
    _figures(view, board.currency)
    if board.is_own:
        _end(board, today)


def _phase(board: CycleBoard, milestone: Milestone, today: date) -> None:
    name, phase = NAMES[milestone.phase], milestone.phase
    mark = ":material/check: " if milestone.is_over else ":material/play_arrow: " if today in milestone.days else ""
    st.markdown(f"**{mark}{name}**  \n:small[:gray[{plain(days_text(milestone.days))}]]", help=phase.about)
    if milestone.focus:
        about = plain(metric(milestone.focus.metric_key).name)
        st.markdown(f"About **{about}**")
    else:
        st.markdown(":gray[Not about anything yet.]" if milestone.is_open else ":gray[It was about nothing in particular.]")
    if milestone.standing:
        st.markdown(f":small[{plain(standing_sentence(milestone.standing, board.currency), limit=_LONGEST)}]")
    if milestone.proposal and milestone.is_open:
        _proposal(board, milestone, today)
    if milestone.is_open:
        _focus(board, milestone, today)


def _proposal(board: CycleBoard, milestone: Milestone, today: date) -> None:
    if milestone.proposal is None:
        return
    key, by = milestone.proposal.metric_key, milestone.proposal.named_by or "Somebody"
    st.markdown(f":blue-badge[:material/lightbulb: {plain(by)} proposes] {plain(metric(key).name)}")
    if board.is_own:
        st.button("Take it on", key=f"cycle-take-{milestone.phase}", on_click=_name, args=(board.agent_id, milestone.phase, key, today))


def _focus(board: CycleBoard, milestone: Milestone, today: date) -> None:
    phase = milestone.phase
    verb = "Choose" if board.is_own else "Propose"
    label = "Change" if board.is_own and milestone.focus else verb
    with st.popover(f"{label} what it is about", icon=":material/target:", type="tertiary", key=f"cycle-focus-{phase}"):
        chosen = gap_choice.chosen(board.gaps, label=f"{NAMES[phase]} is about", key=f"cycle-choice-{phase}")
        st.button(
            verb,
            type="primary",
            key=f"cycle-name-{phase}",
            on_click=_name,
            args=(board.agent_id, phase, chosen.metric.key, today),
        )


def _name(agent_id: int, phase: Phase, metric_key: str, today: date) -> None:
    attempt(lambda session, viewer: cycle_changes.name_focus(session, viewer, agent_id, phase, metric_key, today))


def _figures(view: CycleView, currency: str) -> None:
    before, now = days_text(view.windows.before), days_text(view.windows.now)
    rows = [
        {
            "Start against now": figure_name(each.metric),
            before: f"{figure_text(each, each.before.value, currency)} (n = {each.facts[0]:,})",
            now: f"{figure_text(each, each.now.value, currency)} (n = {each.facts[1]:,})",
            "Moved?": SURE[each.tier],
        }
        for each in view.figures
    ]
    tables.in_words(rows, key="cycle-figures", alt_text="Figures of the days before the cycle began and of its last days.")
    st.caption(comparison_note(view.windows))


def _review(view: CycleView, currency: str) -> None:
    st.markdown(f"**What became of the cycle that ended on {plain(f'{view.cycle.days.last_day:%-d %b %Y}')}**")
    lines = review_lines(view.review, currency)
    st.markdown("\n".join(f"- {plain(each, limit=2 * _LONGEST)}" for each in lines))
    st.caption(comparison_note(view.windows))


def _end(board: CycleBoard, today: date) -> None:
    with st.popover("End it early", type="tertiary", icon=":material/stop_circle:", key="cycle-end-early"):
        st.markdown("The cycle ends with yesterday and stays in the history. One that began today is forgotten.")
        st.button("End the cycle", key="cycle-end", on_click=_stop, args=(board.agent_id, today))


def _stop(agent_id: int, today: date) -> None:
    attempt(lambda session, viewer: cycle_changes.end(session, viewer, agent_id, today))


def _history(board: CycleBoard) -> None:
    if board.past:
        with st.expander("Cycles before", icon=":material/history:"):
            st.markdown("\n".join(f"- {plain(history_line(each), limit=_LONGEST)}" for each in board.past))
