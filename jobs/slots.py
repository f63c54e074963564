"""When a job is due: a pure function of its schedule, the time and what was due last."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Final, TypeAlias

from domain.errors import InputError
from domain.local_time import moment_at, wall_clock, zone

CATCH_UP: Final = 3
"""After a long sleep the three newest slots are worth doing; a machine that was off for a month must not redo the month at once."""
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One time a job is due. The name is nominal: changes of the clock do not alter it, and it is what makes a slot run once."""

    name: str
    due_at: datetime

    @property
    def day(self) -> date:
        """The date it stands for: local for a daily schedule, in UTC for an interval."""
        return date.fromisoformat(self.name[:10])


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Again and again, in step with the hours of UTC, so that every process means the same moments."""

    step: timedelta

    @property
    def words(self) -> str:
        """The schedule for people: `every 5 min`."""
        seconds = int(self.step.total_seconds())
        units = ((3600, "h"), (60, "min"), (1, "s"))
        size, unit = next((size, unit) for size, unit in units if seconds % size == 0)
        return f"every {seconds // size} {unit}"

    def in_zone(self, name: str) -> "Every":
        """The same anywhere."""
        del name
        return self

    def backwards(self, now: datetime) -> Iterator[Slot]:
        """The slots due by now, newest first, without end."""
        due_at = now - (now - EPOCH) % self.step
        while True:
            yield self._at(due_at)
            due_at -= self.step

    def after(self, now: datetime) -> Slot:
        """The next one."""
        return self._at(now - (now - EPOCH) % self.step + self.step)

    def named(self, name: str) -> Slot:
        """The slot of that name, such as 2026-03-10T09:05:00Z, in UTC also without Z; InputError when this schedule has no such slot."""
        try:
            told = datetime.fromisoformat(name)
        except ValueError:
            raise InputError(f"“{name}” is not a slot. Name a moment in UTC, such as 2026-03-10T09:05:00Z.") from None
        due_at = told.astimezone(UTC) if told.tzinfo is not None else told.replace(tzinfo=UTC)
        if (due_at - EPOCH) % self.step:
            nearest = next(self.backwards(due_at)).name
            raise InputError(f"There is no slot at {name}: this runs {self.words}. The one before it is {nearest}.")
        return self._at(due_at)

    def _at(self, due_at: datetime) -> Slot:
        return Slot(name=due_at.strftime(MOMENT_FORMAT), due_at=due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Once every local day, when a clock on the wall shows the time.

    A time the clock jumps over comes equally long after the jump; a time it shows twice counts the first time.
    """

    at: time
    zone: str = "UTC"

    @property
    def words(self) -> str:
        """The schedule for people: `daily at 00:40`."""
        return f"daily at {self.at:%H:%M}"

    def in_zone(self, name: str) -> "Daily":
        """The same by the clocks of another zone."""
        return replace(self, zone=name)

    def backwards(self, now: datetime) -> Iterator[Slot]:
        """The slots due by now, newest first, without end."""
        day = wall_clock(now, self.zone).date() + timedelta(days=1)
        while True:
            slot = self._on(day)
            if slot.due_at <= now:
                yield slot
            day -= timedelta(days=1)

    def after(self, now: datetime) -> Slot:
        """The next one."""
        slot = self._on(wall_clock(now, self.zone).date() - timedelta(days=1))
        while slot.due_at <= now:
            slot = self._on(slot.day + timedelta(days=1))
        return slot

    def named(self, name: str) -> Slot:
        """The slot of a date, such as 2026-03-10, with or without its zone; InputError when it is neither."""
        on, _, zone_name = name.partition(" ")
        if zone_name:
            return self.in_zone(zone(zone_name).key).named(on)
        try:
            return self._on(date.fromisoformat(on))
        except ValueError:
            raise InputError(f"“{name}” is not a slot. Name a local date, such as 2026-03-10.") from None

    def _on(self, day: date) -> Slot:
        due_at = moment_at(datetime.combine(day, self.at), self.zone).moment
        return Slot(name=f"{day} {self.zone}", due_at=due_at)


Schedule: TypeAlias = Every | Daily


def slots(schedule: Schedule, now: datetime, last: datetime | None, *, most: int = CATCH_UP) -> list[Slot]:
    """What is due by `now` and came after `last`, oldest first: the `most` newest; the newest alone when nothing ever was due."""
    missed = takewhile(lambda slot: last is None or slot.due_at > last, schedule.backwards(now))
    return list(islice(missed, 1 if last is None else most))[::-1]
