"""What a viewer may filter by: the people and teams of their scope, whether or not they have facts."""

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, Team, TeamMembership
from data.models.daily_metrics import daily_metrics
from domain.access import Scope
from domain.records import Role


def people_in_scope(session: Session, scope: Scope) -> dict[int, str]:
    """Names by id, in alphabetical order: for an admin every agent, for a manager whoever was ever on a team they manage now.

    Managers and admins who sell themselves are on the boards too, so whoever has facts or a team can be chosen.
    """
    has_facts = exists().where(daily_metrics.c.agent_id == col(Person.id))
    match scope.role:
        case Role.ADMIN:
            was_on_a_team = exists().where(col(TeamMembership.person_id) == col(Person.id))
            condition = or_(col(Person.role) == Role.AGENT, was_on_a_team, has_facts)
        case Role.MANAGER:
            members = select(col(TeamMembership.person_id)).where(col(TeamMembership.team_id).in_(sorted(scope.team_ids)))
            condition = or_(col(Person.id).in_(members), and_(col(Person.id) == scope.viewer_id, has_facts))
        case Role.AGENT:
            condition = col(Person.id) == scope.viewer_id
    query = select(col(Person.id), col(Person.name)).where(condition).order_by(col(Person.name), col(Person.id))
    return {row.id: row.name for row in session.execute(query)}


def teams_in_scope(session: Session, scope: Scope) -> dict[int, str]:
    """Names by id, in alphabetical order: all for an admin, those they manage now for a manager, none for an agent."""
    if scope.role is Role.AGENT:
        return {}
    query = select(col(Team.id), col(Team.name)).order_by(col(Team.name))
    if scope.role is Role.MANAGER:
        query = query.where(col(Team.id).in_(sorted(scope.team_ids)))
    return {row.id: row.name for row in session.execute(query)}
