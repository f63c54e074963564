"""A leaderboard that helps: the viewer between their neighbours, and what the best did per working day."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from domain.coaching.peers import AROUND, FEWEST, Cohort
from domain.formatting import NOTHING, number_text
from domain.metrics.catalog import METRICS
from domain.metrics.ranking import RankedBy
from services.leaderboard import Within
from services.peers import COHORT_KEYS, Nearby, Neighbour
from ui import layout, rank_choice, tables
from ui.wording import plain

AMONG: Final[Mapping[Within, str]] = {Within.PLATFORM: "All teams", Within.TEAM: "My team", Within.LEAGUE: "My league"}
AMONG_NOTE: Final = (
    "All teams are those in your kind of business. A league is those of them whose points of the three months before were nearest to "
    "yours, whatever their level."
)
UNNAMED: Final = "A colleague"
AROUND_NOTE: Final = (
    f"Up to {AROUND} above and {AROUND} below you. Colleagues have a name and a score here once they chose it on *Privacy*, and so "
    "have you for them. A place and the gap are shown all the same: who knows the team may know who it is. Managers see the names of "
    "those they look after."
)
TOPS_NOTE: Final = (
    f"Per planned working day so far, yourself left out. Shown from {FEWEST} others on, and only where none of them makes more than half. "
    "They did this and were ahead; that need not be cause and effect."
)


def within() -> Within:
    """Among whom the viewer wants to be ranked; kept in the address."""
    picked = st.segmented_control(
        "Among",
        list(AMONG),
        default=Within.PLATFORM,
        required=True,
        format_func=AMONG.__getitem__,
        key="among",
        help=AMONG_NOTE,
        bind="query-params",
    )
    return Within(picked)


def around(nearby: Nearby, *, by_target: bool) -> None:
    """The viewer's neighbours and the gap to the next, in what is ranked by."""
    with layout.section("Around you", key="around", note=AROUND_NOTE):
        st.table([_row(each, by_target=by_target) for each in nearby.rows], border="horizontal")
        if nearby.gap is None:
            st.markdown("Nobody is ahead of you.")
        else:
            st.markdown(f"The next place is **{rank_choice.distance_text(f'{nearby.gap:,}', by_target=by_target)}** away.")


def tops(cohorts: tuple[Cohort, ...]) -> None:
    """What the best did, so that a place never stands alone."""
    with layout.section("What the top did", key="tops", note=TOPS_NOTE):
        if not cohorts:
            st.markdown(
                f":gray[Shown once the best half has at least {FEWEST} others, so that the average says little about any one of them.]"
            )
            return
        rows = [_cohort_row(each) for each in cohorts]
        tables.in_words(rows, key="tops-table", alt_text=" ".join(_cohort_words(row) for row in rows))


def _row(each: Neighbour, *, by_target: bool) -> dict[str, str]:
    name = f"**{plain(each.name)} (you)**" if each.is_viewer else plain(each.name or UNNAMED)
    score = NOTHING if each.score is None else rank_choice.with_unit(number_text(round(each.score)), by_target=by_target)
    return {"Place": each.place, "Who": name, rank_choice.NAMES[RankedBy.TARGET if by_target else RankedBy.POINTS]: score}


def _cohort_words(row: Mapping[str, str]) -> str:
    top, *figures = row.items()
    return f"Top {top[1]}: {', '.join(f'{name} {figure}' for name, figure in figures)}."


def _cohort_row(cohort: Cohort) -> dict[str, str]:
    figures = {METRICS[key].name: NOTHING if (rate := cohort.per_day[key]) is None else f"{rate:.1f} a day" for key in COHORT_KEYS}
    return {"Top": f"{cohort.share:.0%} ({cohort.people})"} | figures
