"""A leaderboard that helps: the viewer between their neighbours, and what the best did per working day."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from domain.coaching.peers import AROUND, FEWEST, Cohort
from domain.formatting import NOTHING, number_text
from domain.metrics.catalog import METRICS
from services.leaderboard import Within
from services.peers import COHORT_KEYS, Nearby, Neighbour
from ui import layout, tables
from ui.wording import plain

AMONG: Final[Mapping[Within, str]] = {Within.PLATFORM: "All teams", Within.TEAM: "My team"}
AMONG_NOTE: Final = "All teams are those in your kind of business."
UNNAMED: Final = "A colleague"
AROUND_NOTE: Final = (
    f"Up to {AROUND} above and {AROUND} below you. Named are only those who chose it on *Your account*; the others have neither name nor "
    "score here, and neither have you for them until you choose it."
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


def around(nearby: Nearby) -> None:
    """The viewer's neighbours and the gap to the next."""
    with layout.section("Around you", key="around", note=AROUND_NOTE):
        st.table([_row(each) for each in nearby.rows], border="horizontal")
        if nearby.gap is None:
            st.markdown("Nobody is ahead of you.")
        else:
            st.markdown(f"The next place is **{nearby.gap:,} {'point' if nearby.gap == 1 else 'points'}** away.")


def tops(cohorts: tuple[Cohort, ...]) -> None:
    """What the best did, so that a place never stands alone."""
    with layout.section("What the top did", key="tops", note=TOPS_NOTE):
        if not cohorts:
            st.markdown(f":gray[Shown once the best half has at least {FEWEST} others, so that nobody's figures can be guessed.]")
            return
        rows = [_cohort_row(each) for each in cohorts]
        tables.in_words(rows, key="tops-table", alt_text=" ".join(_cohort_words(row) for row in rows))


def _row(each: Neighbour) -> dict[str, str]:
    name = f"**{plain(each.name)} (you)**" if each.is_viewer else plain(each.name or UNNAMED)
    return {"Place": each.place, "Who": name, "Score": NOTHING if each.score is None else number_text(round(each.score))}


def _cohort_words(row: Mapping[str, str]) -> str:
    top, *figures = row.items()
    return f"Top {top[1]}: {', '.join(f'{name} {figure}' for name, figure in figures)}."


def _cohort_row(cohort: Cohort) -> dict[str, str]:
    figures = {METRICS[key].name: NOTHING if (rate := cohort.per_day[key]) is None else f"{rate:.1f} a day" for key in COHORT_KEYS}
    return {"Top": f"{cohort.share:.0%} ({cohort.people})"} | figures
