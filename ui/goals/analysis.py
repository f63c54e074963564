"""What a goal that was set takes, in words, as it was reckoned when it was set."""

from typing import Final

import streamlit as st

import clock
from database import database
from domain.facts import AgentChoice
from domain.formatting import period_text
from domain.goals.progress import GoalProgress
from services import ai_goals
from services.ai import Phrased
from services.goal_plan_record import plan_record
from services.goal_plans import analysis_of
from ui import phrased
from ui.attempts import attempt
from ui.goals.changes import today_of
from ui.goals.words import title_text
from ui.session import signed_in_viewer
from ui.wording import plain

TITLE: Final = "What it takes"
NO_PLAN: Final = "No chain of activities leads to this figure, or it is reached already, so there is no plan to talk about."


@st.dialog(TITLE, icon=":material/route:", width="medium")
def show(agent: AgentChoice, goal: GoalProgress) -> None:
    """The analysis that is kept with the goal, or the one by the days the viewer may see."""
    viewer, today = signed_in_viewer(), today_of(agent)
    st.markdown(f"**{plain(title_text(goal))}** · {plain(period_text(goal.goal.days))}")
    with database().reading() as session:
        found = analysis_of(session, viewer, agent.agent_id, goal.goal.id, today)
    plan = found.kept or plan_record(found.view)
    asked = ai_goals.asked_of(plan, goal.definition, agent.agent_id)
    if asked is None:
        st.markdown("  \n".join(plain(each, limit=phrased.LONGEST) for each in plan["sentences"]) or NO_PLAN)
        return

    def keep(said: Phrased) -> None:
        attempt(lambda session, viewer: ai_goals.keep_words(session, viewer, agent.agent_id, goal.goal.id, said, today, clock.now()))

    kept = ai_goals.kept_words(found.kept)
    phrased.show(asked, key=f"goal-words-{goal.goal.id}", kept=kept, keep=keep if found.kept else None)
