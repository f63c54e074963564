"""The private address from which somebody's own calendar program reads what they have planned: made, renewed and closed by them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import feeds as queries
from data.writes import feeds as writes
from domain.errors import NotFoundError
from domain.local_time import local_time
from integrations.ical_writer import calendar_text
from services import audit, feed_entries
from services.access import Viewer
from services.audit import Action
from services.tokens import new_token, token_hash

BACK: Final = timedelta(days=30)
"""A month of what was: enough to look something up."""
ZONES_AHEAD: Final = timedelta(days=3 * 366)
"""What repeats ends within two years of its beginning."""
READ_EVERY: Final = timedelta(minutes=15)
"""How often a read is written down: as often as a program may ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFeed:
    """A person's feed as they see it; its address is nowhere to be read again."""

    created_at: datetime
    last_read_at: datetime | None
    with_clients: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar on its way out."""

    content: bytes
    etag: str
    holder_id: int
    is_stale: bool
    """Whether the read should be written down."""


def own_feed(session: Session, viewer: Viewer) -> OwnFeed | None:
    """The viewer's feed, if they have one."""
    found = queries.feed_of(session, viewer.person_id)
    return OwnFeed(created_at=found.created_at, last_read_at=found.last_read_at, with_clients=found.with_clients) if found else None


def make_feed(session: Session, viewer: Viewer, now: datetime) -> str:
    """A new token for the viewer's own calendar, returned this once; an older one opens nothing any more."""
    token = new_token()
    writes.put_feed(session, viewer.person_id, token_hash(token), now)
    _note(session, viewer, Action.FEED_MADE, now)
    return token


def tell_clients(session: Session, viewer: Viewer, *, with_clients: bool) -> None:
    """Whether the viewer's feed tells titles, clients and notes. Raises NotFoundError where there is none."""
    if not writes.set_with_clients(session, viewer.person_id, with_clients=with_clients):
        raise NotFoundError("You have no calendar address any more. Make a new one.")


def close_feed(session: Session, viewer: Viewer, now: datetime) -> None:
    """End the viewer's feed at once. Raises NotFoundError where there is none."""
    if not writes.delete_feed(session, viewer.person_id):
        raise NotFoundError("You have no calendar address any more.")
    _note(session, viewer, Action.FEED_CLOSED, now)


def feed(session: Session, token: str, now: datetime) -> Feed | None:
    """The calendar the token opens; None for one that is unknown or closed, or whose person may not sign in."""
    holder = queries.holder_of(session, token_hash(token))
    if holder is None:
        return None
    content = _content(session, holder, local_time(now, holder.time_zone).on)
    is_stale = holder.last_read_at is None or now - holder.last_read_at >= READ_EVERY
    return Feed(content=content, etag=hashlib.sha256(content).hexdigest()[:32], holder_id=holder.person_id, is_stale=is_stale)


def touch(session: Session, read: Feed, now: datetime) -> None:
    """Write down that the feed is read."""
    writes.touch_feed(session, read.holder_id, now, unless_after=now - READ_EVERY)


def _content(session: Session, holder: queries.Holder, today: date) -> bytes:
    first_on = today - BACK
    entries = queries.own_entries(session, holder.person_id, first_on)
    series = queries.series_with(session, {entry.series_id for entry, _ in entries if entry.series_id is not None})
    alone, repeated = feed_entries.told(entries, series, with_clients=holder.with_clients)
    zones_from = min([first_on, *(row.first_on for row, _ in series)])
    return calendar_text(f"{holder.name} · Pacesetter", alone, repeated, first_on=zones_from, last_on=today + ZONES_AHEAD)


def _note(session: Session, viewer: Viewer, action: Action, now: datetime) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"person:{viewer.person_id}", details={}, at=now)
