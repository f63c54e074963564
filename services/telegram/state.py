"""How the bot fares, for administrators."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import telegram as queries

TROUBLE_AFTER: Final = timedelta(minutes=1)
"""Telegram that is silent for a moment is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotState:
    """The bot as it was last read."""

    name: str
    """Empty until Telegram told it."""
    heard_at: datetime | None
    trouble: str
    """What keeps it from being read, as a sentence; empty while all is well or for less than a minute."""


def bot_state(session: Session, now: datetime) -> BotState | None:
    """How the bot fares; None where none was ever read."""
    found = queries.bot(session)
    if found is None:
        return None
    lasts = found.trouble_since is not None and now - found.trouble_since >= TROUBLE_AFTER
    return BotState(name=found.name, heard_at=found.heard_at, trouble=found.trouble if lasts else "")
