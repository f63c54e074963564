"""Sending managers their digest on Monday morning, once for each week, and less often to those who do not open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import choices, report_readers, week_digests
from data.queries.report_readers import Reader
from data.queries.week_digests import ToldDigest
from data.writes import messages as writes
from domain.local_time import wall_clock
from domain.periods import Grain
from domain.records import Role
from domain.reports.due import due
from domain.week_digest import pace
from domain.week_digest.as_html import as_html
from domain.week_digest.as_text import as_text
from domain.week_digest.content import WeekDigest, cause
from services.access import Viewer, viewer
from services.notifications import Notice, notify_person
from services.report_choices import UNSAID, choices_of
from services.week_digest import MARK, Monday, team_week

__all__ = ["MARK", "opened", "tell_weeks"]
NEVER: Final[tuple[ToldDigest, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A manager's week that may be told."""

    reader: Reader
    monday: Monday


def tell_weeks(session: Session, now: datetime) -> dict[str, int]:
    """Tell every manager whose Monday morning it is and who wants it; returns counts."""
    managers = [each for each in report_readers.readers(session) if each.role is Role.MANAGER]
    mornings = [each for reader in managers for each in _mornings(reader, now)]
    people = {each.reader.person_id for each in mornings}
    chosen, past = choices_of(session, people), week_digests.past_digests(session, people)
    wanted = [each for each in mornings if chosen.get(each.reader.person_id, UNSAID).weekly]
    fresh = [each for each in wanted if pace.is_due(_told(past.get(each.reader.person_id, NEVER)), each.monday.week.start)]
    return {"due": len(fresh), "told": sum(_tell(session, each, past.get(each.reader.person_id, NEVER), now) for each in fresh)}


def opened(session: Session, viewer: Viewer, week_start: str, now: datetime) -> None:
    """The viewer followed a link of their digest of that week; nothing happens for a week they were told nothing of."""
    for each in week_digests.past_digests(session, {viewer.person_id}).get(viewer.person_id, ()):
        if each.told.week_start.isoformat() == week_start and not each.told.is_read:
            writes.mark_read(session, viewer.person_id, now, notification_id=each.notification_id)


def _mornings(reader: Reader, now: datetime) -> list[_Due]:
    local = wall_clock(now, reader.time_zone)
    weeks = [each for each in due(local, None) if each.grain is Grain.WEEK]
    return [_Due(reader=reader, monday=Monday(week=each, today=local.date(), now=now)) for each in weeks]


def _told(past: Sequence[ToldDigest]) -> list[pace.Told]:
    return [each.told for each in past]


def _tell(session: Session, due_now: _Due, past: Sequence[ToldDigest], now: datetime) -> int:
    seen = viewer(session, due_now.reader.person_id)
    digest = _digest(session, seen, due_now.monday, pace.unread_in_a_row(_told(past)))
    if not digest.teams:
        return 0
    _settle(session, seen.person_id, past, now)
    notice = Notice(
        kind=week_digests.KIND,
        title=digest.title,
        body=as_text(digest),
        link=digest.weekly_link,
        dedupe_key=cause(due_now.monday.week.start),
        content={"html": as_html(digest)},
    )
    notify_person(session, seen.person_id, notice, now)
    return 1


def _digest(session: Session, seen: Viewer, monday: Monday, unread: int) -> WeekDigest:
    teams = sorted(choices.teams_in_scope(session, seen.scope).items(), key=lambda each: each[1])
    parts = [team_week(session, seen, team_id, name, monday) for team_id, name in teams]
    return WeekDigest(
        week=monday.week,
        teams=tuple(each for each in parts if each is not None),
        pace_note=pace.pace_note(unread),
        weekly_link=f"/overview?{monday.mark}",
    )


def _settle(session: Session, person_id: int, past: Sequence[ToldDigest], now: datetime) -> None:
    """Whatever is older than one that was read is history: once that one is forgotten, the older ones must not count as ignored."""
    for each in past[pace.unread_in_a_row(_told(past)) :]:
        if not each.told.is_read:
            writes.mark_read(session, person_id, now, notification_id=each.notification_id)
