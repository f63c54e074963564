"""Erasing who a client was, at their wish: the lead and its deals become nameless, and every number stays (docs/decisions/0042)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Lead
from data.personal import clients
from data.personal.sweeping import Words
from domain.errors import ConflictError, InputError
from domain.forgotten import CALENDAR_ENTRY, Trait, contact_traits, name_trait, record_trait
from domain.records import Role
from services import audit, forgetting, leads
from services.access import Viewer, require_role
from services.audit import Action
from services.deals import DealWords
from services.owners import ELSEWHERE

ERASERS: Final = frozenset({Role.MANAGER, Role.ADMIN})
NAMING: Final = frozenset({"name", "company", "email", "phone"})
"""Columns that would say again who an erased client is."""
NOT_TYPED: Final = "What you typed is neither the name nor the e-mail of this client. Nothing was erased."
ERASED_ALREADY: Final = "This client was erased already."


def erase_client(session: Session, viewer: Viewer, lead_id: int, typed: str, *, secret: str, now: datetime) -> Lead:
    """Erase who the client of a lead was, for good; the nameless lead. For managers within their teams, admins and programs.

    The lead's name or e-mail is typed to be sure. What they were known by is remembered as hashes made with `secret`, so that
    nothing about them is stored again. Raises NotFoundError for a lead the viewer does not look after, AccessError for agents,
    InputError where it was not typed, ConflictError where it is done already.
    """
    if not viewer.is_program:
        require_role(viewer, ERASERS)
    found = leads.lead(session, viewer, lead_id, now, locked=True)
    name, email, phone, nameless = found.name, found.email, found.phone, nameless_name(lead_id)
    if name == nameless:
        raise ConflictError(ERASED_ALREADY, code="erased")
    if typed.strip().casefold() not in {name.casefold(), (email or name).casefold()}:
        raise InputError(NOT_TYPED, code="not_confirmed")
    shared = {each for each in (name, email, phone) if each and clients.is_also_somebody_else(session, lead_id, Words(old=each, new=""))}
    forgetting.remember(session, secret, _traits(session, found, shared), now)
    records = clients.delete_recordings(session, lead_id) + clients.delete_reviews(session, lead_id)
    records += clients.make_nameless(session, lead_id, nameless)
    _sweep(session, {name, email, phone} - shared - {""}, nameless)
    session.expire_all()
    found.wants_no_contact, found.updated_at = True, now
    details = {"records": records}
    audit.record(session, person_id=viewer.author_id, action=Action.CLIENT_ERASED, subject=f"lead:{lead_id}", details=details, at=now)
    session.flush()
    return found


def nameless_name(lead_id: int) -> str:
    """What an erased client is called from then on."""
    return f"Former client {lead_id}"


def refuse_forgotten_lead(session: Session, secret: str, said: leads.LeadWords, *, lead_id: int | None = None) -> None:
    """Raise ConflictError (`forgotten`) where what is said about a lead is of a client who asked to be forgotten, or names one anew."""
    traits = contact_traits(email=said.columns.get("email"), phone=said.columns.get("phone"))
    traits |= record_trait("lead", said.origin or ELSEWHERE, said.external_id)
    if lead_id is not None and said.columns.keys() & NAMING:
        traits |= _erased_trait(lead_id)
    forgetting.refuse_forgotten(session, secret, traits)


def refuse_forgotten_deal(session: Session, secret: str, said: DealWords) -> None:
    """The same for a deal another system tells of."""
    forgetting.refuse_forgotten(session, secret, record_trait("deal", said.origin or ELSEWHERE, said.external_id))


def _traits(session: Session, lead: Lead, shared: Collection[str]) -> frozenset[Trait]:
    """What the client is known by, but for a name, an address or a number that somebody else has as well."""
    traits = _erased_trait(lead.id or 0)
    for table, origin, external_id in clients.external_ids(session, lead.id or 0):
        traits |= record_trait(table, origin, external_id)
    traits |= {Trait(CALENDAR_ENTRY, key) for key in clients.calendar_keys(session, lead.id or 0)}
    name, email, phone = ("" if each in shared else each for each in (lead.name, lead.email, lead.phone))
    return traits | name_trait(name) | contact_traits(email=email, phone=phone)


def _erased_trait(lead_id: int) -> frozenset[Trait]:
    return frozenset({Trait("erased_lead", str(lead_id))})


def _sweep(session: Session, words: Collection[str], nameless: str) -> None:
    """Replace name, address and number where others wrote them."""
    for old in words:
        told = Words(old=old, new=nameless)
        if told.can_be_told_apart:
            clients.replace_in_texts(session, told)
