"""Keeping the bot's place and the codes that connect a chat."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import TelegramBot, TelegramCode


def know_bot(session: Session, number: int) -> None:
    """Make sure that there is a row for the bot."""
    session.execute(insert(TelegramBot).values(id=1, number=number).on_conflict_do_nothing())


def put_code(session: Session, person_id: int, code_hash: str, expires_at: datetime) -> None:
    """Keep the person's code; the one before opens nothing any more."""
    said = {"code_hash": code_hash, "expires_at": expires_at}
    row = insert(TelegramCode).values(person_id=person_id, **said)
    session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=said))


def drop_codes(session: Session, *, expired_by: datetime) -> None:
    """Forget the codes whose time is over."""
    session.execute(delete(TelegramCode).where(col(TelegramCode.expires_at) <= expired_by))
