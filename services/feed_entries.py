"""Calendar entries as a private feed tells them: when, what kind, and more only where its owner said so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from data.models import CalendarEvent, EventSeries
from data.queries.feeds import About, Entry, Series
from domain.periods import Period
from domain.records import EventKind, EventStatus
from integrations.ical_writer import FeedEntry, FeedSeries
from services.series_entries import pattern_of

NAMES: Final[Mapping[EventKind, str]] = {
    EventKind.CALL: "Call",
    EventKind.APPOINTMENT: "Appointment",
    EventKind.SHOWING: "Showing",
    EventKind.MEETING: "Meeting",
    EventKind.TRAINING: "Training",
    EventKind.BLOCKED: "Blocked time",
}
PLACE: Final = "pacesetter"


def told(entries: Sequence[Entry], series: Sequence[Series], *, with_clients: bool) -> tuple[list[FeedEntry], list[FeedSeries]]:
    """What is planned once, and what repeats; an entry its series does not reach any more stands by itself."""
    repeated = [(each, _repeated(each, entries, with_clients=with_clients)) for each in series]
    days = {(row.id, day) for (row, _), each in repeated for day in each.days}
    alone = [
        _entry(each, with_clients=with_clients)
        for each in entries
        if each[0].status is not EventStatus.CANCELLED and (each[0].series_id, each[0].occurs_on) not in days
    ]
    return alone, [each.told for _, each in repeated if each.days]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Repeated:
    told: FeedSeries
    days: Sequence[date]
    """The days it has been written for."""


def _repeated(series: Series, entries: Sequence[Entry], *, with_clients: bool) -> _Repeated:
    """The series with what its entries have become: a day without one is left out, one that differs says how."""
    row, about = series
    pattern = pattern_of(row)
    days = pattern.repetition.days(Period(row.first_on, max(row.written_until, row.first_on + timedelta(days=1))))
    kept = [each for each in entries if each[0].series_id == row.id and each[0].status is not EventStatus.CANCELLED]
    shown = {each[0].occurs_on: _entry(each, with_clients=with_clients) for each in kept}
    starts_at, ends_at = pattern.span(row.first_on)
    first = FeedEntry(
        uid=f"series-{row.id}@{PLACE}",
        sequence=row.version - 1,
        stamped_at=row.created_at or starts_at,
        starts_at=starts_at,
        ends_at=ends_at,
        **_words(row, about, with_clients=with_clients),
    )
    return _Repeated(
        told=FeedSeries(
            first=first,
            repetition=pattern.repetition,
            left_out=[day for day in days if day not in shown],
            differing=[(day, shown[day]) for day in days if day in shown and not _is_usual(shown[day], first, pattern.span(day))],
        ),
        days=days,
    )


def _is_usual(entry: FeedEntry, first: FeedEntry, span: tuple[datetime, datetime]) -> bool:
    return (entry.starts_at, entry.ends_at, entry.summary, entry.description) == (*span, first.summary, first.description)


def _entry(entry: Entry, *, with_clients: bool) -> FeedEntry:
    row, about = entry
    return FeedEntry(
        uid=f"event-{row.id}@{PLACE}",
        sequence=row.version - 1,
        stamped_at=row.created_at or row.starts_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        **_words(row, about, with_clients=with_clients),
    )


def _words(row: CalendarEvent | EventSeries, about: About, *, with_clients: bool) -> dict[str, str]:
    """Without clients only the kind is told, and which training it is: a title may well be somebody's name."""
    if with_clients:
        return {"summary": row.title, "description": "\n".join(part for part in (about.lead, row.notes) if part)}
    name = NAMES[row.kind]
    return {"summary": f"{name}: {about.module}" if about.module else name, "description": ""}
