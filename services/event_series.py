"""What repeats in the calendar: booked once, changed and called off one by one, from one on, or all that is to come."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import CalendarEvent, EventSeries
from data.queries import events
from data.queries import series as queries
from data.writes import series as writes
from domain.calendar.recurrence import Rule, ended, rule_of
from domain.calendar.series import Reach, check_first_day, remaining, shortened
from domain.errors import InputError
from domain.facts import AgentChoice, EventEntry
from domain.local_time import ClockNote, local_time, moment_at, wall_clock
from domain.periods import Period
from domain.records import EventStatus
from services import calendar, series_entries
from services.access import Viewer
from services.calendar import Booked
from services.event_input import EventDetails, NewEvent
from services.series_entries import AHEAD, Pattern, is_on_time, is_untouched, pattern_of

ALONE: Final = "One entry alone does not repeat by another rule. Change this one and those after it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How a changed entry repeats: by another rule, or as it does; and which others are changed with it."""

    reach: Reach = Reach.THIS
    rule: str | None = None
    """In the words of iCalendar; None leaves it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """An entry as it was, as it should be, and how far its day moves."""

    event: EventEntry
    said: EventDetails
    agent: AgentChoice

    @property
    def is_moved(self) -> bool:
        return self.said.starts != wall_clock(self.event.starts_at, self.agent.time_zone)

    @property
    def shift(self) -> timedelta:
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


def book_series(session: Session, viewer: Viewer, new: NewEvent, rule: str, today: date) -> Booked:
    """Put something that repeats into the calendar of an agent in the viewer's scope.

    Raises InputError for a rule that cannot be or leaves its first day out, NotFoundError as `calendar.book_event`.
    """
    agent = calendar.agent_for(session, viewer, new.agent_id, new.starts.date())
    calendar.check_links(session, viewer, agent, new)
    series = _begun(session, viewer, agent, new, rule)
    series_entries.write(session, series, (series.first_on, max(today, series.first_on) + AHEAD), agent.time_zone)
    return _booked(session, viewer, series, moment_at(new.starts, agent.time_zone).note)


def change_event(
    session: Session, viewer: Viewer, event_id: int, seen_version: int | None, change: EventDetails, repeat: Repeat, today: date
) -> Booked:
    """Replace what a planned entry says, alone or with others of its series; with a rule a single one begins to repeat.

    Only what differs from the entry is changed about the others. One that was moved, renamed or called off by hand keeps that; one
    whose day the series has no more stays as a single entry if it was touched. Raises as `calendar.change_event` and `book_series`.
    """
    event = calendar.planned_event(session, viewer, event_id, seen_version)
    if not _reaches_others(event, repeat.reach):
        return _changed_alone(session, viewer, event, change, repeat.rule, today)
    agent = calendar.agent_for(session, viewer, event.agent_id, change.starts.date())
    if calendar.links_of(change) != calendar.links_of(event):
        calendar.check_links(session, viewer, agent, change)
    part = _changed(session, _Change(event=event, said=change, agent=agent), repeat, today)
    return _booked(session, viewer, part, moment_at(change.starts, agent.time_zone).note, event_id)


def cancel_events(session: Session, viewer: Viewer, event_id: int, seen_version: int | None, reach: Reach, today: date) -> int:
    """Call off a planned entry, alone or with others of its series, which then ends; they stay visible. How many it were."""
    event = calendar.planned_event(session, viewer, event_id, seen_version)
    if not _reaches_others(event, reach):
        calendar.cancel_event(session, viewer, event_id, seen_version)
        return 1
    series, day = _series_of(session, event), _begins(event, Repeat(reach=reach), today)
    series.until_on, series.version = day, series.version + 1
    entries = queries.entries_from(session, series.id or 0, day)
    dropped = [entry for entry in entries if entry.status is EventStatus.PLANNED]
    for entry in dropped:
        entry.status, entry.version = EventStatus.CANCELLED, entry.version + 1
    session.flush()
    return len(dropped)


def _begun(session: Session, viewer: Viewer, agent: AgentChoice, said: EventDetails, rule: str) -> EventSeries:
    first_on = said.starts.date()
    series = EventSeries(
        agent_id=agent.agent_id,
        time_zone=agent.time_zone,
        first_on=first_on,
        starts_at_local=said.starts.time(),
        minutes=said.minutes,
        rule=_checked_rule(rule, said, agent, first_on).text,
        written_until=first_on,
        created_by=calendar.author(viewer),
        **calendar.said_of(said),
    )
    return writes.insert_series(session, series)


def _checked_rule(text: str, said: EventDetails, agent: AgentChoice, first_on: date) -> Rule:
    rule = ended(rule_of(text, at=said.starts.time(), zone_name=agent.time_zone), first_on)
    check_first_day(rule, first_on)
    return shortened(rule, first_on)


def _changed_alone(session: Session, viewer: Viewer, event: EventEntry, said: EventDetails, rule: str | None, today: date) -> Booked:
    """The entry changed by itself; with a rule it becomes the first of a series, unless it is one of a series already."""
    if rule is not None and event.series is not None:
        raise InputError(ALONE, code="reach_missing")
    booked = calendar.change_event(session, viewer, event.id, event.version, said)
    if rule is None:
        return booked
    agent = calendar.agent_for(session, viewer, event.agent_id, said.starts.date())
    series = _begun(session, viewer, agent, said, rule)
    calendar.store(session, booked.event, {"series_id": series.id, "occurs_on": series.first_on})
    series_entries.write(session, series, (series.first_on, max(today, series.first_on) + AHEAD), agent.time_zone)
    return _booked(session, viewer, series, booked.clock, event.id)


def _reaches_others(event: EventEntry, reach: Reach) -> bool:
    """Whether others are meant, and there are some: an entry behind its series' end stands alone."""
    if event.series is None or reach is Reach.THIS:
        return False
    return event.series.until_on is None or event.series.occurs_on < event.series.until_on


