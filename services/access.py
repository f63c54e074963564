"""Who the viewer is and what they may see; the one place that decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, TeamManager
from data.queries import features
from domain.access import Scope
from domain.errors import AccessError, NotFoundError
from domain.features import Asker, Feature, hidden
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The person in front of the screen, as the database knows them at this moment."""

    person_id: int
    name: str
    email: str
    role: Role
    time_zone: str
    team_ids: frozenset[int]
    """Teams they manage now."""
    must_change_password: bool = False
    is_program: bool = False
    """A service token: it sees the organisation as an admin does, and has none of an admin's duties."""
    hidden: frozenset[Feature] = frozenset()
    """What is being rolled out and has not reached them."""

    @property
    def scope(self) -> Scope:
        """The facts they may see."""
        return Scope(viewer_id=self.person_id, role=self.role, team_ids=self.team_ids)

    def may_use(self, feature: Feature) -> bool:
        """Whether the feature is on for them."""
        return feature not in self.hidden

    @property
    def author_id(self) -> int | None:
        """Who is named as having done something; a program's token is nobody."""
        return None if self.is_program else self.person_id


def viewer(session: Session, person_id: int) -> Viewer:
    """The viewer for an active person; raises NotFoundError for anybody else."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        msg = "This account is not active. Ask your administrator."
        raise NotFoundError(msg)
    teams = session.scalars(select(col(TeamManager.team_id)).where(col(TeamManager.person_id) == person_id))
    managed = frozenset(teams) if person.role is Role.MANAGER else frozenset()
    return Viewer(
        person_id=person_id,
        name=person.name,
        email=person.email or "",
        role=person.role,
        time_zone=person.time_zone,
        team_ids=managed,
        must_change_password=person.must_change_password,
        hidden=_hidden(session, person_id, person.role, managed),
    )


def _hidden(session: Session, person_id: int, role: Role, managed: frozenset[int]) -> frozenset[Feature]:
    rules = features.rules(session)
    if not rules:
        return frozenset()
    return hidden(rules, Asker(person_id=person_id, role=role, team_ids=managed | features.team_ids_of(session, person_id)))


def require_role(who: Viewer, roles: Iterable[Role]) -> None:
    """Raise AccessError unless the viewer has one of the roles."""
    if who.is_program or who.role not in set(roles):
        msg = "Your role does not include this. Ask your administrator if you need it."
        raise AccessError(msg)
