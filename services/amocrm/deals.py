"""Leads of amoCRM stored as our deals, with the stages they went through."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from data.models import Deal, StageChange
from data.queries.crm import KnownDeal
from data.writes import crm as writes
from domain.crm import deals as crm_deals
from domain.crm.deals import CrmDeal, Move
from domain.crm.reading import Record
from domain.forgotten import Trait, record_trait
from domain.records import DealStatus
from services.amocrm.link import ORIGIN
from services.amocrm.places import Places
from services.amocrm.verdicts import KEY, NO_DEAL, NO_STAGE, Verdicts, forgotten_among

_FIELD_LONGEST: Final[Mapping[str, int]] = MappingProxyType({"source": 80, "category": 60, "product": 120, "company": 300})


def store_deals(places: Places, records: Sequence[Record], verdicts: Verdicts, now: datetime) -> None:
    """Leads as deals; those in the bin are taken away."""
    del now
    read = {each.number: each for each in verdicts.read(records, crm_deals.deal)}
    take_away(places, [each.number for each in read.values() if each.is_deleted], verdicts)
    found = {number: each for number, each in read.items() if not each.is_deleted}
    leads = places.leads({each.contact for each in found.values() if each.contact is not None})
    known = places.deals(found)
    reasons = forgotten_among(places, {each.number: _deal_traits(each) for each in found.values()})
    reasons |= {each.number: NO_STAGE for each in found.values() if each.stage not in places.stages}
    kept = [each for each in found.values() if verdicts.keep(str(each.number), reasons.get(each.number))]
    rows = [_deal_row(places, each, leads, known.get(each.number)) for each in kept]
    writes.upsert(places.session, Deal, rows, key=KEY, kept=("lead_id",))
    _begin(places, kept, rows)
    touched = {lead for deal in known.values() if (lead := deal.lead_id) is not None} | set(leads.values())
    writes.settle_leads(places.session, touched)


def _deal_traits(deal: CrmDeal) -> frozenset[Trait]:
    client = record_trait("lead", ORIGIN, str(deal.contact)) if deal.contact is not None else frozenset()
    return record_trait("deal", ORIGIN, str(deal.number)) | client


def _deal_row(places: Places, deal: CrmDeal, leads: Mapping[int, int], known: KnownDeal | None) -> dict[str, Any]:
    agent, meaning = places.agent(deal.user), places.stages[deal.stage]
    closed_at = deal.closed_at or deal.updated_at
    keeps_day = deal.closed_at is None and known is not None and known.status is meaning.means
    closed_on = known.closed_on if keeps_day and known else places.day(closed_at, agent)
    return {
        "origin": ORIGIN,
        "external_id": str(deal.number),
        "agent_id": agent.person_id if agent else None,
        "lead_id": leads.get(deal.contact) if deal.contact is not None else None,
        "name": deal.name,
        "pipeline": meaning.pipeline,
        "stage": meaning.stage,
        "status": meaning.means,
        "amount_minor": places.amount(deal.price),
        "created_on": places.day(deal.created_at, agent),
        "closed_on": None if meaning.means is DealStatus.OPEN else closed_on,
        "lost_reason": deal.loss_reason if meaning.means is DealStatus.LOST else "",
    } | {name: deal.fields.get(number, "")[: _FIELD_LONGEST[name]] for name, number in places.fields.items()}


def _begin(places: Places, deals: Sequence[CrmDeal], rows: Sequence[Mapping[str, Any]]) -> None:
    """Every deal enters its first stage when it is made; which that was, its moves tell later."""
    here = places.deals([each.number for each in deals])
    begun = [
        {
            "origin": ORIGIN,
            "external_id": f"begin-{each.number}",
            "deal_id": here[each.number].deal_id,
            "from_stage": None,
            "to_stage": row["stage"],
            "changed_at": each.created_at,
            "changed_on": row["created_on"],
        }
        for each, row in zip(deals, rows, strict=True)
    ]
    writes.upsert(places.session, StageChange, begun, key=KEY, only_new=("to_stage",))
    writes.settle_deals(places.session, [each.deal_id for each in here.values()], ORIGIN)


def store_deleted(places: Places, records: Sequence[Record], verdicts: Verdicts, now: datetime) -> None:
    """Take away what is in the bin there."""
    del now
    take_away(places, [each.number for each in verdicts.read(records, crm_deals.deal)], verdicts)


def take_away(places: Places, numbers: Sequence[int], verdicts: Verdicts) -> None:
    """Deals that are not there any more; their clients follow, and what was done stays with whoever did it."""
    clients = [each.lead_id for each in places.deals(numbers).values() if each.lead_id is not None]
    writes.delete_deals(places.session, ORIGIN, [str(each) for each in numbers])
    writes.settle_leads(places.session, clients)
    verdicts.accepted += [str(each) for each in numbers]


def store_moves(places: Places, records: Sequence[Record], verdicts: Verdicts, now: datetime) -> None:
    """Which stage a deal entered when."""
    del now
    found = {each.key: each for each in verdicts.read(records, crm_deals.move)}
    deals = places.deals({each.deal for each in found.values()})
    kept = [each for each in found.values() if verdicts.keep(each.key, _move_refusal(places, each, deals))]
    rows = [_move_row(places, each, deals[each.deal]) for each in kept]
    writes.upsert(places.session, StageChange, rows, key=KEY)
    writes.settle_deals(places.session, {each.deal_id for each in deals.values()}, ORIGIN)


def _move_refusal(places: Places, move: Move, deals: Collection[int]) -> str | None:
    if move.deal not in deals:
        return NO_DEAL
    return None if move.after in places.stages else NO_STAGE


def _move_row(places: Places, move: Move, deal: KnownDeal) -> dict[str, Any]:
    mover, before = places.agent(move.user), places.stages.get(move.before) if move.before else None
    return {
        "origin": ORIGIN,
        "external_id": move.key,
        "deal_id": deal.deal_id,
        "from_stage": before.stage if before else None,
        "to_stage": places.stages[move.after].stage,
        "changed_at": move.at,
        "changed_on": places.day(move.at, None),
        "changed_by": mover.person_id if mover else None,
    }
