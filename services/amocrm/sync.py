"""Reading the account: page after page, each stored together with the place where the reading goes on.

A process that ends in the middle, an outage, a pause amoCRM asks for: all are the same, the next turn goes on where the last one stopped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import CrmConnection, CrmCursor, CrmHint, CrmStream
from data.queries import crm as queries
from data.writes import crm as writes
from domain.crm.reading import Record
from domain.errors import ConflictError
from integrations.amocrm.client import MOST_IDS, Client
from integrations.amocrm.errors import AmoError, KeyRefusedError, TooMuchError
from services.amocrm import keys, streams
from services.amocrm.account import read_account
from services.amocrm.link import EVERY, ORIGIN, Link
from services.amocrm.places import Places
from services.amocrm.storing import Mentions, mentioned, store, take_away_missing
from services.amocrm.troubles import note_trouble

LEASE: Final = timedelta(minutes=3)
"""How long nobody else reads when a reader fell silent: longer than a refreshing and a page together."""


class LeaseLostError(ConflictError):
    """Somebody else reads now, or the account is gone; the page is rolled back."""

    code = "crm_lease_lost"


@dataclass(slots=True, kw_only=True)
class _Reader:
    """One process's turn."""

    database: Database
    link: Link
    worker: str
    now: Callable[[], datetime]
    stopping: Callable[[], bool]
    key: str = ""
    pages: int = 0
    client: Client = field(init=False)

    def held(self, session: Session) -> CrmConnection:
        """The connection, locked, if it is still this process's turn; the turn is prolonged."""
        found = queries.connection(session, lock=True)
        if found is None or found.owner != self.worker:
            raise LeaseLostError("Somebody else reads amoCRM now.")
        found.lease_until = self.now() + LEASE
        return found

    def write(self, work: Callable[[Session, CrmConnection], None]) -> None:
        """One transaction of the turn."""
        self.database.write(lambda session: work(session, self.held(session)))

    def places(self, session: Session, connection: CrmConnection) -> Places:
        """The account's words in ours."""
        return Places(session, connection, self.link.secret)


