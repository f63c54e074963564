"""Erasing who somebody was: what is theirs goes, what sums rest on stays under a nameless id (docs/decisions/0042)."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Erasure, Person
from data.personal import erasing
from data.personal.holding import Fate
from data.personal.sweeping import Words, replace_everywhere
from data.queries import erasures
from data.writes import sign_in as sign_in_writes
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.forgotten import person_traits
from domain.records import Role
from services import audit, forgetting, notifications, people
from services.access import Viewer, require_role
from services.audit import Action
from services.notices import Notice
from services.sign_in import account_key

EVERYTHING: Final = frozenset({Fate.GOES, Fate.BEHAVIOUR})
OF_SOMEBODY_ELSE: Final = frozenset({("person", "name"), ("lead", "name"), ("sublist_contact", "name")})
"""Columns that name other people: a namesake of whoever is erased keeps their name."""
NOT_TYPED: Final = "What you typed is neither the name nor the e-mail of {name}. Nothing was erased."


def erase_person(session: Session, viewer: Viewer, person_id: int, typed: str, *, secret: str, now: datetime) -> str:
    """Erase somebody for good and return what they are called from now on; who is active loses their access with it.

    For admins, who type the person's name or e-mail. Raises ConflictError for oneself, the last administrator and whoever is erased
    already, InputError where it was not typed.
    """
    require_role(viewer, {Role.ADMIN})
    person = people.existing(session, person_id)
    people.require_dispensable(session, viewer, person, "erase yourself")
    return _erase(session, person, typed, by=viewer.person_id, secret=secret, now=now)


def erase_named(session: Session, who: str, typed: str, *, secret: str, now: datetime) -> str:
    """The same from the command line, for the person with this e-mail or number."""
    person = named(session, who)
    people.require_not_last(session, person)
    return _erase(session, person, typed, by=None, secret=secret, now=now)


def named(session: Session, who: str) -> Person:
    """The person with this e-mail or number; NotFoundError when there is none."""
    asked = who.strip().lower()
    number = int(asked) if asked.isdecimal() and len(asked) <= 9 else 0  # noqa: PLR2004 - more digits than the table's numbers have
    found = select(Person).where(or_(func.lower(col(Person.email)) == asked, col(Person.id) == number))
    person = session.scalar(found.with_for_update())
    if person is None:
        raise NotFoundError("Nobody has this e-mail or number.")
    return person


def erase_own_behaviour(session: Session, viewer: Viewer, now: datetime) -> int:
    """Delete what was observed or told about how the viewer works, and what they agreed to for it; returns how many records went.

    What they did stays: no sum of theirs or of their team changes.
    """
    if viewer.is_program:
        raise AccessError("Programs hold no data of their own. Sign in as the person.")
    gone = erasing.take_away(session, viewer.person_id, {Fate.BEHAVIOUR})
    records = sum(gone.values())
    _note(session, viewer.person_id, Action.BEHAVIOUR_ERASED, viewer.person_id, now, records=records)
    return records


def ask_for_erasure(session: Session, viewer: Viewer, now: datetime) -> None:
    """Ask the administrators to erase everything about the viewer; asked again on the same day it is told once."""
    if viewer.is_program:
        raise AccessError("Programs hold no data of their own. Sign in as the person.")
    notice = Notice(
        kind="erasure_asked",
        title="Somebody asks to be erased",
        body=f"{viewer.name} asks that everything about them is erased. Choose them on People, then Access, then Erase for good.",
        link="/people",
        urgency=notifications.Urgency.WARNING,
        dedupe_key=f"erasure:{viewer.person_id}:{now:%Y-%m-%d}",
    )
    notifications.notify_admins(session, notice, now)
    _note(session, viewer.person_id, Action.ERASURE_ASKED, viewer.person_id, now)


def _erase(session: Session, person: Person, typed: str, *, by: int | None, secret: str, now: datetime) -> str:
    person_id, name, email = person.id or 0, person.name, person.email
    if erasures.is_erased(session, person_id):
        raise ConflictError("This person was erased already.", code="erased")
    if typed.strip().casefold() not in {name.casefold(), (email or name).casefold()}:
        raise InputError(NOT_TYPED.format(name=name), code="not_confirmed")
    nameless = f"Former {person.role.value} {person_id}"
    forgetting.remember(session, secret, person_traits(name=name, email=email, external_id=person.external_id), now)
    person.name, person.active, person.deactivated_at = nameless, False, person.deactivated_at or now
    session.add(Erasure(person_id=person_id, erased_at=now))
    session.flush()
    gone = erasing.take_away(session, person_id, EVERYTHING)
    erasing.empty_columns(session, person_id)
    erasing.forget_replaced(session, person_id)
    _sweep(session, name, email, nameless)
    session.expire_all()
    _note(session, by, Action.PERSON_ERASED, person_id, now, records=sum(gone.values()))
    return nameless


def _sweep(session: Session, name: str, email: str | None, nameless: str) -> None:
    """Replace the name where others wrote it, unless a colleague of the same name is meant as well."""
    if email:
        replace_everywhere(session, Words(old=email, new=nameless))
        sign_in_writes.forget_account(session, account_key(email))
    is_shared = session.scalar(select(col(Person.id)).where(func.lower(col(Person.name)) == name.lower()).limit(1))
    if is_shared is None:
        replace_everywhere(session, Words(old=name, new=nameless), but=OF_SOMEBODY_ELSE)


def _note(session: Session, by: int | None, action: Action, person_id: int, now: datetime, **counts: int) -> None:
    audit.record(session, person_id=by, action=action, subject=f"person:{person_id}", details=counts, at=now)
