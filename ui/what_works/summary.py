"""The answer in four cards: what works best, when, what to develop, and the score."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from domain.activity_analytics.report import TypeReport
from domain.activity_analytics.score import Score, ScorePart
from domain.metrics.catalog import METRICS
from services.activity_analytics import ActivityAnalytics
from ui import layout, links
from ui.what_works import words
from ui.wording import plain

CARD_WIDTH: Final = 230
BEST_NOTE: Final = (
    "Activities that move customers on clearly more often than the agent's other work of the same kind (outreach, or face to face), and "
    "calls that reach people clearly more often than the rest of the team's in the last twelve whole weeks. *Clear*: at most one in twenty "
    "of such findings is luck; *likely*: at most one in ten."
)
TIME_NOTE: Final = (
    "Hours and weekdays, local to the agent, in which an activity succeeds more often than at all other times. Every one is looked at, so "
    "the best must beat what the best of so many would show by luck alone. It needs 20 activities on four different days. Seen together, "
    "not cause and effect."
)
GAP_NOTE: Final = (
    "Activities there is a lot of (40 or more, and a fifth of the work of their kind) that work clearly less often than what they are "
    "held against."
)
SCORE_NOTE: Final = (
    "**How much of what is asked was done?**\n\n= Σ weight × min(done ÷ due so far, 1.5) × 100, at most 100\n\nAll targets for work weigh "
    "the same. More than half as much again of one thing adds nothing."
)


def show(found: ActivityAnalytics, params: Mapping[str, str]) -> None:
    """Two by two on a wide screen, one below the other on a phone."""
    with st.grid(4, min_column_width=CARD_WIDTH, gap="small", key="what-works-cards"):
        with layout.section("Works best", key="what-works-best", note=BEST_NOTE):
            _types(found.strengths, is_better=True, nothing=_nothing(found))
        with layout.section("Best time", key="what-works-time", note=TIME_NOTE):
            _times(found)
        with layout.section("Worth developing", key="what-works-gaps", note=GAP_NOTE):
            _types(found.gaps, is_better=False, nothing="Nothing that is done often works clearly less well.")
        with layout.section("Performance score", key="what-works-score", note=SCORE_NOTE):
            _score(found.score, found.agent_id, params)


def _nothing(found: ActivityAnalytics) -> str:
    if any(each.compared and not any(one.missing for one in each.compared) for each in found.types):
        return "No activity stands out: what differs, luck explains."
    return "Too early to tell. It takes 20 activities with an outcome on either side."


def _types(shown: Sequence[TypeReport], *, is_better: bool, nothing: str) -> None:
    if not shown:
        st.markdown(f":gray[{plain(nothing)}]")
    for each in shown:
        badge = words.badge(words.strongest(each, is_better=is_better))
        st.markdown(f"**{plain(words.name_of(each.practice))}** {badge}")
        for reason in words.reasons(each, is_better=is_better):
            st.caption(plain(reason))
        st.markdown(f":small[{plain(words.recommendation(each, is_better=is_better))}]")


def _times(found: ActivityAnalytics) -> None:
    timed = found.best_times
    if not timed:
        early = not any(each.hour.at is not None or each.weekday.at is not None for each in found.types)
        st.markdown(f":gray[{'Too early to tell' if early else 'No hour or weekday stands out'}.]")
    for each in timed:
        for time, is_hour in ((each.hour, True), (each.weekday, False)):
            if time.finding.verdict.is_told:
                st.markdown(f"**{plain(words.name_of(each.practice))}** {words.badge(time.finding)}")
                st.caption(plain(words.time_text(each, time, is_hour=is_hour)))


def _score(score: Score | None, agent_id: int, params: Mapping[str, str]) -> None:
    if score is None:
        st.markdown(":gray[No target for work was due in these days.]")
        return
    st.markdown(f"## {score.value:.0f} :small[:gray[of 100]]")
    with st.popover("What it is made of", icon=":material/calculate:", type="tertiary"):
        for part in score.parts:
            _part(part, agent_id, params)
        st.caption(plain(f"Together {score.total:.1f} points. Targets are what was due before today."))


def _part(part: ScorePart, agent_id: int, params: Mapping[str, str]) -> None:
    cap = f", the most that counts ({part.most_points:.1f})" if part.is_capped else ""
    account = f"{words.points_text(part.units, part.points_per_unit, part.points)}{cap}; {part.target:,.1f} due so far"
    st.markdown(f"**{plain(METRICS[part.metric_key].name)}**  \n:small[{plain(account)}]")
    links.records_link(part.metric_key, params, agent_id=agent_id)
