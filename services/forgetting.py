"""Remembering who asked to be forgotten, so that they do not come back with the next file; only keyed hashes are kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries.forgotten import forgotten
from data.queries.zones import zone_of
from data.writes import forgotten as writes
from data.writes.activities import ExternalKey
from domain.errors import ConflictError
from domain.forgotten import Trait, client_refusal, digest, record_trait, traits_in
from domain.local_time import local_time

CODE: Final = "forgotten"


def remember(session: Session, secret: str, traits: Collection[Trait], now: datetime) -> None:
    """Keep what somebody was known by, since today where the company is."""
    writes.remember(session, {digest(secret, each) for each in traits}, local_time(now, zone_of(session, None)).on)


def refuse_forgotten(session: Session, secret: str, traits: Collection[Trait]) -> None:
    """Raise ConflictError (`forgotten`) where one of these is of a client who asked to be forgotten."""
    found = forgotten(session, {digest(secret, each) for each in traits}) if traits else {}
    if found:
        raise ConflictError(client_refusal(min(found.values())), code=CODE)


def forgotten_records(session: Session, secret: str, table: str, keys: Collection[ExternalKey]) -> Mapping[ExternalKey, date]:
    """Which of the records of other systems are about a client who asked to be forgotten, and since when."""
    digests = {digest(secret, trait): key for key in keys for trait in record_trait(table, *key)}
    return {digests[found]: on for found, on in forgotten(session, digests.keys()).items()} if digests else {}


def forgotten_texts(session: Session, secret: str, said: Mapping[str, Sequence[str]], kind: str) -> Mapping[str, date]:
    """Which of the texts, by the key of their record of this kind, name a client who asked to be forgotten, or are of one of theirs.

    Records are known again by their keys where they were a client's when it was erased, whatever their words.
    """
    known = forgotten(session)
    if not known:
        return {}
    found = {}
    for key, texts in said.items():
        traits = frozenset({Trait(kind, key)}).union(*(traits_in(text) for text in texts))
        since = [known[each] for each in (digest(secret, trait) for trait in traits) if each in known]
        if since:
            found[key] = min(since)
    return found


def refuse_record(forgotten_since: Mapping[ExternalKey, date], key: ExternalKey | None) -> None:
    """Raise ConflictError (`forgotten`) for a record that is among them."""
    if key is not None and key in forgotten_since:
        raise ConflictError(client_refusal(forgotten_since[key]), code=CODE)
