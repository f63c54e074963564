"""What the calendar routes take and answer with."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Self

from pydantic import ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic.config import JsonDict

from api.v1.call_bodies import CallOut
from api.v1.fields import PAGE, Body, Cursor, Day, Limit, Moment, PathId, RecordId, Shown, Words, left_out
from api.v1.naming import NamesAgent
from domain.access import Selection
from domain.calendar.recurrence import LONGEST_TEXT, rule_of
from domain.calendar.rule_words import rule_words
from domain.calendar.series import Reach
from domain.facts import EventEntry
from domain.local_time import wall_clock
from domain.periods import Period
from domain.records import EventKind, EventStatus, Outcome
from services.calendar import SAID, Booked
from services.event_input import LONGEST_MINUTES, EventDetails, NewEvent, changed_event, new_event
from services.event_start import Started

LONGEST_DAYS: Final = 366
"""A year: what is planned further ahead is asked for by its own year."""
MOST_AGENTS: Final = 50
Title = Annotated[Words, Field(min_length=1, max_length=200, pattern=r"\S")]
Notes = Annotated[Words, Field(max_length=2000)]
Minutes = Annotated[StrictInt, Field(ge=1, le=LONGEST_MINUTES)]
Version = Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]
RuleText = Annotated[Words, Field(min_length=1, max_length=LONGEST_TEXT)]
_EXAMPLE: Final[JsonDict] = {
    "agent_email": "ada@example.com",
    "kind": "appointment",
    "title": "12 Oak Street",
    "starts_at": "2026-03-10T10:00:00+01:00",
    "minutes": 45,
    "repeats": "FREQ=WEEKLY;COUNT=4",
}


class EventIn(NamesAgent):
    """Something to plan; a person who names no agent means themself."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    kind: EventKind
    title: Title
    notes: Notes = ""
    starts_at: Moment
    minutes: Minutes = 30
    lead_id: RecordId | None = None
    deal_id: RecordId | None = None
    module_id: PathId | None = None
    """A training module, for a training."""
    auto_record: StrictBool = True
    """Whether starting it offers the recorder, where recording is allowed."""
    repeats: RuleText | None = None
    """A rule as in iCalendar (RFC 5545), such as `FREQ=WEEKLY;BYDAY=TU;UNTIL=20270305`."""

    def planned(self, agent_id: int, zone_name: str) -> NewEvent:
        """The same for the service, on the clock of the agent."""
        said = {field: getattr(self, field) for field in SAID}
        return new_event(agent_id=agent_id, minutes=self.minutes, starts=wall_clock(self.starts_at, zone_name), **said)


class EventChange(Body):
    """What should read differently; what is left out stays, null takes a link away."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"starts_at": "2026-03-10T11:00:00+01:00", "reach": "following"}]})

    kind: EventKind = left_out()
    title: Title = left_out()
    notes: Notes = left_out()
    starts_at: Moment = left_out()
    minutes: Minutes = left_out()
    lead_id: RecordId | None = left_out()
    deal_id: RecordId | None = left_out()
    module_id: PathId | None = left_out()
    auto_record: StrictBool = left_out()
    repeats: RuleText = left_out()
    """Another rule; it begins with this entry."""
    reach: Reach = Reach.THIS
    version: Version | None = None
    """The version it was read in; without it whatever there is now is changed."""

    def details(self, event: EventEntry) -> EventDetails:
        """The entry as it should be."""
        known = {field: getattr(event, field) for field in SAID}
        known |= {"starts_at": event.starts_at, "minutes": int((event.ends_at - event.starts_at).total_seconds() // 60)}
        said: dict[str, Any] = known | self.model_dump(exclude_unset=True, exclude={"reach", "version", "repeats"})
        return changed_event(starts=wall_clock(said.pop("starts_at"), event.time_zone), **said)


class Seen(Body):
    """The version something was read in; without it whatever there is now is meant."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1}]})

    version: Version | None = None


class Ending(Seen):
    """How an entry ended."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"outcome": "interested"}]})

    outcome: Outcome | None = None
    """`no_show` where nobody came."""


class CallingOff(Seen):
    """Which entries of a series are called off."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reach": "following"}]})

    reach: Reach = Reach.THIS


class EventsQuery(Body):
    """Which days, both included, and whose."""

    first_on: Annotated[Day, Field(alias="from")]
    last_on: Annotated[Day, Field(alias="to")]
    agents: Annotated[list[PathId], Field(max_length=MOST_AGENTS)] = Field(default_factory=list)
    """Everybody the caller looks after, unless named."""
    limit: Limit = PAGE
    cursor: Cursor | None = None

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if not 0 <= (self.last_on - self.first_on).days < LONGEST_DAYS:
            raise ValueError(f"to is on or after from, and at most {LONGEST_DAYS} days in all")
        return self

    @property
    def selection(self) -> Selection:
        """The same for the service."""
        return Selection(period=Period(self.first_on, self.last_on + timedelta(days=1)), agent_ids=frozenset(self.agents))


class SeriesOut(Shown):
    """What an entry is one of."""

    series_id: int
    rule: str
    words: str
    """The rule as people say it."""
    occurs_on: date
    """The day its series put it on."""


class EventOut(Shown):
    """A calendar entry; its day is told in the agent's zone."""

    id: int
    agent_id: int
    agent_name: str
    time_zone: str
    kind: EventKind
    title: str
    notes: str
    starts_at: datetime
    ends_at: datetime
    local_on: date
    status: EventStatus
    lead_id: int | None
    lead_name: str | None
    deal_id: int | None
    activity_id: int | None
    module_id: int | None
    module_title: str | None
    auto_record: bool
    started_at: datetime | None
    series: SeriesOut | None
    version: int

    @classmethod
    def of(cls, event: EventEntry) -> Self:
        """The entry as it is shown."""
        return cls(**_fields(event))


class StartedOut(EventOut):
    """An entry that has begun."""

    call: CallOut | None
    """The call under way, and whether it may be recorded; null for training and blocked time."""

    @classmethod
    def started(cls, started: Started) -> Self:
        """What began as it is shown."""
        return cls(**_fields(started.event), call=CallOut.of(started.call) if started.call else None)


class OverlapOut(Shown):
    """Another planned entry at the same time."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime


class BookedOut(EventOut):
    """A stored entry, and what is worth knowing about it."""

    entries: int
    """How many stand in the calendar for it: more than one where it repeats."""
    overlapping: list[OverlapOut]

    @classmethod
    def booked(cls, booked: Booked) -> Self:
        """What was booked as it is shown."""
        overlapping = [OverlapOut.model_validate(each) for each in booked.overlapping]
        return cls(**_fields(booked.event), entries=booked.written, overlapping=overlapping)


class CalledOff(Shown):
    """How many entries were called off."""

    cancelled: int


class EventPage(Shown):
    """Some of the entries, in the order they start."""

    items: list[EventOut]
    next_cursor: str | None


def _fields(event: EventEntry) -> dict[str, Any]:
    fields = {name: getattr(event, name) for name in EventOut.model_fields if name != "series"}
    return fields | {"series": _series(event)}


def _series(event: EventEntry) -> SeriesOut | None:
    part = event.series
    if part is None:
        return None
    words = rule_words(rule_of(part.rule), part.first_on)
    return SeriesOut(series_id=part.series_id, rule=part.rule, words=words, occurs_on=part.occurs_on)
