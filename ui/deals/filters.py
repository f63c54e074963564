"""What the list of deals is narrowed by: agent, pipeline and stage, priority, and for how many days nothing was done."""

from collections.abc import Mapping, Sequence

import streamlit as st

from domain.deals.priority import DealPriority
from domain.deals.warning_words import PRIORITY_WORDS
from domain.pipeline.steps import words as stage_words
from services.deal_filters import AGENT, LONGEST_QUIET, PIPELINE, PRIORITY, QUIET, STAGE
from ui.deals import address
from ui.deals.words import stage_text

_ORDERS = {"pressing": "Most pressing", address.LIKELY: "Likeliest"}
_VIEWS = {"table": ":material/table_rows: Table", address.BOARD: ":material/view_kanban: Board"}


def show(agents: Mapping[int, str], stages: Sequence[tuple[str, str]], *, has_chances: bool) -> None:
    """Draw the filters with what the address says; a choice goes into the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="deals-filters"):
        if len(agents) > 1:
            _choice("Agent", AGENT, dict(agents), address.agent_id(), "Everybody")
        pipelines = {name: name or "No pipeline" for name, _ in sorted(stages)}
        if len(pipelines) > 1:
            _choice("Pipeline", PIPELINE, pipelines, address.pipeline(), "All pipelines")
        names = {stage: stage_words(stage_text(stage)) for _, stage in stages}
        _choice("Stage", STAGE, names, address.stage(), "All stages")
        st.session_state["deals-quiet"] = address.quiet_days()
        st.number_input("Quiet for days", min_value=1, max_value=LONGEST_QUIET, key="deals-quiet", width=150, placeholder="Any",
                        help="Only deals for which nothing was done for so many full days.", on_change=_picked,
                        args=(QUIET,))  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="deals-views"):
        st.session_state["deals-priority"] = address.priority()
        st.pills("Priority", list(DealPriority), key="deals-priority", format_func=PRIORITY_WORDS.__getitem__, on_change=_picked,
                 args=(PRIORITY,))  # fmt: skip
        st.session_state["deals-view"] = address.BOARD if address.is_board() else "table"
        if not address.is_board() and (has_chances or address.is_likely_first()):
            st.session_state["deals-order"] = address.LIKELY if address.is_likely_first() else "pressing"
            st.segmented_control(
                "First", list(_ORDERS), key="deals-order", format_func=_ORDERS.__getitem__, required=True, on_change=_ordered
            )
        st.segmented_control("View", list(_VIEWS), key="deals-view", format_func=_VIEWS.__getitem__, required=True, on_change=_viewed)


def _choice(label: str, name: str, offered: Mapping[int, str] | Mapping[str, str], chosen: int | str | None, placeholder: str) -> None:
    key = f"deals-{name}"
    st.session_state[key] = chosen if chosen in offered else None
    names = {str(value): shown for value, shown in offered.items()}
    st.selectbox(label, list(offered), key=key, format_func=lambda each: names[str(each)], placeholder=placeholder, on_change=_picked,
                 args=(name,), width=180)  # fmt: skip


def _picked(name: str) -> None:
    address.narrow(name, st.session_state[f"deals-{name}"])


def _ordered() -> None:
    address.narrow(address.ORDER, address.LIKELY if st.session_state["deals-order"] == address.LIKELY else None)


def _viewed() -> None:
    address.narrow(address.VIEW, address.BOARD if st.session_state["deals-view"] == address.BOARD else None)
