"""The viewer's scope as a condition on any row that has an agent and a day; every query of facts applies it."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Date, Select, and_, exists, false, literal, null, or_, select, true, union_all
from sqlalchemy.sql.elements import SQLCoreOperations

from data.models import TeamMembership
from data.models.people import BEGINNING
from domain.access import Scope, Selection
from domain.records import Role

AgentColumn: TypeAlias = SQLCoreOperations[int] | SQLCoreOperations[int | None]
DayColumn: TypeAlias = SQLCoreOperations[date] | SQLCoreOperations[date | None]


def visible(agent: AgentColumn, day: DayColumn, scope: Scope) -> ColumnElement[bool]:
    """Whether the viewer may see a fact of this agent on this day."""
    match scope.role:
        case Role.ADMIN:
            return true()
        case Role.MANAGER:
            return or_(agent == scope.viewer_id, on_team(agent, day, scope.team_ids))
        case Role.AGENT:
            return agent == scope.viewer_id
    return false()


def within_reach(agent: AgentColumn, scope: Scope) -> ColumnElement[bool]:
    """Whether the viewer may see the agent on some day at all.

    Implied by `visible`; sums over many rows add it, so that a team's rows are found by index instead of asking for every row's day.
    """
    if scope.role is not Role.MANAGER:
        return true()
    member = TeamMembership.__table__.c  # type: ignore[attr-defined]
    members = select(member.person_id).where(member.team_id.in_(sorted(scope.team_ids)))
    return agent.in_(union_all(members, select(literal(scope.viewer_id))))


def seen_spans(scope: Scope) -> Select[*tuple[Any, ...]]:
    """Whom a manager or an agent may see, from which day, until which (open: NULL): `visible` as a list instead of a condition."""
    own = select(literal(scope.viewer_id).label("person_id"), literal(BEGINNING).label("from_on"), null().cast(Date).label("until_on"))
    if scope.role is not Role.MANAGER:
        return own
    member = TeamMembership.__table__.c  # type: ignore[attr-defined]
    team = select(member.person_id, member.from_on, member.until_on).where(member.team_id.in_(sorted(scope.team_ids)))
    spans = union_all(own, team).subquery()
    return select(spans.c.person_id, spans.c.from_on, spans.c.until_on)


def selected(
    agent: AgentColumn, day: DayColumn, selection: Selection, *, category: ColumnElement[str] | None = None
) -> ColumnElement[bool]:
    """Whether the fact is among those the viewer chose to look at."""
    conditions = [day >= selection.period.start, day < selection.period.end]
    if selection.agent_ids:
        conditions.append(agent.in_(sorted(selection.agent_ids)))
    if selection.team_ids:
        conditions.append(on_team(agent, day, selection.team_ids))
    if selection.categories and category is not None:
        conditions.append(category.in_(sorted(selection.categories)))
    return and_(*conditions)


def on_team(agent: AgentColumn, day: DayColumn, team_ids: Collection[int]) -> ColumnElement[bool]:
    """Whether the agent belonged to one of the teams on that day."""
    member = TeamMembership.__table__.c  # type: ignore[attr-defined]
    return exists().where(
        member.person_id == agent,
        member.team_id.in_(sorted(team_ids)),
        member.from_on <= day,
        or_(member.until_on.is_(None), day < member.until_on),
    )
