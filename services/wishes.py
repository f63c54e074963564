"""What somebody wants of their channels: which kinds, at what times, how often a day."""

from datetime import datetime, time
from typing import Final

from sqlalchemy.orm import Session

from data.queries import wishes as queries
from data.writes import nudges
from data.writes import wishes as writes
from domain.errors import InputError
from domain.notices import NoticeKind, Wishes
from services.access import Viewer

CAPS: Final = range(1, 51)
"""Messages a day somebody can allow."""


def own_wishes(session: Session, viewer: Viewer) -> Wishes:
    """The viewer's; the usual ones for a program."""
    return queries.wishes_of(session, {viewer.person_id}).get(viewer.person_id, Wishes())


def want(session: Session, viewer: Viewer, kind: NoticeKind, now: datetime, *, is_wanted: bool) -> Wishes:
    """Switch a kind on or off by the viewer's channels. Switching nudges off is counted for the arm of the last one."""
    writes.keep_choice(session, viewer.person_id, kind, now, is_wanted=is_wanted)
    if kind is NoticeKind.NUDGES and not is_wanted:
        nudges.note_opt_out(session, viewer.person_id, now)
    return own_wishes(session, viewer)


def keep_times(session: Session, viewer: Viewer, *, quiet_from: time, quiet_until: time, daily_cap: int, now: datetime) -> None:
    """Keep the viewer's quiet hours (none where they end as they begin) and their limit of messages a day."""
    if daily_cap not in CAPS:
        raise InputError(f"A limit is between {CAPS[0]} and {CAPS[-1]} messages a day.")
    writes.keep_times(session, viewer.person_id, quiet_from=quiet_from, quiet_until=quiet_until, daily_cap=daily_cap, now=now)
