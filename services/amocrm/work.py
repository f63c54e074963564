"""Notes of amoCRM stored as activities: what was done, by whom, about which deal or client."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from data.models import Activity
from data.writes import crm as writes
from domain.contact import FUTURE_LEEWAY
from domain.crm.reading import Record
from domain.crm.work import About, CrmNote, note
from domain.forgotten import record_trait
from services.amocrm.link import ORIGIN
from services.amocrm.places import Places
from services.amocrm.verdicts import KEY, NO_CLIENT, NO_DEAL, NOBODY, Verdicts, forgotten_among

Here: TypeAlias = Mapping[int, tuple[int | None, int | None]]
"""Our deal and our lead, by the number of what a note hangs on."""


def store_notes_of_deals(places: Places, records: Sequence[Record], verdicts: Verdicts, now: datetime) -> None:
    """What was done about deals, and about their clients with them."""
    notes = verdicts.read(records, lambda record: note(record, About.DEAL))
    deals = places.deals({each.on for each in notes})
    about = {number: (deal.deal_id, deal.lead_id) for number, deal in deals.items()}
    _activities(places, notes, about, NO_DEAL, verdicts, now)


def store_notes_of_contacts(places: Places, records: Sequence[Record], verdicts: Verdicts, now: datetime) -> None:
    """What was done about clients: amoCRM hangs a call on the client where it does not know which deal it was about."""
    notes = verdicts.read(records, lambda record: note(record, About.CONTACT))
    about: Here = {number: (None, lead) for number, lead in places.leads({each.on for each in notes}).items()}
    _activities(places, notes, about, NO_CLIENT, verdicts, now)


def _activities(
    places: Places,
    notes: Sequence[CrmNote],
    about: Here,
    missing: str,
    verdicts: Verdicts,
    now: datetime,
) -> None:
    """One activity for each; the second note of a call adds what the first did not know."""
    reasons = forgotten_among(places, {each.key: record_trait("activity", ORIGIN, each.key) for each in notes})
    rows: dict[str, dict[str, Any]] = {}
    for each in notes:
        why_not = reasons.get(each.key) or _note_refusal(places, each, about, missing, now)
        if verdicts.keep(each.key, why_not):
            rows[each.key] = _activity_row(places, each, *about[each.on])
    writes.upsert(places.session, Activity, list(rows.values()), key=KEY, kept=("deal_id", "lead_id", "outcome", "duration_seconds"))
    writes.settle_deals(places.session, {deal for deal, _ in about.values() if deal is not None}, ORIGIN)
    writes.settle_leads(places.session, {lead for _, lead in about.values() if lead is not None})


def _note_refusal(places: Places, note: CrmNote, about: Collection[int], missing: str, now: datetime) -> str | None:
    if note.on not in about:
        return missing
    if places.agent(*note.users) is None:
        return NOBODY
    return "It lies in the future." if note.at > now + FUTURE_LEEWAY else None


def _activity_row(places: Places, note: CrmNote, deal_id: int | None, lead_id: int | None) -> dict[str, Any]:
    agent = places.agent(*note.users)
    shown = places.shown(note.at, agent)
    return {
        "origin": ORIGIN,
        "external_id": note.key,
        "agent_id": agent.person_id if agent else None,
        "type": note.type,
        "direction": note.direction,
        "outcome": note.outcome,
        "duration_seconds": note.seconds,
        "notes": note.text,
        "deal_id": deal_id,
        "lead_id": lead_id,
        "occurred_at": note.at,
        "local_on": shown.on,
        "local_hour": shown.hour,
    }
