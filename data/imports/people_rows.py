"""Rows about people: found or created, brought up to date, and put on their team."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from data.imports.building import Record, RefusedError, Surroundings, local_day, refused_person
from data.imports.directory import Known, known
from data.imports.newcomers import NO_TEAM, Newcomers
from data.models import Person

_COLUMNS: Final = ("name", "email", "external_id", "time_zone", "joined_on")


@dataclass(slots=True, kw_only=True)
class PeopleWriter:
    """Stores one row after the other; counts what was new and what changed."""

    session: Session
    around: Surroundings
    newcomers: Newcomers
    today: date
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0

    def write(self, cells: Record) -> None:
        """Create or update the person; raises RefusedError with the field and the reason."""
        wanted = _wanted(cells)
        if not any(wanted.get(name) for name in ("name", "email", "external_id")):
            raise RefusedError("name", "Nothing here says who this is.")
        try:
            self._write(wanted, cells.get("team") or self.around.default_team)
        except ValueError as error:
            raise refused_person("team" if wanted.get("name") else "external_id", error, wanted.get("name", "")) from error

    def _write(self, wanted: Record, team_name: str) -> None:
        match = self.newcomers.book.match(
            email=wanted.get("email") or "", external_id=wanted.get("external_id") or "", name=wanted.get("name") or ""
        )
        if match is None:
            self._create(wanted, team_name)
            return
        if not self.around.authority.over_agent(match.id):
            raise RefusedError("name", "This person is not on one of your teams.", match.name)
        team_id = self.newcomers.team(team_name) if team_name else None
        changed = self._update(match, wanted)
        moved = team_id is not None and self.newcomers.move(match.id, team_id, self.today)
        if changed or moved:
            self.updated += 1
        else:
            self.unchanged += 1

    def _create(self, wanted: Record, team_name: str) -> None:
        if not team_name and self.around.authority.team_ids is not None:
            raise RefusedError("team", NO_TEAM)
        name = wanted.get("name") or (wanted.get("email") or "").partition("@")[0] or f"Agent {wanted['external_id']}"
        self.newcomers.memory.refuse_erased(name=name, email=wanted.get("email"), external_id=wanted.get("external_id"))
        team_id = self.newcomers.team(team_name) if team_name else None
        fields = {column: wanted[column] for column in ("email", "external_id", "joined_on") if wanted.get(column)}
        zone = wanted.get("time_zone") or self.around.time_zone
        self.newcomers.stored(Person(name=name, time_zone=zone, **fields), team_id)
        self.inserted += 1

    def _update(self, match: Known, wanted: Record) -> bool:
        """Store what the row says and the person does not have yet; an empty cell leaves what is there."""
        person = self.session.get_one(Person, match.id)
        changes = {name: value for name, value in wanted.items() if value and getattr(person, name) != value}
        if person.email and "email" in changes:
            raise RefusedError("email", f"{match.name} has another e-mail here. Change it on the people screen.", changes["email"])
        self._refuse_taken(match, changes)
        if not changes:
            return False
        self.newcomers.touched("person", match.id, {name: _plain(getattr(person, name)) for name in changes})
        for name, value in changes.items():
            setattr(person, name, value)
        self.session.flush()
        self.newcomers.book.add(known(person))
        return True

    def _refuse_taken(self, match: Known, changes: Record) -> None:
        for name, people in (("email", self.newcomers.book.by_email), ("external_id", self.newcomers.book.by_external)):
            holder = people.get(str(changes.get(name) or "").casefold() if name == "email" else str(changes.get(name) or ""))
            if holder is not None and holder.id != match.id:
                raise RefusedError(name, f"This belongs to {holder.name} already.", changes[name])


def _wanted(cells: Record) -> Record:
    """The row's columns of the person table; e-mails in lower case, the joining day as a day."""
    wanted: Record = {name: cells[name] for name in _COLUMNS if name in cells}
    if wanted.get("email"):
        wanted["email"] = str(wanted["email"]).lower()
    if wanted.get("joined_on"):
        wanted["joined_on"] = local_day(wanted["joined_on"], "UTC")
    return wanted


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    return value.isoformat() if isinstance(value, date) else value
