"""Where calls may be recorded: on the grounds an administrator set for the country or state its agent works in, and nowhere else."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.orm import Session

from data.models import Organisation, Person
from data.queries import calls as queries
from data.queries.calls import StoredBasis
from data.writes import calls as writes
from domain.errors import ConflictError
from domain.jurisdictions import REGIONS, country_of, deciding_basis, has_regions
from domain.recording import ConsentBasis, Permission, permission
from domain.records import Role
from services import audit, consents
from services.access import Viewer, require_role
from services.audit import Action
from services.consents import Consent
from services.inputs import storable, validated
from services.places import countries, country_of_zone

NO_COUNTRY: Final = "the country the account is in"


def _jurisdiction(code: str) -> str:
    if code not in countries() and code not in REGIONS:
        raise ValueError("is not the code of a country or state; it looks like US or US-CA")
    return code


class BasisDetails(BaseModel):
    """What an administrator says about a country or one of its states."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    jurisdiction: Annotated[str, AfterValidator(_jurisdiction)]
    basis: ConsentBasis
    note: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(storable), Field(max_length=500)] = ""
    """Who said so, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country or state in which people work or for which something is set."""

    code: str
    name: str
    people: int
    """Those of a country's states are the country's as well."""
    stored: StoredBasis | None
    """None where nothing is recorded."""


def basis_details(**fields: object) -> BasisDetails:
    """What an administrator says; raises InputError that names the field."""
    return validated(BasisDetails, fields)


def may_record(session: Session, agent_id: int, *, wanted: bool = True) -> Permission:
    """Whether a call of the agent may be recorded now, and why or what to do first; `wanted` is for this one call.

    The agent's country is the one their time zone is named after a place of, or else the company's; where its states have laws of
    their own, the agent's state decides, and the strictest of them while it is not known.
    """
    lives = queries.residence(session, agent_id)
    country = country_of_zone(lives.time_zone) or lives.company_country
    known = queries.bases_in(session, country)
    basis = deciding_basis(country, lives.region, known)
    place = _place(country, lives.region, asks_for_state=bool(known))
    return permission(place=place, basis=basis, prefers=lives.records_calls, wanted=wanted)


def jurisdiction_name(code: str) -> str:
    """What a country or state is called in a list: United States, California (United States)."""
    return f"{REGIONS[code]} ({countries()[country_of(code)]})" if code in REGIONS else countries()[code]


def places(session: Session, viewer: Viewer) -> list[Place]:
    """Every country and state somebody works in or something is set for: the countries with most people first, each before its states.

    For admins.
    """
    require_role(viewer, {Role.ADMIN})
    company = session.get(Organisation, 1)
    home = company.country if company else ""
    people: Counter[str] = Counter()
    for (zone, region), count in queries.people_by_place(session).items():
        country = country_of_zone(zone) or home
        people[country] += count
        if region is not None and country_of(region) == country:
            people[region] += count
    stored = {each.jurisdiction: each for each in queries.bases(session)}
    named = countries().keys() | REGIONS.keys()
    found = [
        Place(code=code, name=jurisdiction_name(code), people=people[code], stored=stored.get(code))
        for code in named & (people.keys() | stored.keys() | {country_of(code) for code in stored})
    ]
    return sorted(
        found, key=lambda each: (-people[country_of(each.code)], countries()[country_of(each.code)], each.code in REGIONS, each.name)
    )


def set_basis(session: Session, viewer: Viewer, said: BasisDetails, now: datetime) -> None:
    """Let calls be recorded in a country or state on these grounds, from now on; replaces what was set before. For admins; audited."""
    require_role(viewer, {Role.ADMIN})
    fields = {"basis": said.basis.value, "note": said.note, "set_by": viewer.person_id, "set_at": now}
    writes.set_basis(session, said.jurisdiction, fields)
    _note(session, viewer, Action.RECORDING_BASIS_SET, said.jurisdiction, now, basis=said.basis.value)


def remove_basis(session: Session, viewer: Viewer, jurisdiction: str, now: datetime) -> None:
    """Take the basis of a country or state away; what was recorded stays until its time is over. For admins; audited."""
    require_role(viewer, {Role.ADMIN})
    if not writes.remove_basis(session, jurisdiction):
        raise ConflictError("Nothing is set there any more. Reload to see it as it is now.")
    _note(session, viewer, Action.RECORDING_BASIS_REMOVED, jurisdiction, now)


def prefers_recording(session: Session, viewer: Viewer) -> bool:
    """Whether the viewer wants their own calls recorded, where that is allowed."""
    return session.get_one(Person, viewer.person_id).records_calls


def change_preference(session: Session, viewer: Viewer, now: datetime, *, records_calls: bool) -> None:
    """Let the viewer's own calls be recorded or not; nobody else can."""
    session.get_one(Person, viewer.person_id, with_for_update=True).records_calls = records_calls
    consents.note(session, viewer, Consent.RECORDING, is_given=records_calls, now=now)


def _place(country: str, region: str | None, *, asks_for_state: bool) -> str:
    """What decides, in words; that the state is not known only matters where something is set at all."""
    if region is not None and country_of(region) == country:
        return jurisdiction_name(region)
    name = countries().get(country, NO_COUNTRY)
    return f"{name} (the account names no state)" if asks_for_state and has_regions(country) else name


def _note(session: Session, viewer: Viewer, action: Action, jurisdiction: str, now: datetime, **details: object) -> None:
    kind = "state" if jurisdiction in REGIONS else "country"
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"{kind}:{jurisdiction}", details=details, at=now)
