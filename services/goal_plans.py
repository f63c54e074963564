"""The plans of goals that were set: as they are now, and as they were kept, for who may see what they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from data.queries import goal_chances
from data.queries import goals as queries
from data.queries.goal_chances import DayChance
from services.access import Viewer
from services.agents import agent_seen
from services.goal_known import sees_the_year
from services.goal_plan_record import plan_record
from services.goal_studio import StudioView, studio_of
from services.goals import goal_with_id, in_unit
from services.roster import currency_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAnalysis:
    """A goal that was set, seen again."""

    view: StudioView
    kept: Mapping[str, Any] | None
    """What was reckoned when it was last set, as `plan_record` has it."""
    line: tuple[DayChance, ...]
    """Its chance at the end of each day."""


def analysis_of(session: Session, viewer: Viewer, agent_id: int, goal_id: int, today: date) -> GoalAnalysis:
    """A goal of the agent as its analysis is now and as it was kept, with its chance; raises NotFoundError.

    What was kept rests on all of the agent's year: who may not see every day of it is only told what the days they may see say.
    """
    found, _ = goal_with_id(session, viewer, agent_id, goal_id, today)
    view, is_seen = studio_of(session, viewer.scope, found.goal, today), sees_the_year(session, viewer.scope, agent_id, today)
    return GoalAnalysis(
        view=replace(view, chance=None) if found.is_partly_seen else view,
        kept=queries.plans_of(session, agent_id, [goal_id]).get(goal_id) if is_seen else None,
        line=tuple(goal_chances.lines(session, [goal_id])[goal_id]) if is_seen else (),
    )


def plans_shown(session: Session, viewer: Viewer, agent_id: int, goal_ids: Sequence[int], today: date) -> dict[int, Mapping[str, Any]]:
    """What these goals of the agent take, by id: as it was kept, or by the days the viewer may see. Raises NotFoundError."""
    agent_seen(session, viewer, agent_id, today)
    if sees_the_year(session, viewer.scope, agent_id, today):
        return queries.plans_of(session, agent_id, goal_ids)
    currency = currency_of(session)
    seen: dict[int, Mapping[str, Any]] = {}
    for goal_id in goal_ids:
        goal = queries.goal_of(session, viewer.scope, agent_id, goal_id, today)
        if goal is not None:
            seen[goal_id] = plan_record(studio_of(session, viewer.scope, in_unit(goal, currency), today))
    return seen
