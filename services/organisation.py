"""The company this installation is for, and what all its numbers share."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data.models import Organisation
from data.queries import directory
from domain.errors import ConflictError, InputError
from domain.records import Profile, Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.person_input import CompanyDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company as it is set up; `currency_is_fixed` once deals have amounts, which would silently change their worth."""

    name: str
    currency: str
    time_zone: str
    country: str
    profile: Profile
    is_demo: bool
    currency_is_fixed: bool


def company(session: Session) -> Company | None:
    """The company, or None before the first administrator set it up."""
    found = session.get(Organisation, 1)
    if found is None:
        return None
    return Company(
        name=found.name,
        currency=found.currency,
        time_zone=found.time_zone,
        country=found.country,
        profile=found.profile,
        is_demo=found.is_demo,
        currency_is_fixed=directory.has_amounts(session),
    )


def change(session: Session, viewer: Viewer, details: CompanyDetails, now: datetime) -> None:
    """Change the company's settings; InputError for another currency while deals have amounts."""
    require_role(viewer, {Role.ADMIN})
    found = session.get(Organisation, 1, with_for_update=True)
    if found is None:
        raise ConflictError("The company is not set up yet.")
    if details.currency != found.currency and directory.has_amounts(session):
        raise InputError(f"The currency stays {found.currency}: there are deals with amounts in it.", code="currency_fixed")
    changed = [field for field, value in details.model_dump().items() if getattr(found, field) != value]
    for field, value in details.model_dump().items():
        setattr(found, field, value)
    audit.record(
        session, person_id=viewer.person_id, action=Action.SETTINGS_CHANGED, subject="organisation:1", details={"fields": changed}, at=now
    )
