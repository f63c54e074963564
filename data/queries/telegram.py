"""The bot in Telegram: where its reading stands, and whose a chat is."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, ChannelKind, TelegramBot, TelegramCode


def bot(session: Session, *, lock: bool = False) -> TelegramBot | None:
    """The bot as it was last read; None where none ever was."""
    query = select(TelegramBot)
    return session.scalar(query.with_for_update() if lock else query)


def channel_of_chat(session: Session, chat_digest: str) -> Channel | None:
    """The channel of the person a chat belongs to, held against other changes."""
    query = select(Channel).where(col(Channel.chat_digest) == chat_digest)
    return session.scalar(query.with_for_update(key_share=True))


def broken_channel(session: Session, person_id: int) -> Channel | None:
    """A channel of the person's that leads to Telegram and does not work, the last one added."""
    wanted = (col(Channel.person_id) == person_id, col(Channel.kind) == ChannelKind.TELEGRAM, col(Channel.broken_at).is_not(None))
    query = select(Channel).where(*wanted).order_by(col(Channel.id).desc()).limit(1)
    return session.scalar(query.with_for_update(key_share=True))


def code(session: Session, code_hash: str) -> TelegramCode | None:
    """The code somebody was shown, locked, so that two chats cannot use it."""
    return session.scalar(select(TelegramCode).where(col(TelegramCode.code_hash) == code_hash).with_for_update())


def has_connected_chat(session: Session, person_id: int) -> bool:
    """Whether a chat showed itself to be the person's."""
    wanted = (col(Channel.person_id) == person_id, col(Channel.chat_digest).is_not(None))
    return session.scalar(select(col(Channel.id)).where(*wanted).limit(1)) is not None
