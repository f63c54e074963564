"""A change to one entry of a series, carried on to others: the series is split, and its entries follow as far as nobody touched them."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from data.models import CalendarEvent, EventSeries
from data.queries import series as queries
from data.writes import series as writes
from domain.calendar.recurrence import rule_of
from domain.calendar.series import Reach, check_first_day, checked_rule, remaining
from domain.errors import ConflictError
from domain.facts import AgentChoice, EventEntry
from domain.local_time import local_time, wall_clock
from domain.periods import Period
from domain.records import EventStatus
from services import calendar, series_entries
from services.access import Viewer
from services.event_input import EventDetails
from services.series_entries import AHEAD, Pattern, is_on_time, is_untouched, pattern_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How a changed entry repeats: by another rule, or as it does; and which others are changed with it."""

    reach: Reach = Reach.THIS
    rule: str | None = None
    """In the words of iCalendar; None leaves it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry as it was, and as it should be."""

    event: EventEntry
    said: EventDetails
    agent: AgentChoice

    @property
    def is_moved(self) -> bool:
        """Whether it starts at another time."""
        return self.said.starts != wall_clock(self.event.starts_at, self.agent.time_zone)

    @property
    def shift(self) -> timedelta:
        """How far its day moves."""
        return self.said.starts.date() - wall_clock(self.event.starts_at, self.agent.time_zone).date()

    @property
    def minutes(self) -> int | None:
        """The new length, or None where it stays."""
        was = int((self.event.ends_at - self.event.starts_at).total_seconds() // 60)
        return None if self.said.minutes == was else self.said.minutes

    @property
    def words(self) -> dict[str, object]:
        """What it says differently."""
        return {field: value for field, value in calendar.said_of(self.said).items() if value != getattr(self.event, field)}


def change_part(session: Session, viewer: Viewer, change: Change, repeat: Repeat, today: date) -> EventSeries:
    """The part of the series the change reaches, as it is now, its entries along with it."""
    old = series_of(session, viewer, change.event)
    before = pattern_of(old)
    part = _part(session, old, before, change, begins(change.event, repeat, today))
    _rewrite(part, change, repeat.rule)
    session.flush()
    _follow(session, part, before, change)
    series_entries.write(session, part, (part.first_on, max(part.written_until, today + AHEAD)), change.agent.time_zone)
    writes.forget_if_empty(session, old)
    return part


def series_of(session: Session, viewer: Viewer, event: EventEntry) -> EventSeries:
    """The series the entry is one of, locked; raises ConflictError when somebody changed either since the entry was read."""
    series = queries.locked_series(session, event.series.series_id if event.series else 0)
    if series is None or calendar.planned_event(session, viewer, event.id, event.version).series != event.series:
        raise ConflictError(calendar.CHANGED)
    return series


def begins(event: EventEntry, repeat: Repeat, today: date) -> date:
    """The first day a change reaches; another rule begins with the entry it was said of."""
    occurs_on = event.series.occurs_on if event.series else event.local_on
    return min(today, occurs_on) if repeat.reach is Reach.ALL and repeat.rule is None else occurs_on


def _part(session: Session, old: EventSeries, before: Pattern, change: Change, day: date) -> EventSeries:
    """The series from the day on: itself where nothing of it is earlier and no day moves, else a new one that takes its entries over."""
    last = change.event.series.occurs_on if change.event.series else day
    first_on = before.repetition.days(Period(day, last + timedelta(days=1)))[0]
    if first_on == old.first_on and not change.shift:
        return old
    part = EventSeries(**old.model_dump(exclude={"id", "created_at", "version"}))
    part.rule = remaining(before.repetition.rule, old.first_on, first_on).text
    part.first_on, part.written_until = first_on + change.shift, old.written_until + change.shift
    part.until_on = old.until_on + change.shift if old.until_on else None
    writes.insert_series(session, part)
    writes.hand_on(session, old.id or 0, part.id or 0, first_on, change.shift)
    old.until_on = first_on
    return part


def _rewrite(part: EventSeries, change: Change, rule: str | None) -> None:
    """Let the series say what is different, and check that it still falls on its first day."""
    if change.is_moved:
        part.starts_at_local, part.time_zone = change.said.starts.time(), change.agent.time_zone
    part.minutes = change.minutes or part.minutes
    for field, value in change.words.items():
        setattr(part, field, value)
    part.version += 1
    if rule is not None:
        part.rule = checked_rule(rule, part.first_on, change.said.starts.time(), change.agent.time_zone).text
    check_first_day(rule_of(part.rule), part.first_on)


def _follow(session: Session, part: EventSeries, before: Pattern, change: Change) -> None:
    """Bring the entries after their series: untouched ones whose day is gone go, touched ones stay as single entries."""
    after = pattern_of(part)
    days = set(after.repetition.days(Period(part.first_on, part.written_until)))
    gone = []
    for entry in queries.entries_from(session, part.id or 0, part.first_on):
        was_on = (entry.occurs_on or entry.local_on) - change.shift
        if entry.occurs_on in days:
            _update(entry, before, after, change, was_on)
        elif is_untouched(entry, before, was_on):
            gone.append(entry.id or 0)
        else:
            entry.series_id = entry.occurs_on = None
    session.flush()
    writes.delete_entries(session, gone)


def _update(entry: CalendarEvent, before: Pattern, after: Pattern, change: Change, was_on: date) -> None:
    """Change what the entry still has from its series; the chosen one takes all that was said of it."""
    if entry.status is not EventStatus.PLANNED:
        return
    is_chosen = entry.id == change.event.id
    fields = {field: value for field, value in change.words.items() if is_chosen or getattr(entry, field) == before.said[field]}
    if is_chosen:
        fields |= calendar.timed(change.said, change.agent)[0]
    elif is_on_time(entry, before, was_on):
        starts_at, ends_at = after.span(entry.occurs_on or entry.local_on)
        fields |= {"starts_at": starts_at, "ends_at": ends_at, "local_on": local_time(starts_at, change.agent.time_zone).on}
    if any(getattr(entry, field) != value for field, value in fields.items()):
        for field, value in fields.items():
            setattr(entry, field, value)
        entry.version += 1
