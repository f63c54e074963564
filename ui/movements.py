"""What moved, on a screen: trends of the last year in a sentence each, and the parts of the last change of the sales."""

from datetime import date
from typing import Final

import streamlit as st

from domain.access import Selection
from domain.coaching.funnel_change import FunnelChange
from domain.coaching.movement_words import (
    ASSOCIATION,
    change_sentence,
    part_amount,
    part_figures,
    part_name,
    part_sure,
    trend_evidence,
    trend_text,
)
from domain.coaching.patterns.pattern import Tier
from domain.coaching.trends import LEAST_MONTHS, Trend
from domain.formatting import period_text
from services.movements import Change, Moved, what_moved
from ui import layout, tables
from ui.kept import kept
from ui.pattern_cards import BADGES
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import plain

TREND_NOTE: Final = (
    "Finished months of the last year, counts per working day. Told only where it is more than luck, everything that was tried counted in. "
    "A few months the same way are not a trend yet."
)
CHANGE_NOTE: Final = (
    "Sales are days × work a day × what comes of it. Each part is what one of these makes of the change; together they are the change."
)
_LONGEST: Final = 500


@fragment(key="movements")
def show(selection: Selection, today: date) -> None:
    """Of the selection's people in its month; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    moved = kept(
        viewer, selection.agent_ids, ("movements", selection, today), lambda session: what_moved(session, viewer, selection, today)
    )
    with layout.section("The change of the sales", key="funnel-change", note=CHANGE_NOTE, height="content"):
        _change(moved.change, moved.currency)
    with layout.section("Over the months", key="trends", note=TREND_NOTE, height="content"):
        _trends(moved)


def _change(change: Change | None, currency: str) -> None:
    if change is None:
        st.markdown(
            "**No change to explain yet.** Once there is a sale in this month and in the one before, or in the three months before each, "
            "this says whether days, calls, a step of the way or the size of the sales moved."
        )
        return
    st.markdown(f"**{plain(change_sentence(change.parts, change.before, change.now, currency), limit=_LONGEST)}**")
    tables.in_words(_rows(change, change.parts, currency), key="funnel-change", alt_text="The parts of the change of the sales.")
    st.caption(ASSOCIATION)


def _rows(change: Change, parts: FunnelChange, currency: str) -> list[dict[str, str]]:
    before, now = period_text(change.before), period_text(change.now)
    figures = [(part, part_figures(part, currency)) for part in parts.parts]
    return [
        {"Part": part_name(part), before: then, now: late, "Of the change": part_amount(parts, part, currency), "Moved?": part_sure(part)}
        for part, (then, late) in figures
    ]


def _trends(moved: Moved) -> None:
    told = [each for each in moved.trends if each.tier.is_told]
    if not told:
        st.markdown(_silence(moved))
    for trend in told:
        _card(trend, moved.currency)
    rest = [each for each in moved.trends if not each.tier.is_told]
    if rest:
        with st.expander("What else was looked at", icon=":material/hourglass_empty:"):
            st.markdown("\n".join(f"- :gray[{plain(trend_text(each, moved.currency), limit=_LONGEST)}]" for each in rest))


def _silence(moved: Moved) -> str:
    if any(each.tier is Tier.NOTHING for each in moved.trends):
        return "**No figure moved beyond luck.** Steady months look like this, and so do most months of most people."
    return f"**Too early for trends.** They are told from {LEAST_MONTHS} finished months of records on."


def _card(trend: Trend, currency: str) -> None:
    good = {True: " :small[:gray[good news]]", False: " :small[:gray[worth a look]]", None: ""}[trend.is_good]
    with st.container(border=True, gap="xsmall", key=f"trend-{trend.metric.key}"):
        st.markdown(
            f"{BADGES[trend.tier]}{good}  \n**{plain(trend_text(trend, currency), limit=_LONGEST)}**  \n"
            f":small[:gray[{plain(trend_evidence(trend, currency), limit=_LONGEST)}]]"
        )
