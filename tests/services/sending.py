"""Putting messages into the outbox and sending them, for the tests of delivery."""

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Channel, MessageStatus
from services.delivery import Delivered, deliver_due
from tests.services.outbox import Clock, Receiver, channel, message, ways_out

WAITING, SENDING, SENT, EXPIRED, REFUSED = MessageStatus


def put(database: Database, *, messages: int = 1, **fields: object) -> Channel:
    """A channel with messages waiting."""

    def work(session: Session) -> Channel:
        made = channel(session)
        for _ in range(messages):
            message(session, made, **fields)
        return made

    return database.write(work)


def deliver(database: Database, receiver: Receiver, clock: Clock, **fields: object) -> Delivered:
    return deliver_due(database, ways_out(receiver, **fields), worker="a", now=clock)
