"""Whom an agent may call beside the must-dos, with the reason, what was tried last and when they pick up."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import call_list as queries
from domain.coaching.call_list import CallRow, call_list
from domain.local_time import local_time
from services import daily_plan
from services.access import Viewer
from services.agents import agent_seen
from services.contact_timing import timings
from services.daily_plan import MOST_NEW, PlanOfDay


def calls_to_make(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> tuple[CallRow, ...]:
    """The agent's call list at this moment, without whom the plan of the day names already.

    Raises NotFoundError for an agent the viewer may not see today.
    """
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    today = local_time(now, agent.time_zone).on
    named = _on_plan(daily_plan.plan_of(session, viewer, agent_id, today, now))
    rows = call_list([each for each in queries.callees(session, viewer.scope, agent_id, today) if each.lead_id not in named], now)
    found = timings(session, viewer.scope, agent_id, today)
    return tuple(replace(row, timing=found(row.callee.lead_id, row.callee.source)) for row in rows)


def _on_plan(plan: PlanOfDay | None) -> frozenset[int | None]:
    """The leads that stand above the list: must-dos that are open or put off, and what came in since as far as it is shown."""
    if plan is None:
        return frozenset()
    promised = {each.lead_id for each in plan.must_dos if not each.is_done}
    return frozenset(promised | {each.lead_id for each in plan.came_in[:MOST_NEW]})
