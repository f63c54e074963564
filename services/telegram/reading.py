"""Reading what people write to the bot: one process at a time, each message answered once.

The place and the answer are kept in one transaction, so that neither a kill nor an outage loses a message or answers it twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import ChannelKind, TelegramBot
from data.queries import telegram as queries
from data.writes import telegram as writes
from domain.bot.languages import WORDS
from domain.bot.said import Said
from domain.errors import ConflictError
from domain.language import language_of
from integrations.sender import Message
from integrations.telegram_updates import TelegramTroubleError, TelegramUpdates, Update
from services.senders import Senders
from services.telegram.answers import Direct, answer

_LOG: Final = logging.getLogger(__name__)
WAIT_SECONDS: Final = 5
"""How long Telegram is asked to wait for something: shorter than what a process has to end in order."""
LEASE: Final = timedelta(minutes=1)
"""How long nobody else reads when a reader fell silent: longer than a wait and an answer together."""
DOUBLINGS: Final = 8
"""2⁸ seconds: an outage that lasts is looked at every four minutes."""


class TurnLostError(ConflictError):
    """Somebody else reads now; what was begun is rolled back."""

    code = "telegram_turn_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One process's turn at reading."""

    database: Database
    updates: TelegramUpdates
    senders: Senders
    worker: str
    now: Callable[[], datetime]

    def held(self, session: Session) -> TelegramBot:
        """The bot's row, locked, if it is still this process's turn; the turn is prolonged."""
        found = queries.bot(session, lock=True)
        if found is None or found.owner != self.worker:
            raise TurnLostError("Somebody else reads the bot now.")
        found.lease_until = self.now() + LEASE
        return found


def read_bot(
    database: Database,
    updates: TelegramUpdates,
    senders: Senders,
    *,
    worker: str,
    now: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
    wait_seconds: int = WAIT_SECONDS,
) -> int:
    """Wait a little for what people write, answer it, and return how much there was; 0 where another process reads or a pause is on.

    Never raises for what Telegram does: only for the database being away.
    """
    turn = _Turn(database=database, updates=updates, senders=senders, worker=worker, now=now)
    began = database.write(lambda session: _begin(session, turn))
    if began is None:
        return 0
    try:
        answered = _read(turn, began, stopping, wait_seconds)
        database.write(lambda session: _end(session, turn))
    except TurnLostError:
        return 0
    except TelegramTroubleError as trouble:
        found = trouble
        database.write(lambda session: _note(session, turn, found))
        return 0
    return answered


def _begin(session: Session, turn: _Turn) -> int | None:
    """Take the turn and return the number to read from; None where it is not ours to take now."""
    at, number = turn.now(), turn.updates.number
    writes.know_bot(session, number)
    found = queries.bot(session, lock=True)
    if found is None or (found.lease_until is not None and found.lease_until > at and found.owner != turn.worker):
        return None
    if found.number != number:
        found.number, found.name, found.next_update, found.not_before = number, "", 0, None
    if found.not_before is not None and found.not_before > at:
        return None
    found.owner, found.lease_until = turn.worker, at + LEASE
    return found.next_update


def _read(turn: _Turn, since: int, stopping: Callable[[], bool], wait_seconds: int) -> int:
    _learn_name(turn)
    answered, greeted = 0, set[str]()
    for update in turn.updates.since(since, wait_seconds=wait_seconds):
        if stopping():
            break
        _say_once(turn, _answered(turn, update), greeted)
        answered += 1
    return answered


def _learn_name(turn: _Turn) -> None:
    """Ask what the bot is called at its first turn of a day: it may have been renamed, and links are made of its name."""
    with turn.database.reading() as session:
        found = queries.bot(session)
    if found is not None and found.name and found.heard_at is not None and found.heard_at.date() == turn.now().date():
        return
    name = turn.updates.name()

    def keep(session: Session) -> None:
        turn.held(session).name = name

    turn.database.write(keep)


def _answered(turn: _Turn, update: Update) -> Direct | None:
    """The update done and its place kept; one that brings our own code down is passed over, or nobody would be answered any more."""
    try:
        return turn.database.write(lambda session: _answer(session, turn, update))
    except (TurnLostError, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever somebody wrote must not stop the bot for everybody
        _LOG.error("update %d could not be answered: %s", update.number, type(error).__name__)
        turn.database.write(lambda session: _pass_over(session, turn, update))
        return _apology(update)


def _answer(session: Session, turn: _Turn, update: Update) -> Direct | None:
    held = turn.held(session)
    if update.number < held.next_update:
        return None
    held.next_update = update.number + 1
    return answer(session, turn.senders.seal, update.said, update.number, turn.now()) if update.said is not None else None


def _pass_over(session: Session, turn: _Turn, update: Update) -> None:
    held = turn.held(session)
    held.next_update = max(held.next_update, update.number + 1)


def _apology(update: Update) -> Direct | None:
    if update.said is None or update.said.has_blocked:
        return None
    return Direct(chat=update.said.chat, said=Said(title=WORDS[language_of(update.said.language)].chat.trouble))


def _say_once(turn: _Turn, direct: Direct | None, greeted: set[str]) -> None:
    """Say it at once, past the outbox; somebody who writes ten times in a row as a stranger is told once."""
    sender = turn.senders.by_kind.get(ChannelKind.TELEGRAM)
    if direct is None or sender is None or direct.chat in greeted:
        return
    greeted.add(direct.chat)
    sender.send(direct.chat, Message(title=direct.said.title, body=direct.said.body, dedupe_key=""))


def _end(session: Session, turn: _Turn) -> None:
    """All is well; whoever comes next may read."""
    held = turn.held(session)
    held.heard_at, held.failures, held.not_before = turn.now(), 0, None
    held.trouble, held.trouble_since = "", None
    held.owner = held.lease_until = None


def _note(session: Session, turn: _Turn, trouble: TelegramTroubleError) -> None:
    """Keep what is wrong and since when, and leave Telegram alone for a while: as long as it asked, else twice as long each time."""
    held = queries.bot(session, lock=True)
    if held is None or held.owner != turn.worker:
        return
    pause = trouble.after or timedelta(seconds=1 << min(held.failures, DOUBLINGS))
    held.failures, held.not_before = held.failures + 1, turn.now() + pause
    held.trouble, held.trouble_since = trouble.reason, held.trouble_since or turn.now()
    held.owner = held.lease_until = None
