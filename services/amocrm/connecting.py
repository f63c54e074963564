"""Connecting an account of amoCRM, trying it out, and taking it away; for administrators."""

import secrets
from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import CrmConnection
from data.queries import crm as queries
from data.writes import crm as writes
from domain.errors import ConflictError, InputError
from domain.records import Role
from integrations.amocrm.client import App, Keys, exchange
from services import audit
from services.access import Viewer, require_role
from services.activity_input import Words
from services.amocrm import account, hooks, keys
from services.amocrm.account import Account
from services.amocrm.link import Link
from services.audit import Action
from services.inputs import validated

KEY_BYTES: Final = 32
Short = Annotated[Words, Field(max_length=300)]
Long = Annotated[Words, Field(max_length=4_000)]


class NewConnection(BaseModel):
    """How an account is to be reached: by a long-lived token, or by an integration with a code that is good for 20 minutes."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    address: Annotated[Short, Field(min_length=1)]
    token: Long = ""
    client_id: Short = ""
    client_secret: Short = ""
    redirect_uri: Short = ""
    code: Long = ""


def new_connection(**fields: object) -> NewConnection:
    """The connection to make; raises InputError that names the field."""
    found = validated(NewConnection, fields)
    if not found.token and not (found.client_id and found.client_secret and found.redirect_uri and found.code):
        raise InputError("Enter a long-lived token, or all four of the integration: its id, its secret, its redirect address and a code.")
    return found


def connect(database: Database, viewer: Viewer, link: Link, wanted: NewConnection, now: datetime) -> Account:
    """Look whether the account can be read, and only then keep its keys; with no transaction open meanwhile.

    The same account connected anew keeps its place; another one is read from its beginning.
    """
    require_role(viewer, {Role.ADMIN})
    base = link.base_of(wanted.address)
    app = App(client_id=wanted.client_id, client_secret=wanted.client_secret, redirect_uri=wanted.redirect_uri)
    held = None if wanted.token else exchange(base, app, seconds=link.seconds, code=wanted.code)
    found = account.look(link.client(base, held.access if held else wanted.token))
    database.write(lambda session: _keep(session, viewer, link, _Kept(base, wanted, app, held), found, now))
    return found


class _Kept:
    """What is to be kept of a connection that works."""

    def __init__(self, base: str, wanted: NewConnection, app: App, held: Keys | None) -> None:
        self.base, self.wanted, self.app, self.held = base, wanted, app, held


def _keep(session: Session, viewer: Viewer, link: Link, kept: _Kept, found: Account, now: datetime) -> None:
    known = queries.connection(session, lock=True)
    if known is not None and known.base_url != kept.base:
        session.delete(known)
        writes.forget_account(session)
        session.flush()
        known = None
    connection = known or _blank(link, kept.base, now)
    session.add(connection)
    connection.client_id, connection.redirect_uri = "", ""
    connection.sealed_access, connection.sealed_refresh, connection.sealed_client_secret = link.seal.close(kept.wanted.token), "", ""
    connection.access_until = None
    if kept.held is not None:
        connection.client_id, connection.redirect_uri = kept.app.client_id, kept.app.redirect_uri
        connection.sealed_client_secret = link.seal.close(kept.app.client_secret)
        keys.keep(connection, link, kept.held, now)
    connection.connected_by, connection.asked_at = viewer.person_id, now
    connection.not_before, connection.trouble, connection.trouble_since, connection.failures = None, "", None, 0
    session.flush()
    account.keep(session, connection, found)
    audit.record(session, person_id=viewer.person_id, action=Action.CRM_CONNECTED, details={"oauth": kept.held is not None}, at=now)


def _blank(link: Link, base: str, now: datetime) -> CrmConnection:
    hook = secrets.token_urlsafe(KEY_BYTES)
    return CrmConnection(base_url=base, sealed_hook=link.seal.close(hook), hook_digest=hooks.digest(hook), connected_at=now)


def try_out(database: Database, viewer: Viewer, link: Link, now: datetime) -> Account:
    """Look what the account consists of, as a reading would; raises an AmoError that says what to do."""
    require_role(viewer, {Role.ADMIN})
    client, _ = keys.client(database, link, now)
    return account.look(client)


def disconnect(session: Session, viewer: Viewer, now: datetime) -> None:
    """Forget the keys and who is who; what was taken over stays."""
    session.delete(held(session, viewer))
    writes.forget_account(session)
    audit.record(session, person_id=viewer.person_id, action=Action.CRM_DISCONNECTED, at=now)


def sync_now(session: Session, viewer: Viewer, now: datetime) -> None:
    """Have it read within seconds, also where it was left alone for a while."""
    found = held(session, viewer)
    found.asked_at, found.not_before = now, None


def read_again(session: Session, viewer: Viewer, now: datetime) -> None:
    """Have all of it read from the beginning: nothing is doubled, and what is decided now holds for everything."""
    found = held(session, viewer)
    writes.read_again(session)
    found.began_at, found.asked_at = None, now


def held(session: Session, viewer: Viewer) -> CrmConnection:
    """The connection, locked, for an administrator who changes something about it; ConflictError without one."""
    require_role(viewer, {Role.ADMIN})
    found = queries.connection(session, lock=True)
    if found is None:
        raise ConflictError(keys.NOT_CONNECTED, code="crm_not_connected")
    return found