def sync_due(database: Database, link: Link, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Read what there is to read until nothing is left, amoCRM is in trouble, or `stopping` says so; returns how many pages were stored.

    Safe with any number of processes at once: one has the turn.
    """
    with database.reading() as session:
        if not queries.is_due(session, now() - EVERY):
            return 0
    if not database.write(lambda session: _take_turn(session, worker, now())):
        return 0
    reader = _Reader(database=database, link=link, worker=worker, now=now, stopping=stopping)
    try:
        _with_good_key(reader)
    except LeaseLostError:
        return reader.pages
    except AmoError as error:
        trouble = error
        database.write(lambda session: note_trouble(session, worker, trouble, now(), got_on=reader.pages > 0))
        return reader.pages
    database.write(lambda session: _give_back(session, worker))
    return reader.pages


def _take_turn(session: Session, worker: str, now: datetime) -> bool:
    found = queries.connection(session, lock=True)
    if found is None or (found.not_before is not None and found.not_before > now):
        return False
    if found.lease_until is not None and found.lease_until > now and found.owner != worker:
        return False
    found.owner, found.lease_until = worker, now + LEASE
    is_due = found.asked_at is not None or found.synced_at is None or found.synced_at <= now - EVERY
    if found.began_at is None and is_due:
        _begin(session, found, now)
    return True


def _begin(session: Session, connection: CrmConnection, now: datetime) -> None:
    known = queries.cursors(session)
    for stream in CrmStream:
        cursor = known.get(stream) or CrmCursor(stream=stream, since=0)
        streams.begin(cursor, now)
        session.add(cursor)
    connection.began_at, connection.asked_at = now, None


def _give_back(session: Session, worker: str) -> None:
    found = queries.connection(session, lock=True)
    if found is not None and found.owner == worker:
        found.owner = found.lease_until = None
        found.failures, found.trouble, found.trouble_since, found.not_before = 0, "", None, None


def _with_good_key(reader: _Reader) -> None:
    """Read; a key that is refused although it should be good is refreshed once."""
    reader.client, reader.key = keys.client(reader.database, reader.link, reader.now())
    try:
        _read(reader)
    except KeyRefusedError:
        reader.client, reader.key = keys.client(reader.database, reader.link, reader.now(), refused=reader.key)
        _read(reader)


def _read(reader: _Reader) -> None:
    with reader.database.reading() as session:
        connection, cursors = queries.connection(session), queries.cursors(session)
    if connection is not None and connection.began_at is not None:
        if not any(each.records or each.is_done for each in cursors.values()):
            read_account(reader.client, reader.write)
        for stream in CrmStream:
            _read_stream(reader, stream)
    _follow_hints(reader)
    if not reader.stopping():
        reader.write(_end)


def _end(session: Session, connection: CrmConnection) -> None:
    """The reading is whole when every stream is read to its end."""
    found = queries.cursors(session)
    if connection.began_at is not None and found and all(each.is_done for each in found.values()):
        connection.synced_at, connection.began_at = connection.began_at, None


def _read_stream(reader: _Reader, stream: CrmStream) -> None:
    while not reader.stopping():
        with reader.database.reading() as session:
            cursor = queries.cursors(session).get(stream)
        if cursor is None or cursor.is_done:
            return
        _read_page(reader, cursor)


def _read_page(reader: _Reader, seen: CrmCursor) -> None:
    """Ask for a page and store it with the cursor behind it, in one transaction."""
    try:
        page = reader.client.page(streams.STREAMS[seen.stream].path, streams.query(seen), number=seen.page, size=seen.size)
    except TooMuchError:
        reader.write(lambda session, _: _shrink(session, seen))
        return
    brought = _bring(reader, seen.stream, page.records)

    def keep(session: Session, connection: CrmConnection) -> None:
        cursor = queries.cursors(session).get(seen.stream)
        if cursor is None or (cursor.since, cursor.page, cursor.size) != (seen.since, seen.page, seen.size):
            raise LeaseLostError("The reading was begun anew.")
        _store_all(reader.places(session, connection), [*brought, (seen.stream, page.records)], reader.now())
        streams.advance(cursor, page)
        if streams.has_doubled(cursor, page):
            writes.count_anew(session, cursor.stream)

    reader.write(keep)
    reader.pages += 1


def _shrink(session: Session, seen: CrmCursor) -> None:
    cursor = queries.cursors(session).get(seen.stream)
    if cursor is not None and not streams.shrink(cursor):
        raise TooMuchError


def _store_all(places: Places, batches: Sequence[tuple[CrmStream, Sequence[Record]]], now: datetime) -> None:
    for stream, records in batches:
        if records:
            store(places, stream, records, now)


def _bring(reader: _Reader, stream: CrmStream, records: Sequence[Record]) -> list[tuple[CrmStream, Sequence[Record]]]:
    """Deals and clients the records are about that are not here yet, such as those made since their own pages were read."""
    if not records:
        return []
    missing = _missing(reader, mentioned(stream, records))
    deals = reader.client.by_ids("leads", missing[CrmStream.DEALS], streams.STREAMS[CrmStream.DEALS].asked)
    theirs = _missing(reader, mentioned(CrmStream.DEALS, deals))[CrmStream.CONTACTS]
    contacts = reader.client.by_ids("contacts", missing[CrmStream.CONTACTS] | theirs)
    return [(CrmStream.CONTACTS, contacts), (CrmStream.DEALS, deals)]


def _missing(reader: _Reader, found: Mentions) -> Mentions:
    deals, contacts = found[CrmStream.DEALS], found[CrmStream.CONTACTS]
    with reader.database.reading() as session:
        known = queries.known_deals(session, ORIGIN, [str(each) for each in deals]) if deals else {}
        clients = queries.known_leads(session, ORIGIN, [str(each) for each in contacts]) if contacts else {}
    return {CrmStream.DEALS: deals - set(map(int, known)), CrmStream.CONTACTS: contacts - set(map(int, clients))}


def _follow_hints(reader: _Reader) -> None:
    """Ask for what webhooks told of, by its number; what is not there any more goes here too."""
    while not reader.stopping():
        with reader.database.reading() as session:
            waiting = queries.hints(session, limit=MOST_IDS)
        if not waiting:
            return
        for stream in sorted({each.stream for each in waiting}):
            _follow(reader, stream, [each for each in waiting if each.stream is stream])


def _follow(reader: _Reader, stream: CrmStream, told: Sequence[CrmHint]) -> None:
    spec = streams.STREAMS[stream]
    numbers = {each.number for each in told}
    records = reader.client.by_ids(spec.path, numbers, spec.asked)
    brought = _bring(reader, stream, records)

    def keep(session: Session, connection: CrmConnection) -> None:
        places = reader.places(session, connection)
        _store_all(places, [*brought, (stream, records)], reader.now())
        take_away_missing(places, stream, numbers - {each.get("id") for each in records})
        writes.drop_hints(session, told)

    reader.write(keep)
    reader.pages += 1
