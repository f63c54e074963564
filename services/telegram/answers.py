"""What somebody who writes to the bot is answered: those whose chat it is within what they may see, strangers one sentence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import Channel, MessageStatus, Person
from data.models.messages import Urgency
from data.queries import telegram as queries
from data.writes import messages
from domain.bot.commands import Asked, Command, asked
from domain.bot.languages import WORDS
from domain.bot.said import Said
from domain.bot.words import BotWords
from domain.errors import ConflictError, NotFoundError
from domain.language import language_of
from integrations import telegram
from integrations.telegram_updates import Said as Heard
from services import access
from services.access import Viewer
from services.broken_channels import mark_broken
from services.notices import LONGEST_BODY, LONGEST_TITLE, storable_words
from services.sealing import Seal
from services.telegram import linking
from services.telegram.day import day
from services.telegram.deals import deals
from services.telegram.quick_log import log, undo

KIND: Final = "bot_answer"
ANSWER_LIVES: Final = timedelta(hours=1)
"""An answer that comes later is to a question nobody remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """Something to say at once to a chat that is nobody's channel."""

    chat: str
    said: Said


def answer(session: Session, seal: Seal, heard: Heard, number: int, now: datetime) -> Direct | None:
    """Do what was asked. The answer goes into the outbox in the same transaction; what is returned has no channel to go by.

    `number` is the update's: the same update heard twice is answered once.
    """
    channel = queries.channel_of_chat(session, seal.mark(heard.chat))
    if heard.has_blocked:
        if channel is not None:
            mark_broken(session, channel, telegram.BLOCKED, now)
        return None
    said = asked(heard.text)
    if said.command is Command.START and said.rest:
        return _connected(session, seal, heard, said.rest, number, now)
    if channel is None:
        return Direct(chat=heard.chat, said=Said(title=_strangers(heard).chat.stranger))
    return _to_somebody(session, channel, heard, said, number, now)


def words_of(session: Session, person_id: int) -> BotWords:
    """The bot's words in the person's language."""
    return WORDS[session.get_one(Person, person_id).language]


def _strangers(heard: Heard) -> BotWords:
    """The words for somebody of whom nothing is known but what Telegram says their language is."""
    return WORDS[language_of(heard.language)]


def _connected(session: Session, seal: Seal, heard: Heard, code: str, number: int, now: datetime) -> Direct | None:
    try:
        with session.begin_nested():
            channel = linking.redeem(session, seal, heard.chat, code, now)
    except ConflictError:
        return Direct(chat=heard.chat, said=Said(title=_strangers(heard).chat.full))
    if channel is None or channel.person_id is None:
        return Direct(chat=heard.chat, said=Said(title=_strangers(heard).chat.bad_code))
    person = session.get_one(Person, channel.person_id)
    words = WORDS[person.language].chat
    body = words.connected_body.format(name=person.name, help=words.help)
    _put(session, channel, Said(title=words.connected, body=body), number, now)
    return None


def _to_somebody(session: Session, channel: Channel, heard: Heard, said: Asked, number: int, now: datetime) -> Direct | None:
    try:
        viewer = access.viewer(session, channel.person_id or 0)
    except NotFoundError:
        return Direct(chat=heard.chat, said=Said(title=_strangers(heard).chat.stranger))
    words = words_of(session, viewer.person_id)
    if said.command is Command.STOP:
        linking.disconnect(session, channel, now)
        return Direct(chat=heard.chat, said=Said(title=words.chat.disconnected))
    if not channel.active:
        return Direct(chat=heard.chat, said=Said(title=words.chat.switched_off))
    if viewer.must_change_password:
        return Direct(chat=heard.chat, said=Said(title=words.chat.sign_in_first))
    _put(session, channel, _said(session, viewer, said, words, now, written_at=heard.at), number, now)
    return None


def _said(session: Session, viewer: Viewer, said: Asked, words: BotWords, now: datetime, *, written_at: datetime | None) -> Said:
    match said.command:
        case Command.TODAY:
            return day(session, viewer, words, now)
        case Command.DEALS:
            return deals(session, viewer, words, now)
        case Command.LOG:
            return log(session, viewer, said.rest, words, now, written_at=min(written_at or now, now))
        case Command.UNDO:
            return undo(session, viewer, said.number, words, now)
        case Command.HELP | Command.START:
            return Said(title=words.chat.help_title, body=words.chat.help)
        case _:
            return Said(title=words.chat.unknown, body=words.chat.help)


def _put(session: Session, channel: Channel, said: Said, number: int, now: datetime) -> None:
    """Send it by the outbox, so that it is neither lost nor said twice; what keeps quiet hours is not asked, the person is there."""
    row: dict[str, object] = {
        "channel_id": channel.id,
        "notification_id": None,
        "dedupe_key": f"{KIND}:{number}:channel:{channel.id}",
        "kind": KIND,
        "urgency": Urgency.INFO,
        "title": storable_words(said.title, LONGEST_TITLE),
        "body": storable_words(said.body, LONGEST_BODY),
        "link": said.link,
        "content": {},
        "status": MessageStatus.WAITING,
        "created_at": now,
        "try_at": now,
        "expires_at": now + ANSWER_LIVES,
    }
    messages.add_messages(session, [row])
