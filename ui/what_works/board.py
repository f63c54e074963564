"""What an agent's activities say: the answer first, then type by type, then week by week."""

from datetime import date

import streamlit as st

import clock
from domain.access import Selection
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.formatting import period_text
from domain.local_time import local_time
from domain.periods import Period
from services.activity_analytics import MAX_DAYS, ActivityAnalytics, activity_analytics
from services.filters import params_from
from ui import empty
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.what_works import summary, types, weeks, words
from ui.wording import plain


@fragment(key="what-works")
def show(agent: AgentChoice, period: Period) -> None:
    """Everything about the agent's activities of the period; who looks is asked again on every run."""
    viewer, today = signed_in_viewer(), _today_of(agent)
    try:
        found = kept(
            viewer,
            frozenset({agent.agent_id}),
            ("what-works", period, today),
            lambda session: activity_analytics(session, viewer, agent.agent_id, period, today),
        )
    except NotFoundError as error:
        st.info(plain(str(error)), icon=":material/person_off:")
        return
    if empty.explains(viewer, found.days, has_data=found.has_data, data_span=found.data_span):
        return
    _days(found)
    params = params_from(Selection(period=found.days), None)
    summary.show(found, params)
    types.show(found, params)
    weeks.show(found)


def _days(found: ActivityAnalytics) -> None:
    """Which days these are, and what they are compared with."""
    before = f", compared with {period_text(found.compared_with)}" if found.compared_with else ", with nothing before to compare with"
    st.caption(plain(f"{period_text(found.days)}{before}."))
    if found.is_cut:
        st.caption(words.days_text(MAX_DAYS))


def _today_of(agent: AgentChoice) -> date:
    return local_time(clock.now(), agent.time_zone).on
