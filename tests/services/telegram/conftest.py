"""An installation with a bot: a faithful Telegram, a clock that moves when told, and somebody whose chat it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from data.engine import Database
from data.models import Activity, Channel, ChannelKind, OutboxMessage, Person, TelegramBot
from domain.language import Language
from integrations.telegram import TelegramSender
from integrations.telegram_updates import TelegramUpdates
from services.access import viewer
from services.delivery import deliver_due
from services.senders import Senders
from services.telegram import linking
from services.telegram.reading import read_bot
from tests import builders
from tests.fakes.http import running
from tests.fakes.telegram import TOKEN, Telegram
from tests.services.outbox import NO_PACE, SEAL, Clock

CHAT = 77


@dataclass
class World:
    """The bot, and what the jobs process does for it."""

    database: Database
    telegram: Telegram
    clock: Clock = field(default_factory=Clock)

    @property
    def updates(self) -> TelegramUpdates:
        return TelegramUpdates(self.telegram.url, TOKEN)

    @property
    def senders(self) -> Senders:
        by_kind: dict[ChannelKind, Any] = {ChannelKind.TELEGRAM: TelegramSender(self.telegram.url, TOKEN)}
        return Senders(by_kind=by_kind, seal=SEAL, product_address="https://sales.example", pace=NO_PACE)

    def read(self, worker: str = "one", **fields: Any) -> int:
        """One turn, which waits for nothing."""
        settings = {"worker": worker, "now": self.clock, "wait_seconds": 0} | fields
        return read_bot(self.database, self.updates, self.senders, **settings)

    def deliver(self) -> None:
        deliver_due(self.database, self.senders, worker="one", now=self.clock)
        self.clock.forward(seconds=2)

    def ask(self, text: str, **message: Any) -> str:
        """Write to the bot; what it answers, or nothing."""
        before = len(self.telegram.sent)
        self.telegram.write(text, **message)
        self.read()
        self.deliver()
        return "\n---\n".join(self.telegram.texts[before:])

    def connect(self, person: Person, chat: int = CHAT) -> str:
        """Make a chat the person's; what the bot says then."""

        def code(session: Any) -> str:
            return linking.connect_link(session, viewer(session, person.id), self.clock()).split("?start=")[1]

        self.read()
        return self.ask(f"/start {self.database.write(code)}", chat=chat)

    def kept(self) -> TelegramBot:
        with self.database.reading() as session:
            return session.scalars(select(TelegramBot)).one()

    def channels(self) -> list[Channel]:
        with self.database.reading() as session:
            return list(session.scalars(select(Channel)))

    def waiting(self) -> list[OutboxMessage]:
        with self.database.reading() as session:
            return list(session.scalars(select(OutboxMessage)))

    def later(self, **span: float) -> None:
        self.clock.at += timedelta(**span)


def speak(world: World, person: Person, language: Language) -> None:
    change = update(Person).where(col(Person.id) == person.id).values(language=language)
    world.database.write(lambda session: session.execute(change))


def activities(world: World) -> list[Activity]:
    with world.database.reading() as session:
        return list(session.scalars(select(Activity).order_by(col(Activity.id))))


@pytest.fixture
def world(fresh_database: Database) -> Iterator[World]:
    with running(Telegram()) as telegram:
        assert isinstance(telegram, Telegram)
        yield World(database=fresh_database, telegram=telegram)


@pytest.fixture
def ann(world: World) -> Person:
    """An agent with a team whose chat is connected."""

    def arrange(session: Any) -> Person:
        builders.organisation(session, currency="USD", country=builders.NO_HOLIDAYS)
        return builders.person(session, name="Ann <b>Lee</b>", on=builders.team(session))

    person = world.database.write(arrange)
    world.connect(person)
    return person


Ask = Callable[..., str]


@pytest.fixture
def ask(world: World, ann: Person) -> Ask:
    del ann
    return world.ask
