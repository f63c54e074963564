"""What somebody says about people, teams and the company, checked before anything is stored."""

import re
import unicodedata
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from domain.errors import InputError
from domain.jurisdictions import REGIONS
from domain.local_time import zone
from domain.records import Profile, Role
from services.inputs import storable, validated

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Signs nobody sees, which could make two names look the same; the joiner of emoji and scripts is not among them."""
_JOINERS: Final = "\u200c\u200d"


def _name(text: str) -> str:
    visible = "".join(sign for sign in unicodedata.normalize("NFC", text) if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN)
    if not visible.strip():
        raise ValueError("is missing")
    return " ".join(visible.split())


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("is not an e-mail address; it looks like ada@example.com")
    return text


def _zone(name: str) -> str:
    try:
        return zone(name).key
    except InputError as error:
        raise ValueError(str(error)) from None


def _region(code: str) -> str:
    if code not in REGIONS:
        raise ValueError("is not the code of a state or province; it looks like US-CA")
    return code


def _weekdays(days: list[int]) -> list[int]:
    if not days or not set(days) <= set(range(1, 8)):
        raise ValueError("choose at least one day, Monday 1 to Sunday 7")
    return sorted(set(days))


def _or_none(text: object) -> object:
    return text if not isinstance(text, str) or text.strip() else None


Line: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(storable)]
Name: TypeAlias = Annotated[Line, AfterValidator(_name), Field(max_length=120)]
Email: TypeAlias = Annotated[Line, AfterValidator(_email), Field(max_length=254)]
ZoneName: TypeAlias = Annotated[str, AfterValidator(_zone)]
Weekdays: TypeAlias = Annotated[list[int], AfterValidator(_weekdays)]


class _Checked(BaseModel):
    """Frozen, and nothing beside its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PersonDetails(_Checked):
    """What can be said about a person."""

    name: Name
    email: Annotated[Email | None, BeforeValidator(_or_none)] = None
    """None for somebody who has facts but does not sign in."""
    role: Role = Role.AGENT
    time_zone: ZoneName
    region: Annotated[Annotated[str, AfterValidator(_region)] | None, BeforeValidator(_or_none)] = None
    """Where in their country they work, where its parts have laws of their own."""
    working_days: Weekdays = [1, 2, 3, 4, 5]
    external_id: Annotated[Annotated[Line, Field(max_length=120)] | None, BeforeValidator(_or_none)] = None


class NewPerson(PersonDetails):
    """Somebody to invite."""

    email: Email
    team_id: int | None = None


class CompanyDetails(_Checked):
    """What can be said about the company."""

    name: Name
    currency: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{3}$")]
    time_zone: ZoneName
    country: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")]
    profile: Profile


class TeamDetails(_Checked):
    """What can be said about a team."""

    name: Name
    profile: Profile


def person_details(**fields: object) -> PersonDetails:
    """A person as they should read after an edit; raises InputError that names the field."""
    return validated(PersonDetails, fields)


def new_person(**fields: object) -> NewPerson:
    """Somebody to invite; raises InputError that names the field."""
    return validated(NewPerson, fields)


def company_details(**fields: object) -> CompanyDetails:
    """The company as it should read after a change; raises InputError that names the field."""
    return validated(CompanyDetails, fields)


def team_details(**fields: object) -> TeamDetails:
    """A team as it should read after a change; raises InputError that names the field."""
    return validated(TeamDetails, fields)
