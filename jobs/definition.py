"""What a job is: data about when it is due and how long it may take, and the function that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.engine import Database
from jobs.slots import CATCH_UP, Schedule, Slot

LEASE: Final = timedelta(seconds=60)
"""How long nobody else takes a slot whose worker fell silent. It is renewed while the work goes on."""
LONGEST: Final = timedelta(minutes=15)
"""Work that takes longer hangs: its lease is not renewed any more and somebody else tries."""
FIRST_PAUSE: Final = timedelta(seconds=1)
Counts: TypeAlias = Mapping[str, int | list[str]]
"""What a job reports of itself, for the ledger: numbers and names of days, never of people."""
Work: TypeAlias = Callable[[Session, Slot, datetime], Counts]
"""Does a slot within the caller's transaction; repeating it for the same slot must change nothing more."""

Turn: TypeAlias = Callable[[Database, str, Callable[[], datetime], Callable[[], bool]], int]
"""Given the database, the worker's name, the clock and whether to stop; returns how much it did, and goes again at once if anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something that happens at its times, once per slot however many processes there are."""

    name: str
    does: str
    """One sentence for the person who reads the timetable."""
    schedule: Schedule
    work: Work
    catch_up: int = CATCH_UP
    """How many missed slots are made up for."""
    useful_for: timedelta | None = None
    """A slot that could not begin by then is skipped; None when it is never too late."""
    lease: timedelta = LEASE
    longest: timedelta = LONGEST
    first_pause: timedelta = FIRST_PAUSE
    """Doubled with every failure, at most five minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """Something every process does all the time, safe to be done by many at once; it has no slots."""

    name: str
    does: str
    every: timedelta
    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Everything a jobs process does."""

    jobs: tuple[Job, ...]
    loops: tuple[Loop, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Of all jobs, then of the loops."""
        return (*(job.name for job in self.jobs), *(loop.name for loop in self.loops))

    def job(self, name: str) -> Job | None:
        """The job of that name."""
        return next((job for job in self.jobs if job.name == name), None)