def _series_of(session: Session, event: EventEntry) -> EventSeries:
    return queries.locked_series(session, event.series.series_id if event.series else 0)


def _begins(event: EventEntry, repeat: Repeat, today: date) -> date:
    """The first day a change reaches; another rule begins with the entry it was said of."""
    occurs_on = event.series.occurs_on if event.series else event.local_on
    return min(today, occurs_on) if repeat.reach is Reach.ALL and repeat.rule is None else occurs_on


def _changed(session: Session, change: _Change, repeat: Repeat, today: date) -> EventSeries:
    """The part of the series the change reaches, as it is now, its entries along with it."""
    old = _series_of(session, change.event)
    before = pattern_of(old)
    part = _part(session, old, before, change, _begins(change.event, repeat, today))
    _rewrite(part, change, repeat.rule)
    session.flush()
    _follow(session, part, before, change)
    series_entries.write(session, part, (part.first_on, max(part.written_until, today + AHEAD)), change.agent.time_zone)
    writes.forget_if_empty(session, old)
    return part


def _part(session: Session, old: EventSeries, before: Pattern, change: _Change, day: date) -> EventSeries:
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


def _rewrite(part: EventSeries, change: _Change, rule: str | None) -> None:
    """Let the series say what is different, and check that it still falls on its first day."""
    if change.is_moved:
        part.starts_at_local, part.time_zone = change.said.starts.time(), change.agent.time_zone
    part.minutes = change.minutes or part.minutes
    for field, value in change.words.items():
        setattr(part, field, value)
    part.version += 1
    if rule is not None:
        part.rule = _checked_rule(rule, change.said, change.agent, part.first_on).text
    check_first_day(rule_of(part.rule), part.first_on)


def _follow(session: Session, part: EventSeries, before: Pattern, change: _Change) -> None:
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


def _update(entry: CalendarEvent, before: Pattern, after: Pattern, change: _Change, was_on: date) -> None:
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


def _booked(session: Session, viewer: Viewer, series: EventSeries, clock: ClockNote, event_id: int | None = None) -> Booked:
    entries = queries.entries_from(session, series.id or 0, series.first_on)
    return Booked(
        event=calendar.visible_event(session, viewer, event_id or entries[0].id or 0),
        clock=clock,
        overlapping=tuple(events.in_the_way_of_series(session, viewer.scope, series.id or 0)),
        written=sum(entry.status is EventStatus.PLANNED for entry in entries),
    )
