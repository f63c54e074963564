"""Who hears of a change: every open screen has a stream, and a stream hears only of what its viewer may see."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from data.changes import TEAM_ROWS, Change
from data.listening import listen
from data.queries.agents import seen_on
from domain.local_time import local_time
from domain.records import Role
from services import sessions
from services.access import Viewer

__all__ = ["Change", "Hearer", "News", "Stream", "Switchboard", "hearers", "listen"]

MOST_STREAMS: Final = 4
"""Streams of one sign-in. A browser opens six connections to a host at most; two are left for everything else."""
GATHER_SECONDS: Final = 0.1
"""What happens within it is one piece of news: an import of fifty statements draws a screen once."""
INBOX_TABLE: Final = "notification"
LEADS_TABLES: Final = frozenset(TEAM_ROWS)
"""About agents, and shown only to those who look after a team; no board of figures is made of them."""


class News(StrEnum):
    """What a screen is told. None of it says whose records changed, or which."""

    FIGURES = "figures"
    """Numbers may have changed: look again."""
    INBOX = "inbox"
    """A message came or was read."""
    ENDED = "ended"
    """The sign-in is over or means something else now; nothing more will come."""
    CROWDED = "crowded"
    """Too many screens of this sign-in listen; this one, the oldest, has to look by itself."""


LAST_NEWS: Final = frozenset({News.ENDED, News.CROWDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """Somebody signed in, and whose changes they hear of."""

    person_id: int
    role: Role
    agent_ids: frozenset[int] | None
    """Those whose facts of today they may see; None for everybody."""

    def news_since(self, changes: Collection[Change] | None) -> set[News]:
        """What the changes mean to them; everything, where nobody knows what has changed."""
        if changes is None:
            return {News.FIGURES, News.INBOX}
        return {news for change in changes for news in self.news_of(change)}

    def news_of(self, change: Change) -> set[News]:
        """What the change means to them; empty when it is none of their business."""
        if change.table is None:
            return {News.FIGURES, News.INBOX}
        if change.table == INBOX_TABLE:
            return {News.INBOX} if _meets(change.agent_ids, frozenset({self.person_id})) else set()
        if change.table in LEADS_TABLES and self.role is Role.AGENT:
            return set()
        return {News.FIGURES} if _meets(change.agent_ids, self.agent_ids) else set()


def _meets(changed: frozenset[int] | None, heard: frozenset[int] | None) -> bool:
    """Whether somebody is in both; None is everybody."""
    return changed is None or heard is None or not changed.isdisjoint(heard)


def hearers(session: Session, token_hashes: Collection[str], now: datetime) -> dict[str, Hearer]:
    """Who is signed in by each of the tokens at this moment. Somebody who must choose a password first is not yet."""
    living = sessions.living(session, token_hashes, now)
    return {each: _hearer(session, viewer, now) for each, viewer in living.items() if not viewer.must_change_password}


def _hearer(session: Session, viewer: Viewer, now: datetime) -> Hearer:
    today = local_time(now, viewer.time_zone).on
    return Hearer(person_id=viewer.person_id, role=viewer.role, agent_ids=seen_on(session, viewer.scope, today))


class Stream:
    """One open screen's news, waiting to be fetched. However much happens, no more than one of each kind waits."""

    def __init__(self, hearer: Hearer) -> None:
        """Nothing has happened yet."""
        self.hearer = hearer
        self.waiting: set[News] = set()
        self._told = asyncio.Event()

    def tell(self, news: Collection[News]) -> None:
        """Put news in; returns at once."""
        if news:
            self.waiting.update(news)
            self._told.set()

    async def news(self) -> list[News]:
        """What has happened since the last call, after a moment for what belongs to it; waits until there is something."""
        await self._told.wait()
        if not self.waiting & LAST_NEWS:
            await asyncio.sleep(GATHER_SECONDS)
        self._told.clear()
        taken, self.waiting = self.waiting, set()
        return sorted(taken)


class Switchboard:
    """The open streams of a process; everything here happens on its event loop, nothing waits."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._streams: dict[str, list[Stream]] = {}

    @property
    def token_hashes(self) -> list[str]:
        """The sign-ins that have a stream open."""
        return list(self._streams)

    @contextmanager
    def stream(self, token_hash: str, hearer: Hearer) -> Iterator[Stream]:
        """A stream for as long as the screen is open; where there are too many, the oldest has to go."""
        opened = Stream(hearer)
        streams = self._streams.setdefault(token_hash, [])
        streams.append(opened)
        if len(streams) > MOST_STREAMS:
            streams.pop(0).tell({News.CROWDED})
        try:
            yield opened
        finally:
            self._close(token_hash, opened)

    def tell(self, change: Change) -> None:
        """Pass a change on to whom it concerns."""
        for streams in self._streams.values():
            for stream in streams:
                stream.tell(stream.hearer.news_of(change))

    def renew(self, checked: Collection[str], living: Mapping[str, Hearer]) -> None:
        """Go by what the database says now: end the streams of sign-ins that are over or have another role, renew the others' scope."""
        for token_hash in checked:
            hearer = living.get(token_hash)
            for stream in self._streams.get(token_hash, []):
                if hearer is None or hearer.role is not stream.hearer.role:
                    stream.tell({News.ENDED})
                elif hearer != stream.hearer:
                    stream.hearer = hearer
                    stream.tell({News.FIGURES})

    def _close(self, token_hash: str, stream: Stream) -> None:
        streams = self._streams.get(token_hash, [])
        if stream in streams:
            streams.remove(stream)
        if not streams:
            self._streams.pop(token_hash, None)
