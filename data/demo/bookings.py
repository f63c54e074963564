"""Nobody books two things for the same time: what is planned moves to the next free half hour, on a later working day if need be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from data.demo.desk import Desk
from data.demo.rows import EventRow, Facts
from domain.records import EventKind, EventStatus

OPENS: Final = time(9)
CLOSES: Final = time(18)
STEP: Final = timedelta(minutes=30)
FIXED: Final = frozenset({EventKind.TRAINING, EventKind.BLOCKED})
"""These keep their hour; customers are booked around them."""

Span = tuple[datetime, datetime]


def untangle(desks: Sequence[Desk], facts: Facts) -> None:
    """Give every planned entry a time of its own on its agent's clock; what is over stays as it was."""
    desk_of = {desk.number: desk for desk in desks}
    by_agent = attrgetter("agent")
    entries = groupby(sorted(facts.events, key=by_agent), key=by_agent)
    facts.events[:] = [event for agent, own in entries for event in _apart(desk_of[agent], facts, list(own))]


def _apart(desk: Desk, facts: Facts, events: list[EventRow]) -> Iterable[EventRow]:
    stays = [event for event in events if event.status is not EventStatus.PLANNED or event.kind in FIXED]
    taken = [_span(event) for event in stays]
    yield from stays
    for event in sorted((each for each in events if each not in stays), key=lambda each: each.starts.local):
        moved = _free(desk, event, taken)
        kept = moved if facts.on_agenda(moved.starts) else event
        taken.append(_span(kept))
        yield kept


def _free(desk: Desk, event: EventRow, taken: Sequence[Span]) -> EventRow:
    """The entry at the first free time from its own on."""
    start, length = event.starts.local, timedelta(minutes=event.minutes)
    while any(start < until and start + length > since for since, until in taken):
        start += STEP
        if (start + length).time() > CLOSES or (start + length).date() > start.date():
            start = datetime.combine(desk.workday(start.date() + timedelta(days=1)), OPENS)
    if start == event.starts.local:
        return event
    return replace(event, starts=desk.at(start.date(), start.hour * 3600 + start.minute * 60))


def _span(event: EventRow) -> Span:
    return event.starts.local, event.starts.local + timedelta(minutes=event.minutes)
