"""Bringing another program's calendar file into an agent's calendar; brought again, it changes what it brought and doubles nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import CalendarEvent
from data.queries import agents
from data.queries import events as queries
from data.writes import events as writes
from domain.facts import AgentChoice
from domain.forgotten import CALENDAR_ENTRY, client_refusal
from domain.local_time import local_time
from domain.periods import Period
from domain.records import EventKind, EventStatus
from integrations.ical_reader import Read, ReadEntry, Unread, read_calendar
from services import audit, calendar
from services.access import Viewer
from services.audit import Action
from services.feed_entries import PLACE
from services.forgetting import forgotten_texts

NotTaken: TypeAlias = Unread
BACK: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=366)
"""A year to come and the month behind: what somebody plans with."""
OURS: Final = "It comes from this calendar."
OFF: Final = "It is called off in the file."
FOREIGN: Final = "You do not look after this calendar on that day."


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file's entries; what repeats counts once a day."""

    added: int
    changed: int
    called_off: int
    unchanged: int
    refused: Sequence[Unread]


@dataclass(slots=True)
class _Tally:
    added: list[dict[str, Any]]
    changed: int = 0
    called_off: int = 0
    unchanged: int = 0


def import_calendar(
    session: Session, viewer: Viewer, agent_id: int, content: bytes, kind: EventKind, *, secret: str, now: datetime
) -> Imported:
    """Plan the file's entries for the agent as entries of the kind; every one is taken or named with why not.

    An entry brought before is known by its name in the file: it is moved and reworded while it is planned, called off where the file
    says so or its series has the day no more. Words about a client who asked to be forgotten, known by hashes made with `secret`, are
    not taken: an entry keeps the ones it has, and a new one is refused. Raises NotFoundError for a foreign agent, InputError for a file
    that cannot be read.
    """
    today = local_time(now, viewer.time_zone).on
    agent = calendar.agent_for(session, viewer, agent_id, today)
    window = Period(today - BACK, today + AHEAD)
    taken, refused = _sorted_out(session, viewer, agent, read_calendar(content, agent.time_zone, window))
    known = {each.external_uid or "": each for each in queries.brought_in(session, agent.agent_id)}
    tally = _Tally([])
    silent = forgotten_texts(session, secret, {each.key: (each.title, each.notes) for each in taken}, CALENDAR_ENTRY)
    for entry in taken:
        refused += _bring(tally, known.get(entry.key), entry, agent, kind, forgotten_on=silent.get(entry.key))
    _drop_missing(tally, known, taken, window)
    session.flush()
    author = calendar.author(viewer)
    added = writes.insert_brought_in(session, [row | {"agent_id": agent.agent_id, "created_by": author} for row in tally.added])
    _note(session, author, agent, added, now)
    return Imported(added=added, changed=tally.changed, called_off=tally.called_off, unchanged=tally.unchanged, refused=refused)


def _sorted_out(session: Session, viewer: Viewer, agent: AgentChoice, found: Sequence[Read]) -> tuple[list[ReadEntry], list[Unread]]:
    """What can be taken, and the rest with why not."""
    read = [each for each in found if isinstance(each, ReadEntry)]
    seen = agents.seen_days(session, viewer.scope, {(agent.agent_id, _day(each, agent)) for each in read})
    taken, refused = [], [each for each in found if isinstance(each, Unread)]
    for each in read:
        if f"@{PLACE}" in each.key:
            refused.append(_unread(each, OURS))
        elif (agent.agent_id, _day(each, agent)) not in seen:
            refused.append(_unread(each, FOREIGN))
        else:
            taken.append(each)
    return taken, refused


def _bring(
    tally: _Tally, known: CalendarEvent | None, entry: ReadEntry, agent: AgentChoice, kind: EventKind, *, forgotten_on: date | None
) -> list[Unread]:
    words = {} if forgotten_on else {"title": entry.title, "notes": entry.notes}
    said = words | {"starts_at": entry.starts_at, "ends_at": entry.ends_at, "local_on": _day(entry, agent)}
    if known is None:
        if forgotten_on:
            return [Unread(title="", starts_at=entry.starts_at, reason=client_refusal(forgotten_on))]
        if entry.is_called_off:
            return [_unread(entry, OFF)]
        tally.added.append({"external_uid": entry.key, "kind": kind, "status": EventStatus.PLANNED, **said})
    elif known.status is not EventStatus.PLANNED:
        tally.unchanged += 1
    elif entry.is_called_off:
        _call_off(tally, known)
    elif all(getattr(known, field) == value for field, value in said.items()):
        tally.unchanged += 1
    else:
        for field, value in said.items():
            setattr(known, field, value)
        known.version += 1
        tally.changed += 1
    return []


def _drop_missing(tally: _Tally, known: dict[str, CalendarEvent], taken: Sequence[ReadEntry], window: Period) -> None:
    """Call off the days a series of the file does not have any more."""
    series, keys = {entry.uid for entry in taken if entry.uid}, {entry.key for entry in taken}
    for key, event in known.items():
        is_of_series = key.rpartition("/")[0] in series
        if is_of_series and key not in keys and event.local_on in window and event.status is EventStatus.PLANNED:
            _call_off(tally, event)


def _call_off(tally: _Tally, event: CalendarEvent) -> None:
    event.status, event.version = EventStatus.CANCELLED, event.version + 1
    tally.called_off += 1


def _day(entry: ReadEntry, agent: AgentChoice) -> date:
    return local_time(entry.starts_at, agent.time_zone).on


def _unread(entry: ReadEntry, reason: str) -> Unread:
    return Unread(title=entry.title, starts_at=entry.starts_at, reason=reason)


def _note(session: Session, author: int | None, agent: AgentChoice, added: int, now: datetime) -> None:
    details = {"added": added}
    audit.record(session, person_id=author, action=Action.CALENDAR_IMPORT, subject=f"agent:{agent.agent_id}", details=details, at=now)
