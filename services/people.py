"""People: the first administrator; then, for admins only: who is there, inviting, editing, deactivating, new passwords."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Organisation, Person
from data.queries import directory, erasures
from data.queries import sign_in as sign_in_queries
from data.writes import people as writes
from data.writes import sign_in as sign_in_writes
from domain.errors import ConflictError, InputError, NotFoundError
from domain.local_time import local_time
from domain.records import Role
from services import audit, passwords, sessions, teams
from services.access import Viewer, require_role
from services.audit import Action
from services.person_input import CompanyDetails, NewPerson, PersonDetails, person_details
from services.saving import save

DirectoryEntry: TypeAlias = directory.DirectoryEntry
Deed: TypeAlias = Callable[[Session, Viewer, int, datetime], None]
"""Something an admin does to a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Somebody new and the password they sign in with for the first time; it is shown once and stored nowhere."""

    person_id: int
    one_time_password: str


def everybody(session: Session, viewer: Viewer, today: date) -> list[DirectoryEntry]:
    """All people with their team of today, by name; also those who left."""
    require_role(viewer, {Role.ADMIN})
    return directory.people(session, today)


def invite(session: Session, viewer: Viewer, person: NewPerson, now: datetime) -> Invitation:
    """Add somebody who signs in with a one-time password and then chooses their own."""
    require_role(viewer, {Role.ADMIN})
    password = passwords.one_time_password()
    made = Person(
        **person.model_dump(exclude={"team_id"}),
        password_hash=passwords.hashed(password),
        must_change_password=True,
        joined_on=local_time(now, person.time_zone).on,
        created_at=now,
    )
    session.add(made)
    save(session)
    person_id = made.id or 0
    _note(session, viewer, Action.PERSON_INVITED, person_id, now, role=person.role.value)
    if person.team_id is not None:
        teams.move(session, viewer, person_id, person.team_id, from_on=None, now=now)
    return Invitation(person_id=person_id, one_time_password=password)


def edit(session: Session, viewer: Viewer, person_id: int, details: PersonDetails, now: datetime) -> None:
    """Change what is known about a person. A new role ends their sessions: they sign in again with the new rights."""
    require_role(viewer, {Role.ADMIN})
    person = existing(session, person_id)
    before = person.role
    if before is not details.role:
        require_dispensable(session, viewer, person, "change your own role")
    if person.password_hash and details.email is None:
        raise InputError("Email: is missing. People who sign in need one.")
    for field, value in details.model_dump().items():
        setattr(person, field, value)
    save(session)
    _note(session, viewer, Action.PERSON_EDITED, person_id, now)
    if before is not details.role:
        _take_role(session, viewer, person, before, now)


def correct(session: Session, viewer: Viewer, person_id: int, said: Mapping[str, object], now: datetime) -> None:
    """Change only what is said about a person; the rest stays as it is once they are locked. Raises as `edit`."""
    require_role(viewer, {Role.ADMIN})
    known = existing(session, person_id)
    fields = {name: getattr(known, name) for name in PersonDetails.model_fields} | dict(said)
    edit(session, viewer, person_id, person_details(**fields), now)


def deactivate(session: Session, viewer: Viewer, person_id: int, now: datetime) -> None:
    """End somebody's access at once, open screens included; their facts stay."""
    require_role(viewer, {Role.ADMIN})
    person = existing(session, person_id)
    require_dispensable(session, viewer, person, "deactivate yourself")
    if not person.active:
        raise ConflictError("This person is not active any more.")
    person.active, person.deactivated_at = False, now
    sign_in_writes.revoke_sessions(session, person_id, now)
    _note(session, viewer, Action.PERSON_DEACTIVATED, person_id, now)


def reactivate(session: Session, viewer: Viewer, person_id: int, now: datetime) -> None:
    """Let somebody back in, with the role and the password they had."""
    require_role(viewer, {Role.ADMIN})
    person = existing(session, person_id)
    if person.active:
        raise ConflictError("This person is active already.")
    if erasures.is_erased(session, person_id):
        raise ConflictError("This person was erased. Invite them anew.", code="erased")
    person.active, person.deactivated_at = True, None
    _note(session, viewer, Action.PERSON_REACTIVATED, person_id, now)


