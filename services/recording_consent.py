"""Where calls may be recorded: on the grounds an administrator set for the country its agent works in, and nowhere else."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.orm import Session

from data.models import Organisation, Person
from data.queries import calls as queries
from data.queries.calls import Residence, StoredBasis
from data.writes import calls as writes
from domain.errors import ConflictError
from domain.recording import ConsentBasis, Permission, permission
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import storable, validated
from services.places import countries, country_of_zone

NO_COUNTRY: Final = "the country the account is in"


def _country(code: str) -> str:
    if code not in countries():
        raise ValueError("is not a country's code; it looks like US")
    return code


class BasisDetails(BaseModel):
    """What an administrator says about a country."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    jurisdiction: Annotated[str, AfterValidator(_country)]
    basis: ConsentBasis
    note: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(storable), Field(max_length=500)] = ""
    """Who said so, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country in which people work or for which something is set."""

    code: str
    name: str
    people: int
    stored: StoredBasis | None
    """None where nothing is recorded."""


def basis_details(**fields: object) -> BasisDetails:
    """What an administrator says; raises InputError that names the field."""
    return validated(BasisDetails, fields)


def may_record(session: Session, agent_id: int, *, wanted: bool = True) -> Permission:
    """Whether a call of the agent may be recorded now, and why or what to do first; `wanted` is for this one call.

    The agent's country is the one their time zone is named after a place of, or else the company's.
    """
    lives = queries.residence(session, agent_id)
    code = _code(lives)
    basis = queries.basis_of(session, code) if code else None
    return permission(place=countries().get(code, NO_COUNTRY), basis=basis, prefers=lives.records_calls, wanted=wanted)


def places(session: Session, viewer: Viewer) -> list[Place]:
    """Every country somebody works in, and every one something is set for; those with most people first. For admins."""
    require_role(viewer, {Role.ADMIN})
    company = session.get(Organisation, 1)
    home = company.country if company else ""
    people: Counter[str] = Counter()
    for zone, count in queries.people_by_zone(session).items():
        people[country_of_zone(zone) or home] += count
    stored = {each.jurisdiction: each for each in queries.bases(session)}
    codes = sorted((people.keys() | stored.keys()) & countries().keys(), key=lambda code: (-people[code], countries()[code]))
    return [Place(code=code, name=countries()[code], people=people[code], stored=stored.get(code)) for code in codes]


def set_basis(session: Session, viewer: Viewer, said: BasisDetails, now: datetime) -> None:
    """Let calls be recorded in a country on these grounds, from now on; replaces what was set before. For admins; audited."""
    require_role(viewer, {Role.ADMIN})
    fields = {"basis": said.basis.value, "note": said.note, "set_by": viewer.person_id, "set_at": now}
    writes.set_basis(session, said.jurisdiction, fields)
    _note(session, viewer, Action.RECORDING_BASIS_SET, said.jurisdiction, now, basis=said.basis.value)


def remove_basis(session: Session, viewer: Viewer, jurisdiction: str, now: datetime) -> None:
    """Let nothing more be recorded in a country; what was recorded stays until its time is over. For admins; audited."""
    require_role(viewer, {Role.ADMIN})
    if not writes.remove_basis(session, jurisdiction):
        raise ConflictError("Nothing is set for this country any more. Reload to see it as it is now.")
    _note(session, viewer, Action.RECORDING_BASIS_REMOVED, jurisdiction, now)


def prefers_recording(session: Session, viewer: Viewer) -> bool:
    """Whether the viewer wants their own calls recorded, where that is allowed."""
    return session.get_one(Person, viewer.person_id).records_calls


def change_preference(session: Session, viewer: Viewer, *, records_calls: bool) -> None:
    """Let the viewer's own calls be recorded or not; nobody else can."""
    session.get_one(Person, viewer.person_id, with_for_update=True).records_calls = records_calls


def _code(lives: Residence) -> str:
    return country_of_zone(lives.time_zone) or lives.company_country


def _note(session: Session, viewer: Viewer, action: Action, jurisdiction: str, now: datetime, **details: object) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"country:{jurisdiction}", details=details, at=now)
