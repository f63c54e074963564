"""Whom an import may touch: an admin's everybody, a manager's only the people and teams they manage now."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import TeamMembership
from domain.access import Scope
from domain.records import Role


@dataclass(slots=True, kw_only=True)
class Authority:
    """Agents and teams the import may write to; None means all of them. Grows by what the import itself creates."""

    person_id: int | None
    agent_ids: set[int] | None
    team_ids: set[int] | None

    def over_agent(self, agent_id: int | None) -> bool:
        """Whether facts of this agent may be written; facts of nobody only by those who may write everybody's."""
        return self.agent_ids is None or agent_id in self.agent_ids

    def over_team(self, team_id: int) -> bool:
        """Whether people may be put into this team."""
        return self.team_ids is None or team_id in self.team_ids

    def gain(self, *, agent_id: int | None = None, team_id: int | None = None) -> None:
        """What the import created belongs to whoever imports."""
        if agent_id is not None and self.agent_ids is not None:
            self.agent_ids.add(agent_id)
        if team_id is not None and self.team_ids is not None:
            self.team_ids.add(team_id)


def authority(session: Session, scope: Scope | None) -> Authority:
    """What the viewer may write; no viewer is the administrator's command line."""
    if scope is None or scope.role is Role.ADMIN:
        return Authority(person_id=scope.viewer_id if scope else None, agent_ids=None, team_ids=None)
    return Authority(
        person_id=scope.viewer_id, agent_ids={scope.viewer_id, *_members(session, scope.team_ids)}, team_ids=set(scope.team_ids)
    )


def _members(session: Session, team_ids: frozenset[int]) -> Iterable[int]:
    current = col(TeamMembership.until_on).is_(None) & col(TeamMembership.team_id).in_(sorted(team_ids))
    return session.scalars(select(col(TeamMembership.person_id)).where(current))