def issue_password(session: Session, viewer: Viewer, person_id: int, now: datetime) -> str:
    """Replace somebody's password by a one-time one, which is returned; their sessions end."""
    require_role(viewer, {Role.ADMIN})
    return _issue_password(session, existing(session, person_id), by=viewer.person_id, now=now)


def reset_password(session: Session, email: str, now: datetime) -> str:
    """The same from the command line, for whoever has the e-mail; NotFoundError when nobody has."""
    person = session.scalar(select(Person).where(func.lower(col(Person.email)) == email.strip().lower()).with_for_update())
    if person is None:
        raise NotFoundError("Nobody has this e-mail.")
    return _issue_password(session, person, by=None, now=now)


def sign_out_everywhere(session: Session, viewer: Viewer, person_id: int, now: datetime) -> int:
    """End all sessions of somebody; returns how many there were."""
    require_role(viewer, {Role.ADMIN})
    existing(session, person_id)
    return sessions.end_sessions(session, person_id, now, by=viewer.person_id)


def is_first_start(session: Session) -> bool:
    """Whether nobody can sign in yet, so that whoever comes first sets the company up."""
    return not sign_in_queries.has_password_holder(session)


def create_first_admin(session: Session, details: CompanyDetails, person: PersonDetails, password: str, now: datetime) -> int:
    """Set the company up with its first administrator; returns their id.

    Only while nobody can sign in: of two who try at once the second gets a ConflictError.
    """
    if person.email is None:
        raise InputError("Email: is missing.")
    passwords.require_good(password, Role.ADMIN, known_words=(person.email, person.name, details.name))
    password_hash = passwords.hashed(password)
    writes.lock_administration(session)
    if not is_first_start(session):
        raise ConflictError("Pacesetter is set up already. Sign in, or ask your administrator.", code="set_up_already")
    session.merge(Organisation(**details.model_dump()))
    made = Person(**person.model_dump() | {"role": Role.ADMIN}, password_hash=password_hash, created_at=now)
    made.joined_on = local_time(now, made.time_zone).on
    session.add(made)
    save(session)
    audit.record(session, person_id=made.id, action=Action.PERSON_INVITED, subject=f"person:{made.id}", details={"role": "admin"}, at=now)
    return made.id or 0


def _issue_password(session: Session, person: Person, *, by: int | None, now: datetime) -> str:
    if not person.email:
        raise InputError("This person has no e-mail to sign in with. Add one first.")
    password = passwords.one_time_password()
    person.password_hash, person.must_change_password = passwords.hashed(password), True
    session.flush()
    sign_in_writes.revoke_sessions(session, person.id or 0, now)
    audit.record(session, person_id=by, action=Action.PASSWORD_RESET, subject=f"person:{person.id}", at=now)
    return password


def _take_role(session: Session, viewer: Viewer, person: Person, before: Role, now: datetime) -> None:
    person_id = person.id or 0
    if person.role is not Role.MANAGER:
        writes.replace_managed_teams(session, person_id, ())
    sign_in_writes.revoke_sessions(session, person_id, now)
    _note(session, viewer, Action.ROLE_CHANGED, person_id, now, before=before.value, after=person.role.value)


def require_dispensable(session: Session, viewer: Viewer, person: Person, deed: str) -> None:
    """Raise ConflictError for oneself and for the last admin: somebody must be able to go on."""
    if person.id == viewer.person_id:
        raise ConflictError(f"You cannot {deed}. Ask another administrator.", code="own_access")
    require_not_last(session, person)


def require_not_last(session: Session, person: Person) -> None:
    """Raise ConflictError for the only administrator there is."""
    writes.lock_administration(session)
    if directory.active_admins(session) == {person.id}:
        raise ConflictError("This is the last administrator. Make somebody else one first.", code="last_admin")


def existing(session: Session, person_id: int) -> Person:
    """The person, held against other changes until the transaction ends; NotFoundError when there is none."""
    person = writes.locked_person(session, person_id)
    if person is None:
        raise NotFoundError("There is no such person.")
    return person


def _note(session: Session, viewer: Viewer, action: Action, person_id: int, now: datetime, **details: str) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"person:{person_id}", details=details, at=now)
