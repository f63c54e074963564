"""People and teams an import creates because its rows name them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.imports.authority import Authority
from data.imports.directory import Directory, Known, known
from data.imports.forgotten import Memory
from data.imports.values.texts import key
from data.models import Organisation, Person, Team, TeamManager, TeamMembership
from data.models.people import BEGINNING

NO_TEAM: Final = "This person is new: choose a team for new people, one you manage."
Created = Callable[[str, int, dict[str, object] | None], None]
"""Told of every record created (None) or changed (its columns as they were): table, id, before."""


class NotAllowedError(ValueError):
    """The importing manager has no say over this person or team."""


@dataclass(slots=True, kw_only=True)
class Newcomers:
    """Makes people and teams once each, and remembers what it made."""

    session: Session
    organisation: Organisation
    book: Directory
    authority: Authority
    memory: Memory
    time_zone: str
    touched: Created
    people: int = 0
    teams: int = 0
    by_name: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn the teams there are."""
        for team_id, name in self.session.execute(select(col(Team.id), func.lower(col(Team.name)))):
            self.by_name[key(name)] = team_id

    def person(self, text: str, team_name: str) -> Known:
        """A new agent called as the file calls them: an e-mail becomes their e-mail, a bare number their id."""
        is_email, is_number = "@" in text, not any(character.isalpha() for character in text)
        person = Person(
            name=text.partition("@")[0] if is_email else f"Agent {text}" if is_number else text,
            email=text.lower() if is_email else None,
            external_id=text if is_number else None,
            time_zone=self.time_zone,
        )
        self.memory.refuse_erased(name=person.name, email=person.email, external_id=person.external_id)
        return self.stored(person, self._team_of_new_person(team_name))

    def stored(self, person: Person, team_id: int | None) -> Known:
        """The new person, kept, on the team for their whole history."""
        self.session.add(person)
        self.session.flush()
        made = known(person)
        self.people += 1
        self.book.add(made)
        self.authority.gain(agent_id=made.id)
        self.touched("person", made.id, None)
        if team_id is not None:
            self.join(made.id, team_id, BEGINNING)
        return made

    def _team_of_new_person(self, team_name: str) -> int | None:
        if team_name:
            return self.team(team_name)
        if self.authority.team_ids is not None:
            raise NotAllowedError(NO_TEAM)
        return None

    def team(self, name: str) -> int:
        """The team of this name, made when there is none; raises NotAllowedError for a team others manage."""
        team_id = self.by_name.get(key(name)) or self._made(name)
        if not self.authority.over_team(team_id):
            raise NotAllowedError(f"You do not manage the team “{name}”.")
        return team_id

    def _made(self, name: str) -> int:
        team = Team(name=name, profile=self.organisation.profile)
        self.session.add(team)
        self.session.flush()
        team_id = team.id or 0
        self.teams += 1
        self.by_name[key(name)] = team_id
        self.touched("team", team_id, None)
        if self.authority.team_ids is not None:
            self.session.add(TeamManager(team_id=team_id, person_id=self.authority.person_id or 0))
        self.authority.gain(team_id=team_id)
        return team_id

    def join(self, person_id: int, team_id: int, from_on: date) -> None:
        """Put the person on the team from a day on."""
        membership = TeamMembership(person_id=person_id, team_id=team_id, from_on=from_on)
        self.session.add(membership)
        self.session.flush()
        self.touched("team_membership", membership.id or 0, None)

    def move(self, person_id: int, team_id: int, today: date) -> bool:
        """Bring a known person onto the team from today, unless they are on it; whether anything changed."""
        current = self.session.scalar(
            select(TeamMembership).where(col(TeamMembership.person_id) == person_id, col(TeamMembership.until_on).is_(None))
        )
        if current is not None and current.team_id == team_id:
            return False
        if current is None:
            self.join(person_id, team_id, BEGINNING if not self._was_on_a_team(person_id) else today)
            return True
        if current.from_on >= today:
            self.touched("team_membership", current.id or 0, {"team_id": current.team_id})
            current.team_id = team_id
            self.session.flush()
            return True
        self.touched("team_membership", current.id or 0, {"until_on": None})
        current.until_on = today
        self.session.flush()
        self.join(person_id, team_id, today)
        return True

    def _was_on_a_team(self, person_id: int) -> bool:
        return bool(self.session.scalar(select(func.count()).where(col(TeamMembership.person_id) == person_id)))
