"""What tests of messages share: channels with a sealed address, a receiver in memory, and looking into the outbox."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, repeat
from threading import Lock
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Channel, ChannelKind, Delivery, DeliveryResult, MessageStatus, OutboxMessage
from integrations.sender import Answer, Message, Sent
from services.sealing import Seal
from services.senders import Senders
from tests.builders import NOON

SEAL = Seal("a secret of the tests, long enough")
NO_PACE = dict.fromkeys(ChannelKind, timedelta(0))
NUMBER = count(1)


@dataclass
class Receiver:
    """A sender that keeps what it was given and answers as told; after the last answer it accepts everything."""

    answers: Iterator[Answer] = field(default_factory=lambda: repeat(Sent()))
    taken: list[tuple[str, Message]] = field(default_factory=list)
    before: Callable[[str, Message], None] = lambda _address, _message: None
    lock: Lock = field(default_factory=Lock)

    def send(self, address: str, message: Message) -> Answer:
        with self.lock:
            self.taken.append((address, message))
        self.before(address, message)
        with self.lock:
            return next(self.answers, Sent())

    @property
    def keys(self) -> list[str]:
        return [message.dedupe_key for _, message in self.taken]


@dataclass
class Clock:
    """A time that moves when told."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


def ways_out(receiver: Any, **fields: Any) -> Senders:
    """Senders that give every kind of channel to one receiver, without a pace."""
    defaults = {"by_kind": dict.fromkeys(ChannelKind, receiver), "seal": SEAL, "product_address": "https://sales.example", "pace": NO_PACE}
    return Senders(**defaults | fields)


def channel(session: Session, **fields: Any) -> Channel:
    number = next(NUMBER)
    defaults = {"kind": ChannelKind.SLACK, "label": f"Channel {number}", "created_at": NOON}
    made = Channel(**defaults | {"sealed_address": SEAL.close(f"address {number}")} | fields)
    session.add(made)
    session.flush()
    return made


def message(session: Session, by: Channel, **fields: Any) -> OutboxMessage:
    defaults = {"kind": "test", "title": "Hello", "dedupe_key": f"key {next(NUMBER)}", "created_at": NOON, "try_at": NOON}
    made = OutboxMessage(channel_id=by.id, **defaults | fields)
    session.add(made)
    session.flush()
    return made


def let_leases_end(database: Database) -> None:
    """As if whoever is sending had been silent for too long, by the database's clock."""
    ended = text("UPDATE outbox_message SET lease_until = clock_timestamp() - interval '1 second' WHERE status = 'sending'")
    database.write(lambda session: session.execute(ended))


def states(database: Database) -> list[MessageStatus]:
    """How every message stands, oldest first."""
    with database.reading() as session:
        return list(session.scalars(select(col(OutboxMessage.status)).order_by(col(OutboxMessage.id))))


def tries(database: Database) -> list[tuple[DeliveryResult, str]]:
    """Every line of the delivery log, oldest first."""
    with database.reading() as session:
        rows = session.scalars(select(Delivery).order_by(col(Delivery.id)))
        return [(row.result, row.detail) for row in rows]
