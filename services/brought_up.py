"""What clients held against buying in the last conversations about a deal: how often, never by whom; the words stay where they are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import conversations as queries
from data.queries.conversations import Conversation
from domain.conversations.said import objections
from domain.conversations.words import Objection
from services.access import Viewer

WITHIN: Final = timedelta(days=90)
"""A quarter; what was held against it before may long be settled."""
MOST: Final = 30
"""Conversations listened to, the newest: nobody reads further back, and the screen is there at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtUp:
    """One kind of objection."""

    kind: Objection
    conversations: int
    """In which it came up, once or more."""
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What was found in how many conversations."""

    conversations: int
    """With a note or a transcript the viewer may read; at most `MOST`."""
    found: tuple[BroughtUp, ...]
    """The most frequent first."""


def brought_up(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> Listened:
    """Of the last ninety days, in what the viewer may read; nothing of a deal they do not look after."""
    read = queries.conversations(session, viewer.scope, deal_id, now - WITHIN, now, limit=MOST)
    last: dict[Objection, list[datetime]] = defaultdict(list)
    for each in read:
        for kind in _kinds(each):
            last[kind].append(each.at)
    found = (BroughtUp(kind=kind, conversations=len(times), last_at=max(times)) for kind, times in last.items())
    return Listened(conversations=len(read), found=tuple(sorted(found, key=lambda each: (-each.conversations, each.kind))))


def _kinds(conversation: Conversation) -> set[Objection]:
    return {each.kind for text in (conversation.note, conversation.transcript) for each in objections(text)}
