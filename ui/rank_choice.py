"""What decides places on the Leaderboard: percent of target, with points one choice away; kept in the address."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from domain.metrics.ranking import RankedBy
from services.leaderboard import RANKED_BY, Leaderboard, ranked_by_from
from ui.wording import plain

NAMES: Final[Mapping[RankedBy, str]] = {RankedBy.TARGET: "Percent of target", RankedBy.POINTS: "Points"}
NOTE: Final = (
    "Percent of target: calls, agreements, lists and sales, each as a share of what was asked so far. "
    "Points: all of them as they are, whatever was asked."
)
NO_TARGET: Final = "Nobody set a target for you in these days, so you have no place by percent of target. *Points* rank everybody."


def chosen() -> RankedBy:
    """What the viewer lets decide places: by target unless they chose otherwise."""
    picked = ranked_by_from(st.query_params.to_dict())
    st.session_state["ranked-by"] = picked
    st.segmented_control(
        "Rank by", list(NAMES), required=True, format_func=NAMES.__getitem__, key="ranked-by", help=NOTE, on_change=_picked
    )
    return picked


def name_of(board: Leaderboard) -> str:
    """What decides the places of this board."""
    return NAMES[RankedBy.TARGET if board.by_target else RankedBy.POINTS]


def with_unit(figure: str, *, by_target: bool) -> str:
    """A score as it is ranked by: `63 %` of target, or points."""
    return f"{figure} %" if by_target else figure


def distance_text(figure: str, *, by_target: bool) -> str:
    """How far two scores lie apart, in what is ranked by: `4 percentage points of target` or `4 points`."""
    word = "point" if figure == "1" else "points"
    return f"{figure} percentage {word} of target" if by_target else f"{figure} {word}"


def explain(board: Leaderboard, wanted: RankedBy) -> None:
    """Who has no place because nobody asks anything of them, and why points decide where a target was to."""
    names = [plain(row.name) for row in board.without_target]
    if wanted is RankedBy.TARGET and not board.by_target:
        st.caption("Nobody has a target in these days, so places follow points.")
    if names and not (len(names) == 1 and board.without_target[0].is_viewer):
        st.caption(f"Without a target, so not ranked by it: {', '.join(names)}. *Points* rank everybody.")


def _picked() -> None:
    if st.session_state["ranked-by"] == RankedBy.POINTS:
        st.query_params[RANKED_BY] = RankedBy.POINTS.value
    elif RANKED_BY in st.query_params:
        del st.query_params[RANKED_BY]
