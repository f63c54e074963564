"""Pages of amoCRM stored in the caller's transaction; repeating one changes nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from data.models import CrmStream
from data.writes import crm as writes
from domain.crm.reading import Record, inner, inner_list, known_id
from domain.crm.work import About
from services.amocrm.clients import store_contacts
from services.amocrm.deals import store_deals, store_deleted, store_moves, take_away
from services.amocrm.places import Places
from services.amocrm.plans import store_tasks, take_away_tasks
from services.amocrm.verdicts import Verdicts
from services.amocrm.work import store_notes_of_contacts, store_notes_of_deals

Storing: TypeAlias = Callable[[Places, Sequence[Record], Verdicts, datetime], None]
STORES: Final[Mapping[CrmStream, Storing]] = MappingProxyType(
    {
        CrmStream.CONTACTS: store_contacts,
        CrmStream.DEALS: store_deals,
        CrmStream.DELETED_DEALS: store_deleted,
        CrmStream.DEAL_NOTES: store_notes_of_deals,
        CrmStream.CONTACT_NOTES: store_notes_of_contacts,
        CrmStream.TASKS: store_tasks,
        CrmStream.MOVES: store_moves,
    }
)
Mentions: TypeAlias = Mapping[CrmStream, set[int]]


def store(places: Places, stream: CrmStream, records: Sequence[Record], now: datetime) -> Verdicts:
    """Store a page and list what was refused of it."""
    verdicts = Verdicts()
    STORES[stream](places, records, verdicts, now)
    writes.refuse(places.session, stream, verdicts.refused, verdicts.accepted, now)
    return verdicts


def take_away_missing(places: Places, stream: CrmStream, numbers: Collection[int]) -> None:
    """Records a webhook told of that are not there any more."""
    if stream is CrmStream.DEALS:
        take_away(places, sorted(numbers), Verdicts())
    elif stream is CrmStream.TASKS:
        take_away_tasks(places, numbers)


def mentioned(stream: CrmStream, records: Sequence[Record]) -> Mentions:
    """The deals and the clients the records are about, which must be here before them."""
    found: dict[CrmStream, set[int]] = {CrmStream.DEALS: set(), CrmStream.CONTACTS: set()}
    for record in records:
        for kind, value in _mentions(stream, record):
            number = known_id(value)
            if number is not None:
                found[kind].add(number)
    return found


def _mentions(stream: CrmStream, record: Record) -> list[tuple[CrmStream, object]]:
    match stream:
        case CrmStream.DEALS:
            return [(CrmStream.CONTACTS, each.get("id")) for each in inner_list(inner(record, "_embedded"), "contacts")]
        case CrmStream.DEAL_NOTES | CrmStream.MOVES:
            return [(CrmStream.DEALS, record.get("entity_id"))]
        case CrmStream.CONTACT_NOTES:
            return [(CrmStream.CONTACTS, record.get("entity_id"))]
        case CrmStream.TASKS:
            kind = {About.DEAL.value: CrmStream.DEALS, About.CONTACT.value: CrmStream.CONTACTS}.get(str(record.get("entity_type")))
            return [(kind, record.get("entity_id"))] if kind else []
    return []
