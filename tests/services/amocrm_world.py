"""What tests of amoCRM share: a connected account, turns that follow each other, and what is here told as the source tells it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import col

from data.engine import Database
from data.models import Activity, CalendarEvent, CrmConnection, CrmRefusal, Deal, Lead, Person, StageChange
from domain.crm.work import CALL_OUTCOMES
from domain.records import Role
from integrations.amocrm.client import Pace
from services import access
from services.access import Viewer
from services.amocrm import connecting
from services.amocrm.connecting import new_connection
from services.amocrm.link import Link
from services.amocrm.sync import sync_due
from tests import builders
from tests.fakes.amocrm import TOKEN, Amo

LATER = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRET = "a secret of the tests, long enough"
STATUSES = {7101: ("New", "open"), 7102: ("Talks", "open"), 142: ("Closed - won", "won"), 143: ("Closed - lost", "lost")}


def link(amo: Amo, **fields: Any) -> Link:
    """Without waiting between requests."""
    return Link(
        **{"secret": SECRET, "product_address": "https://sales.example", "only_base": amo.url, "pace": Pace(wait=lambda _: None)} | fields
    )


def people(database: Database) -> Viewer:
    """Ada and Bo, who work in both, and an administrator."""

    def make(session: Any) -> Person:
        builders.organisation(session)
        team = builders.team(session, name="Sales")
        builders.person(session, name="Ada", email="ada@example.com", on=team)
        builders.person(session, name="Bo", email="Bo@Example.com", on=team)
        return builders.person(session, name="Ann", role=Role.ADMIN)

    admin = database.write(make)
    with database.reading() as session:
        return access.viewer(session, admin.id or 0)


def connect(database: Database, amo: Amo, viewer: Viewer, now: datetime = LATER) -> Link:
    way = link(amo)
    connecting.connect(database, viewer, way, new_connection(address=amo.url, token=TOKEN), now)
    return way


def read(database: Database, way: Link, now: datetime = LATER, *, worker: str = "one", most_turns: int = 1) -> int:
    """As many turns as it takes, each an hour after the one before, so that no pause is left."""
    return sum(sync_due(database, way, worker, lambda turn=turn: now + timedelta(hours=turn), lambda: False) for turn in range(most_turns))


def here(database: Database) -> dict[str, Any]:
    """What is here, by the numbers of the source."""
    with database.reading() as session:
        deals = {each.id: each for each in session.scalars(select(Deal))}
        leads = {each.id: each for each in session.scalars(select(Lead))}
        names = {row[0]: row[1] for row in session.execute(select(col(Person.id), col(Person.email)))}
        number = {each.id: int(each.external_id or 0) for each in [*deals.values()]}
        return {
            "deals": {
                int(each.external_id or 0): (
                    each.name,
                    each.stage,
                    each.status.value,
                    each.amount_minor,
                    names[each.agent_id].lower(),
                    leads[each.lead_id].external_id if each.lead_id else None,
                    str(each.closed_on) if each.closed_on else None,
                )
                for each in deals.values()
            },
            "clients": {int(each.external_id or 0): (each.name, each.email, each.phone) for each in leads.values()},
            "work": Counter(
                (each.external_id, each.type.value, each.outcome.value if each.outcome else None, number.get(each.deal_id))
                for each in session.scalars(select(Activity))
            ),
            "moves": Counter((number[each.deal_id], each.from_stage, each.to_stage) for each in session.scalars(select(StageChange))),
            "tasks": Counter((each.external_uid, number.get(each.deal_id)) for each in session.scalars(select(CalendarEvent))),
            "refused": Counter(each.external_id for each in session.scalars(select(CrmRefusal))),
        }


def there(amo: Amo) -> dict[str, Any]:
    """The same, worked out from the source."""
    leads = {number: each for number, each in amo.leads.items() if not each["is_deleted"]}
    known = {number: email for number, email in amo.users.items() if number != 503}
    notes = [*amo.lead_notes.values()]
    return {
        "deals": {number: _deal(each, known) for number, each in leads.items()},
        "clients": {
            number: (
                each["name"],
                each["custom_fields_values"][1]["values"][0]["value"],
                each["custom_fields_values"][0]["values"][0]["value"],
            )
            for number, each in amo.contacts.items()
        },
        "work": Counter(_work(each, leads) for each in notes if each["created_by"] in known),
        "moves": Counter(_moves(amo, leads)),
        "tasks": Counter((f"amocrm-task-{each['id']}", each["entity_id"]) for each in amo.tasks.values()),
        "refused": Counter(f"note-{each['id']}" for each in notes if each["created_by"] not in known),
    }


def _deal(lead: dict[str, Any], known: dict[int, str]) -> tuple[Any, ...]:
    stage, status = STATUSES[lead["status_id"]]
    contacts = lead["_embedded"]["contacts"]
    closed = str(datetime.fromtimestamp(lead["closed_at"], UTC).date()) if lead["closed_at"] else None
    contact = str(contacts[0]["id"]) if contacts else None
    return lead["name"], stage, status, lead["price"] * 100 or None, known[lead["responsible_user_id"]], contact, closed


def _work(note: dict[str, Any], leads: dict[int, Any]) -> tuple[Any, ...]:
    kind = {"call_out": "call", "common": "note", "sms_in": "message"}[note["note_type"]]
    unique, outcome = note["params"].get("uniq"), CALL_OUTCOMES.get(note["params"].get("call_status"))
    on = note["entity_id"] if note["entity_id"] in leads else None
    return f"call-{unique}" if unique else f"note-{note['id']}", kind, outcome.value if outcome else None, on


def _moves(amo: Amo, leads: dict[int, Any]) -> list[tuple[Any, ...]]:
    moves = [(each["entity_id"], _stage(each["value_before"]), _stage(each["value_after"])) for each in amo.events.values()]
    return [*moves, *((number, None, "New") for number in leads)]


def _stage(value: list[dict[str, Any]]) -> str:
    return STATUSES[value[0]["lead_status"]["id"]][0]


def forget_refusals(database: Database) -> None:
    database.write(lambda session: session.execute(delete(CrmRefusal)))


def is_whole(database: Database) -> bool:
    """Whether a reading came to its end."""
    with database.reading() as session:
        return session.scalar(select(col(CrmConnection.synced_at))) is not None
