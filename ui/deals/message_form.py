"""How messages about deals look: which sections they have, and the sign before each; an admin's form with an example."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

import streamlit as st

import clock
from database import database
from domain.deals.messages.headline import DealHeadline
from domain.deals.messages.layout import ICONS, Icon, MessageLayout, Section
from domain.deals.messages.whole import detailed
from domain.deals.priority import DealPriority
from domain.deals.review import Action, DealReview, Urgency
from domain.language import Language
from domain.local_time import wall_clock
from services import deal_messages
from services.access import Viewer
from services.deal_messages import LONGEST_SIGN, layout_details
from ui.outcome import save

NOTE: Final = "Reviews of deals as they reach people by Telegram and other channels."
SECTIONS: Final[Mapping[Section, str]] = MappingProxyType(
    {
        Section.DEAL: "Deal, budget, chance, agent",
        Section.FIGURES: "Figures",
        Section.ASSESSMENT: "Assessment",
        Section.STRENGTHS: "What is good",
        Section.CONCERNS: "What to watch",
        Section.CRITICAL: "Critical",
        Section.ACTIONS: "What to do",
        Section.PHRASES: "What to say",
        Section.PLAN: "Plan",
        Section.TIME: "When it was reviewed",
    }
)
SIGNS: Final[Mapping[Icon, str]] = MappingProxyType(
    {
        Icon.STRENGTHS: "What is good",
        Icon.CONCERNS: "What to watch",
        Icon.FLAG: "Each critical",
        Icon.ACTIONS: "What to do",
        Icon.PLAN: "To plan",
        Icon.PHRASES: "What to say",
        Icon.STEPS: "Plan",
        Icon.STEP: "Each step",
    }
)
"""Names of signs that say more than their own word."""
_WIDTH: Final = 110
_REVIEW: Final = DealReview(
    situation="They are interested, and nothing is planned.",
    strengths=("Their needs are known",),
    concerns=("No next meeting is set",),
    red_flags=("Quiet for ten days",),
    priority=DealPriority.HIGH,
    actions=(
        Action(what="Call today", why="Ten days without contact", how="Begin with something of use to them", urgency=Urgency.URGENT),
        Action(what="Show it to them", why="They are deciding", how="Offer two times", urgency=Urgency.THIS_WEEK),
        Action(what="Prepare an offer", why="They asked for one", how="Let it end on a day", urgency=Urgency.PLAN),
    ),
    phrases=("I have worked out how this fits your budget.",),
    plan=("Call", "Agree on a day"),
)


def show(viewer: Viewer) -> None:
    """The form, and an example of what is kept."""
    with database().reading() as session:
        held = deal_messages.layout(session)
    with st.form("deal-messages", border=False):
        wanted = st.multiselect(
            "Sections",
            list(SECTIONS),
            default=[each for each in Section if held.shows(each)],
            format_func=SECTIONS.__getitem__,
            key="deal-messages-sections",
            filter_mode=None,
        )
        with st.expander("Signs", icon=":material/mood:"), st.grid(8, min_column_width=_WIDTH, gap="small"):
            icons = {icon: _sign(icon, held) for icon in Icon}
        submitted = st.form_submit_button("Save", key="deal-messages-save", type="primary")
    if submitted:
        given = {"hidden": frozenset(Section) - frozenset(wanted), "icons": icons}
        save(lambda session: deal_messages.keep_layout(session, viewer, layout_details(**given), clock.now()), "Kept.")
    with st.expander("An example", icon=":material/preview:"):
        example = detailed(_REVIEW, _figures(wall_clock(clock.now(), viewer.time_zone)), Language.ENGLISH, held)
        st.text(f"{example.title}\n\n{example.body}")


def _sign(icon: Icon, held: MessageLayout) -> str:
    return st.text_input(
        SIGNS.get(icon, icon.value.replace("_", " ").capitalize()),
        held.icons.get(icon, ICONS[icon]),
        max_chars=LONGEST_SIGN,
        key=f"deal-messages-icon-{icon.value}",
    )


def _figures(at: datetime) -> DealHeadline:
    return DealHeadline(
        name="An example",
        amount_minor=4_500_000,
        currency="USD",
        chance=0.65,
        agent_name="You",
        age_days=12,
        calls=3,
        call_minutes=45,
        touches=7,
        quiet_days=10,
        reviewed_at=at,
    )
