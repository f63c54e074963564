"""Contacts of amoCRM stored as our leads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from data.models import Lead
from data.writes import crm as writes
from domain.crm.people import CrmContact, contact
from domain.crm.reading import Record
from domain.forgotten import Trait, contact_traits, record_trait
from domain.records import LeadStatus
from services.amocrm.link import ORIGIN
from services.amocrm.places import Places
from services.amocrm.verdicts import KEY, Verdicts, forgotten_among


def store_contacts(places: Places, records: Sequence[Record], verdicts: Verdicts, now: datetime) -> None:
    """Contacts as leads, with their first contact and their sale as far as they are known here."""
    del now
    found = {each.number: each for each in verdicts.read(records, contact)}
    reasons = forgotten_among(places, {each.number: _contact_traits(each) for each in found.values()})
    kept = [each for each in found.values() if verdicts.keep(str(each.number), reasons.get(each.number))]
    rows = [_lead_row(places, each) for each in kept]
    writes.upsert(
        places.session, Lead, rows, key=KEY, only_new=("assigned_at", "assigned_on", "status"), kept=("email", "phone", "company")
    )
    writes.settle_leads(places.session, places.leads([each.number for each in kept]).values())


def _contact_traits(told: CrmContact) -> frozenset[Trait]:
    return record_trait("lead", ORIGIN, str(told.number)) | contact_traits(email=told.email, phone=told.phone)


def _lead_row(places: Places, told: CrmContact) -> dict[str, Any]:
    agent = places.agent(told.user)
    return {
        "origin": ORIGIN,
        "external_id": str(told.number),
        "agent_id": agent.person_id if agent else None,
        "name": told.name,
        "company": told.company,
        "email": told.email,
        "phone": told.phone,
        "status": LeadStatus.NEW,
        "created_at": told.created_at,
        "assigned_at": told.created_at,
        "assigned_on": places.day(told.created_at, agent),
    }
