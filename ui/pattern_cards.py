"""Patterns on a screen: each sentence with how sure it is, its effect and its evidence a tap away."""

from datetime import date
from typing import Final

import streamlit as st

from domain.access import Selection
from domain.coaching.patterns.pattern import Pattern, Tier
from domain.coaching.patterns.words import ASSOCIATION, effect_text, missing_text, sentence
from domain.coaching.texts.text import CoachKind
from domain.facts import AgentChoice
from services import patterns
from services.patterns import PatternBoard
from ui import coach, layout
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain

NOTE: Final = "Looked for every night in the team's work of half a year. Told only where it is more than luck, large enough and has lasted."
BADGES: Final = {Tier.CLEAR: ":green-badge[:material/check_circle: Clear]", Tier.LIKELY: ":blue-badge[:material/help: Likely]"}
_LONGEST: Final = 500


@fragment(key="patterns")
def show(agent: AgentChoice | None, selection: Selection, today: date) -> None:
    """Of one agent their team's, and to themselves their own; else those of the teams looked after. Who looks is asked again."""
    viewer = signed_in_viewer()
    if agent:
        agent_id = agent.agent_id
        about, team_ids = frozenset({agent_id}), frozenset[int]()
    else:
        about, team_ids = selection.agent_ids, selection.team_ids
    board = kept(
        viewer,
        about,
        ("patterns", today, agent is None, team_ids),
        lambda session: (
            patterns.patterns_of(session, viewer, agent_id, today)
            if agent
            else patterns.patterns_of_teams(session, viewer, team_ids, today)
        ),
    )
    with layout.section("Patterns", key="patterns", note=NOTE, height="content"):
        _board(board)
        if agent and board.told:
            coach.button(agent, CoachKind.PATTERNS, "Ask the coach")


def _board(board: PatternBoard) -> None:
    if not board.told:
        st.markdown(f"**{_silence(board)}**" if board.looked_on else ":gray[Patterns are looked for tonight for the first time.]")
    for pattern in board.told:
        _card(pattern)
    rest = [f"- :gray[Too early. {plain(missing_text(each))}]" for each in board.too_early]
    rest += [
        f"- :gray[{plain(each.hypothesis.name)}: no difference among {counted(each.has, *each.hypothesis.facts)}.]"
        for each in board.nothing
    ]
    rest += [f"- :gray[No longer seen: {plain(sentence(each), limit=_LONGEST)}]" for each in board.gone]
    if rest:
        with st.expander("What else was looked at", icon=":material/hourglass_empty:"):
            st.markdown("\n".join(rest))


def _silence(board: PatternBoard) -> str:
    if not board.nothing:
        return "It is too early to tell any pattern."
    return f"No pattern was found. {counted(len(board.nothing), 'question was', 'questions were')} looked at with enough records."


def _card(pattern: Pattern) -> None:
    whose = "the team's work" if pattern.whose.is_team else "your own work"
    with st.container(border=True, gap="xsmall", key=f"pattern-{pattern.id.replace('.', '-')}"):
        st.markdown(f"{BADGES[pattern.tier]} :small[:gray[in {whose}]]  \n**{plain(sentence(pattern), limit=_LONGEST)}**")
        with st.popover("Evidence", icon=":material/query_stats:", type="tertiary", key=f"pattern-evidence-{pattern.id.replace('.', '-')}"):
            facts = counted(pattern.inside.count + pattern.outside.count, *pattern.hypothesis.facts)
            people = counted(pattern.people, "person", "people")
            st.markdown(f"{plain(effect_text(pattern))}, from {facts} of {people}.")
            st.caption(ASSOCIATION)
