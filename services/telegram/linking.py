"""Whose a chat is: somebody signed in is shown a code, and the chat that writes it to the bot is theirs."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import Channel, ChannelKind
from data.queries import channels as channel_queries
from data.queries import telegram as queries
from data.writes import telegram as writes
from domain.errors import ConflictError, NotFoundError
from services import access, audit
from services.access import Viewer
from services.audit import Action
from services.channels import MOST, take_up_again
from services.sealing import Seal
from services.tokens import new_token, token_hash

CODE_LIVES: Final = timedelta(minutes=15)
"""Long enough to find the phone, too short to be found later in a browser's history."""
LABEL: Final = "Telegram"
NOT_HEARD: Final = (
    "The bot has not answered yet: the jobs process asks Telegram for its name. Try again in a minute, or ask your administrator."
)
FULL: Final = f"There are {MOST} channels already. Remove one under Your account first."


def connect_link(session: Session, viewer: Viewer, now: datetime) -> str:
    """A link that opens the bot with a code of the viewer's: good once, for a quarter of an hour.

    Raises ConflictError where the bot's name is not known yet.
    """
    bot = queries.bot(session)
    if bot is None or not bot.name:
        raise ConflictError(NOT_HEARD, code="bot_not_heard")
    code = new_token()
    writes.drop_codes(session, expired_by=now)
    writes.put_code(session, viewer.person_id, token_hash(code), now + CODE_LIVES)
    return f"https://t.me/{bot.name}?start={code}"


def is_connected(session: Session, viewer: Viewer) -> bool:
    """Whether a chat of the viewer's talks to the bot."""
    return queries.has_connected_chat(session, viewer.person_id)


def redeem(session: Session, seal: Seal, chat: str, code: str, now: datetime) -> Channel | None:
    """Make the chat that of whoever was shown the code, and return its channel; None for a code that is no good.

    A chat belongs to one person: it is taken from whoever had it. Raises ConflictError for somebody with as many channels as one may have.
    """
    found = queries.code(session, token_hash(code))
    if found is None or found.expires_at <= now:
        return None
    try:
        viewer = access.viewer(session, found.person_id)
    except NotFoundError:
        return None
    session.delete(found)
    session.flush()
    return _channel(session, seal, viewer, chat, now)


def disconnect(session: Session, channel: Channel, now: datetime) -> None:
    """Take the chat's channel away, with what waits for it: its person said so."""
    person_id, channel_id = channel.person_id, channel.id
    session.delete(channel)
    session.flush()
    audit.record(session, person_id=person_id, action=Action.CHANNEL_REMOVED, subject=f"channel:{channel_id}", at=now)


def _channel(session: Session, seal: Seal, viewer: Viewer, chat: str, now: datetime) -> Channel:
    digest = seal.mark(chat)
    held = queries.channel_of_chat(session, digest)
    if held is not None and held.person_id != viewer.person_id:
        disconnect(session, held, now)
        held = None
    channel = held or queries.broken_channel(session, viewer.person_id)
    if channel is None:
        channel, action = _new(session, viewer, now), Action.CHANNEL_ADDED
    else:
        action = Action.CHANNEL_CHANGED
    channel.sealed_address, channel.chat_digest, channel.active = seal.close(chat), digest, True
    session.add(channel)
    session.flush()
    take_up_again(session, channel, now)
    details = {"kind": ChannelKind.TELEGRAM.value, "person": viewer.person_id, "team": None}
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"channel:{channel.id}", details=details, at=now)
    return channel


def _new(session: Session, viewer: Viewer, now: datetime) -> Channel:
    if channel_queries.count_of(session, person_id=viewer.person_id, team_id=None) >= MOST:
        raise ConflictError(FULL, code="too_many_channels")
    return Channel(kind=ChannelKind.TELEGRAM, person_id=viewer.person_id, label=LABEL, created_at=now)
