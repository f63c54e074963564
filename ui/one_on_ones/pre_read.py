"""The pre-read on a screen: the month against its targets, the score, strengths and the gap, deals, and what was taken on last."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from domain.formatting import day_text, number_text
from domain.one_on_ones.pre_read import Concern, PreRead, ScorePoint
from domain.one_on_ones.standouts import Standout, Standouts
from domain.progression.practice import DRILLS
from domain.records import Skill
from ui import charts, layout, tables
from ui.theme import palette
from ui.wording import counted, plain

NOTE: Final = (
    "Figures as their own screens show them, within what the reader may see. A strength or a gap is told only where luck does not explain "
    "it; with a talk that was held stands what was known then."
)
LONGEST: Final = 600


def show(found: PreRead) -> None:
    """The whole of it."""
    with layout.section("Pre-read", key="one-on-one-pre-read", note=NOTE, height="content"):
        st.caption(f"As of {day_text(found.made_on)}. You both read the same.")
        _pace(found)
        _score(found.score_sentence, found.scores)
        _standouts(found.standouts)
        _concerns(found.concerns, found.more_concerns)
        _commitments(found.commitments)


def _pace(found: PreRead) -> None:
    st.subheader(plain(found.month), anchor=False)
    if not found.pace:
        st.markdown(":gray[No targets are set, so there is no pace to speak of.]")
        return
    rows = [
        {"Figure": each.name, "So far": each.value, "Target": each.target, "Due by now": each.due, "Stands": each.word}
        for each in found.pace
    ]
    tables.in_words(rows, key="pre-read-pace", alt_text=f"{found.month} against its targets.")


def _score(sentence: str, scores: Sequence[ScorePoint]) -> None:
    st.subheader("Performance index by week", anchor=False)
    st.markdown(plain(sentence, limit=LONGEST))
    if not any(each.points for each in scores):
        return
    rows = [(each.label, each.points, f"{number_text(each.points)}{' so far' if each.is_unfinished else ''}") for each in scores]
    told = "; ".join(f"{name}: {words}" for name, _, words in rows)
    charts.show(charts.ranked_bars(rows, palette()), alt_text=f"Points of the performance index by week: {told}.", key="pre-read-score")


def _standouts(found: Standouts) -> None:
    st.subheader("Strengths and one gap", anchor=False)
    for each in found.strengths:
        st.markdown(f":green-badge[:material/thumb_up: Strength] **{plain(each.name)}**  \n{_evidence(each)}")
    if found.gap is not None:
        st.markdown(f":orange-badge[:material/target: To work on] **{plain(found.gap.name)}**  \n{_evidence(found.gap)}")
        st.markdown(f":gray[Something to try:] {plain(DRILLS[Skill(found.gap.skill)].this_week, limit=LONGEST)}")
    if not found.strengths and found.gap is None:
        st.markdown("**Nothing stands out beyond luck.**")
    for line in found.untold:
        st.caption(plain(line, limit=LONGEST))


def _evidence(found: Standout) -> str:
    return f":small[{plain(found.evidence, limit=LONGEST)}]"


def _concerns(concerns: Sequence[Concern], more: int) -> None:
    if not concerns:
        return
    st.subheader("Deals that ask for attention", anchor=False)
    st.markdown("\n".join(f"- **{plain(each.head)}**: {plain(each.words, limit=LONGEST)}" for each in concerns))
    if more:
        st.caption(f"And {counted(more, 'more deal')}.")


def _commitments(commitments: Sequence[str]) -> None:
    st.subheader("Taken on last time", anchor=False)
    if commitments:
        st.markdown("\n".join(f"- {plain(each, limit=LONGEST)}" for each in commitments))
    else:
        st.markdown(":gray[Nothing was taken on before.]")
