"""What an account consists of: its users, its stages, its own fields. Read at the beginning of every reading, and when it is tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from data.models import CrmConnection
from data.queries import crm as queries
from data.writes import crm as writes
from domain.crm.deals import Stage, stages
from domain.crm.people import CrmUser, user
from domain.crm.reading import Record, record_id, words
from integrations.amocrm.client import Client, Query
from integrations.amocrm.errors import MissingError

SIZE: Final = 250
_MOST_PAGES: Final = 40
"""10,000 users; a server that always has one more page must not keep us for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What was found there."""

    name: str
    currency: str
    users: tuple[CrmUser, ...]
    stages: tuple[Stage, ...]
    fields: Mapping[int, str]
    """The names of a deal's own fields, by their number."""

    @property
    def pipelines(self) -> tuple[str, ...]:
        """Their names, in order."""
        return tuple(dict.fromkeys(each.pipeline for each in self.stages))


def look(client: Client) -> Account:
    """Ask for all of it; raises an AmoError that says why it cannot be had."""
    told = client.account()
    pipelines = _all(client, "leads/pipelines")
    return Account(
        name=words(told.get("name"), 200) or "amoCRM",
        currency=words(told.get("currency"), 3).upper(),
        users=tuple(user(each) for each in _all(client, "users")),
        stages=tuple(stage for each in pipelines for stage in stages(each)),
        fields={record_id(each): words(each.get("name"), 120) for each in _fields(client)},
    )


def read_account(client: Client, write: Callable[[Callable[[Session, CrmConnection], None]], None]) -> None:
    """Ask for all of it and store it in one transaction."""
    found = look(client)
    write(lambda session, connection: keep(session, connection, found))


def keep(session: Session, connection: CrmConnection, found: Account) -> None:
    """Store who and what is there; what somebody decided about users and stages stays."""
    connection.account_name, connection.currency = found.name, found.currency
    connection.known_fields = {str(number): name for number, name in found.fields.items()}
    users = {each.number: each for each in found.users}
    writes.store_users(
        session,
        [{"number": each.number, "name": each.name, "email": each.email, "is_active": each.is_active} for each in users.values()],
    )
    writes.link_users(session, queries.people_by_email(session, [each.email for each in users.values() if each.email]))
    writes.store_stages(session, [_stage_row(each) for each in {each.key: each for each in found.stages}.values()])


def _stage_row(stage: Stage) -> dict[str, object]:
    pipeline, status = stage.key
    known = {"pipeline": stage.pipeline, "name": stage.name, "sort": stage.sort, "stage": stage.name, "means": stage.means}
    return {"pipeline_id": pipeline, "status_id": status} | known


def _all(client: Client, path: str, query: Query = ()) -> list[Record]:
    found: list[Record] = []
    for number in range(1, _MOST_PAGES + 1):
        page = client.page(path, query, number=number, size=SIZE)
        found += page.records
        if not page.has_more:
            break
    return found


def _fields(client: Client) -> list[Record]:
    """Fields are of use, and not needed: some tariffs have none."""
    try:
        return _all(client, "leads/custom_fields")
    except MissingError:
        return []
