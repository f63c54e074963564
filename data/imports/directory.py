"""Everybody a file may name: found by e-mail, then by id in the other system, then by full name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.imports.values.texts import key
from data.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody the installation knows."""

    id: int
    name: str
    email: str
    external_id: str
    time_zone: str


class AmbiguousNameError(ValueError):
    """Several people have this name."""


@dataclass(slots=True)
class Directory:
    """People by each of the three things that name them; letter case and spacing do not count."""

    by_id: dict[int, Known] = field(default_factory=dict)
    by_email: dict[str, Known] = field(default_factory=dict)
    by_external: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Known) -> None:
        """Let the person be found, by what identifies them now."""
        before = self.by_id.get(person.id)
        if before is not None:
            self.by_name[key(before.name)].remove(before)
        self.by_id[person.id] = person
        if person.email:
            self.by_email[person.email.casefold()] = person
        if person.external_id:
            self.by_external[person.external_id] = person
        self.by_name[key(person.name)].append(person)

    def find(self, text: str) -> Known | None:
        """The one person the text names; raises AmbiguousNameError when a name fits several."""
        exact = self.by_email.get(text.casefold()) or self.by_external.get(text)
        if exact is not None:
            return exact
        namesakes = self.by_name.get(key(text), [])
        if len(namesakes) > 1:
            raise AmbiguousNameError(f"{len(namesakes)} people are called “{text}”. Use their e-mail or id in the file.")
        return namesakes[0] if namesakes else None

    def match(self, *, email: str, external_id: str, name: str) -> Known | None:
        """The person a row about people means; a name counts only where neither side's e-mail or id says otherwise."""
        exact = self.by_email.get(email.casefold()) if email else None
        exact = exact or (self.by_external.get(external_id) if external_id else None)
        if exact is not None:
            return exact
        namesakes = [person for person in self.by_name.get(key(name), []) if _compatible(person, email, external_id)] if name else []
        if len(namesakes) > 1:
            raise AmbiguousNameError(f"{len(namesakes)} people are called “{name}”. Add their e-mail or id to the file.")
        return namesakes[0] if namesakes else None


def _compatible(person: Known, email: str, external_id: str) -> bool:
    return not (email and person.email) and not (external_id and person.external_id)


def known(person: Person) -> Known:
    """What identifies a stored person."""
    return Known(
        id=person.id or 0, name=person.name, email=person.email or "", external_id=person.external_id or "", time_zone=person.time_zone
    )


def directory(session: Session) -> Directory:
    """Everybody, deactivated people too: their history is imported like anybody's."""
    book = Directory()
    for person in _everybody(session):
        book.add(known(person))
    return book


def _everybody(session: Session) -> Iterable[Person]:
    return session.scalars(select(Person).order_by(col(Person.id)))
