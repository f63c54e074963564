"""What stands out in an agent's numbers: each insight with its evidence, the records behind it, and a way to put it aside."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import streamlit as st

import clock
from domain.access import Selection
from domain.coaching.insights.insight import Insight, Listing
from domain.coaching.insights.rules import RULES
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.metrics.status import Tone
from domain.periods import Period
from services import insights
from services.filters import MAX_DAYS, params_from
from services.insights import InsightBoard
from ui import layout, links
from ui.activity_words import Shown
from ui.attempts import attempt, show_refusal
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain, tone_color

AT_FIRST: Final = 4
"""As many as somebody thinks about at once; the others are one tap away."""
NOTE: Final = (
    "What waits is told at once. What changed or differs is told only where enough records stand behind it and luck is very unlikely "
    "to have done it. Two things seen together need not be cause and effect."
)
TONES: Final[Mapping[Tone, Shown]] = {
    Tone.GOOD: Shown(name="Good news", icon="thumb_up"),
    Tone.WARNING: Shown(name="Worth a look", icon="visibility"),
    Tone.BAD: Shown(name="Worth a look", icon="visibility"),
    Tone.QUIET: Shown(name="To tidy up", icon="checklist"),
}
_LONGEST_SENTENCE: Final = 500


@fragment(key="insights")
def show(agent: AgentChoice, today: date) -> None:
    """What holds of the agent today; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    try:
        board = kept(
            viewer,
            frozenset({agent.agent_id}),
            ("insights", today),
            lambda session: insights.insights_of(session, viewer, agent.agent_id, today, clock.now()),
        )
    except NotFoundError as error:
        st.info(plain(str(error)), icon=":material/person_off:")
        return
    with layout.section("What stands out", key="insights", note=NOTE, height="content"):
        show_refusal()
        _board(board, agent, today)


def _board(board: InsightBoard, agent: AgentChoice, today: date) -> None:
    if not board.shown:
        _nothing(board)
    for insight in board.shown[:AT_FIRST]:
        _card(insight, agent, today)
    if later := board.shown[AT_FIRST:]:
        with st.expander(f"{len(later)} more"):
            for insight in later:
                _card(insight, agent, today)
    _too_early(board)
    if board.put_aside:
        with st.expander(counted(len(board.put_aside), "put aside", "put aside"), icon=":material/visibility_off:"):
            for insight in board.put_aside:
                _aside(insight, agent, today)


def _nothing(board: InsightBoard) -> None:
    if board.put_aside:
        st.markdown(":gray[Nothing else stands out right now.]")
        return
    st.markdown("**Nothing stands out right now.** What waits, what changed and what works better than the rest will be told here.")
    with st.popover("What is looked at", icon=":material/help:", type="tertiary"):
        st.markdown("\n".join(["Something is said from this much on:", "", *dict.fromkeys(f"- {rule.needs}" for rule in RULES)]))


def _too_early(board: InsightBoard) -> None:
    if board.too_early:
        with st.expander("Too early to tell", icon=":material/hourglass_empty:"):
            st.markdown("\n".join(f"- :gray[{plain(each.sentence)}]" for each in board.too_early))


def _card(insight: Insight, agent: AgentChoice, today: date) -> None:
    shown = TONES[insight.tone]
    with st.container(border=True, gap="xsmall", key=f"insight-{insight.id}"):
        st.markdown(
            f":{tone_color(insight.tone)}-badge[{shown.symbol} {shown.name}]  \n"
            f"**{plain(insight.sentence, limit=_LONGEST_SENTENCE)}**  \n"
            f":small[:gray[{plain(insight.evidence, limit=_LONGEST_SENTENCE)}]]"
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if insight.examples:
                _examples(insight)
            _link(insight, agent)
            st.button(
                "Put aside",
                key=f"put-aside-{insight.id}",
                icon=":material/visibility_off:",
                help="Not shown to you for two weeks. Others still see it.",
                type="tertiary",
                on_click=_change,
                args=(insights.dismiss, agent.agent_id, insight.id, today),
            )


def _examples(insight: Insight) -> None:
    label = "Which one" if len(insight.examples) == 1 else "Which ones"
    with st.popover(label, icon=":material/list:", type="tertiary", key=f"insight-examples-{insight.id}"):
        st.caption(insight.order)
        for each in insight.examples:
            words = f"{plain(each.name)} · {plain(each.detail)}"
            if each.lead_id is None:
                st.markdown(words)
            else:
                links.page_link("leads", words, {"lead": str(each.lead_id)})
        if insight.more:
            st.caption(f"and {insight.more:,} more")


def _link(insight: Insight, agent: AgentChoice) -> None:
    number = str(agent.agent_id)
    match insight.listing:
        case Listing.LEADS:
            links.page_link("leads", "New leads", {"status": "new", "agent": number}, icon=":material/contacts:")
        case Listing.CALENDAR:
            where = {"day": insight.period.start.isoformat(), "agent": number}
            links.page_link("calendar", "Calendar", where, icon=":material/event:")
        case Listing.RECORDS:
            links.records_link(insight.metric_key, params_from(Selection(period=_listed(insight.period)), None), agent_id=agent.agent_id)


def _listed(period: Period) -> Period:
    """The period, or its end where a list cannot reach back so far."""
    return Period(max(period.start, period.end - timedelta(days=MAX_DAYS)), period.end)


def _aside(insight: Insight, agent: AgentChoice, today: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f":gray[{plain(insight.sentence, limit=_LONGEST_SENTENCE)}]", width="stretch")
        st.button(
            "Bring back",
            key=f"bring-back-{insight.id}",
            icon=":material/undo:",
            type="tertiary",
            on_click=_change,
            args=(insights.restore, agent.agent_id, insight.id, today),
        )


def _change(deed: insights.Deed, agent_id: int, insight_id: str, today: date) -> None:
    """Ask who it is and do it; for `on_click`."""
    attempt(lambda session, viewer: deed(session, viewer, agent_id, insight_id, today, clock.now()))
