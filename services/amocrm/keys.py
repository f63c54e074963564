"""The keys of the account: opened, and refreshed once however many processes want it at the same moment."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import CrmConnection
from data.queries import crm as queries
from domain.errors import ConflictError
from integrations.amocrm.client import App, Client, Keys, exchange
from integrations.amocrm.errors import KeyRefusedError
from services.amocrm.link import Link

MARGIN: Final = timedelta(minutes=5)
"""A key is renewed this long before its end: a reading under way must not meet it."""
NOT_CONNECTED: Final = "No account of amoCRM is connected. An administrator does that on Settings."


def client(database: Database, link: Link, now: datetime, *, refused: str | None = None) -> tuple[Client, str]:
    """A client with a key that is good, and the key; `refused` is one that amoCRM just did not accept.

    ConflictError when nothing is connected, KeyRefusedError when only a person can make a new key.
    """
    with database.reading() as session:
        found = _found(queries.connection(session))
    if not _is_stale(found, link, now, refused):
        return _opened(found, link)
    return database.write(lambda session: _renewed(session, link, now, refused))


def keep(connection: CrmConnection, link: Link, keys: Keys, now: datetime) -> None:
    """Seal both keys: the old refresh token is worth nothing any more."""
    connection.sealed_access, connection.sealed_refresh = link.seal.close(keys.access), link.seal.close(keys.refresh)
    connection.access_until = now + keys.lives


def _renewed(session: Session, link: Link, now: datetime, refused: str | None) -> tuple[Client, str]:
    """Refresh while nobody else can: who waited for the row finds the new key and does not ask.

    The row stays locked while amoCRM answers, because a refresh token is good once, and two who use it lock the company out.
    """
    found = _found(queries.connection(session, lock=True))
    if _is_stale(found, link, now, refused):
        if not found.client_id:
            raise KeyRefusedError
        keep(
            found,
            link,
            exchange(found.base_url, _app(found, link), seconds=link.seconds, refresh=link.seal.open(found.sealed_refresh)),
            now,
        )
        session.flush()
    return _opened(found, link)


def _is_stale(found: CrmConnection, link: Link, now: datetime, refused: str | None) -> bool:
    if refused is not None and link.seal.open(found.sealed_access) == refused:
        return True
    return found.access_until is not None and found.access_until <= now + MARGIN


def _opened(found: CrmConnection, link: Link) -> tuple[Client, str]:
    access = link.seal.open(found.sealed_access)
    return link.client(found.base_url, access), access


def _app(found: CrmConnection, link: Link) -> App:
    return App(client_id=found.client_id, client_secret=link.seal.open(found.sealed_client_secret), redirect_uri=found.redirect_uri)


def _found(connection: CrmConnection | None) -> CrmConnection:
    if connection is None:
        raise ConflictError(NOT_CONNECTED, code="crm_not_connected")
    return connection
