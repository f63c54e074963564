"""Tasks of amoCRM stored as entries of our calendar."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from data.queries.crm import KnownDeal
from data.writes import crm as writes
from domain.crm.reading import Record
from domain.crm.work import About, CrmTask, task
from domain.records import EventKind, EventStatus
from services.amocrm.link import ORIGIN
from services.amocrm.places import Places
from services.amocrm.verdicts import NOBODY, Verdicts

_TITLES: Final[Mapping[EventKind, str]] = MappingProxyType({EventKind.CALL: "Call", EventKind.MEETING: "Meeting"})


def take_away_tasks(places: Places, numbers: Collection[int]) -> None:
    """Tasks that are not there any more."""
    writes.delete_events(places.session, [_uid(each) for each in numbers])


def store_tasks(places: Places, records: Sequence[Record], verdicts: Verdicts, now: datetime) -> None:
    """Each becomes an entry in the calendar of whoever is to do it."""
    del now
    tasks = verdicts.read(records, task)
    deals = places.deals({each.on for each in tasks if each.about is About.DEAL and each.on is not None})
    leads = places.leads({each.on for each in tasks if each.about is About.CONTACT and each.on is not None})
    kept = [each for each in tasks if verdicts.keep(str(each.number), None if places.agent(each.user) else NOBODY)]
    writes.store_events(places.session, [_event_row(places, each, deals, leads) for each in kept])


def _event_row(places: Places, told: CrmTask, deals: Mapping[int, KnownDeal], leads: Mapping[int, int]) -> dict[str, Any]:
    agent = places.agent(told.user)
    deal = deals.get(told.on) if told.about is About.DEAL and told.on is not None else None
    lead = leads.get(told.on) if told.about is About.CONTACT and told.on is not None else None
    title = told.text.split("\n", 1)[0][:200] or _TITLES.get(told.kind, "Task")
    return {
        "external_uid": _uid(told.number),
        "agent_id": agent.person_id if agent else None,
        "kind": told.kind,
        "title": title,
        "notes": told.text if told.text != title else "",
        "starts_at": told.starts_at,
        "ends_at": told.ends_at,
        "local_on": places.day(told.starts_at, agent),
        "status": EventStatus.COMPLETED if told.is_done else EventStatus.PLANNED,
        "deal_id": deal.deal_id if deal else None,
        "lead_id": deal.lead_id if deal else lead,
    }


def _uid(number: int) -> str:
    return f"{ORIGIN}-task-{number}"
