"""The content of a manager's week in review, in words that are ready to be read; text and HTML say the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from domain.formatting import span_text, value_text
from domain.metrics.reading import Reading
from domain.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of the month against what is asked."""

    name: str
    value: str
    target: str
    due: str
    """What was due by now."""
    word: str
    """Where it stands: On track, Behind, Too early."""

    @classmethod
    def of(cls, reading: Reading, currency: str) -> Self:
        """A reading against its target in words."""
        value, target, due = (value_text(reading.metric, each, currency) for each in (reading.value, reading.target, reading.expected))
        return cls(name=reading.metric.name, value=value, target=target, due=due, word=reading.status.word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Something to look at, and the way to it."""

    head: str
    words: str
    link: str
    """An address inside the product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWeek:
    """One team's part."""

    name: str
    month: str
    """Which month the figures are of, "November 2026"."""
    link: str
    figures: tuple[Figure, ...]
    forecast: tuple[str, ...]
    exceptions: tuple[Pointer, ...]
    """The Overview's own, most pressing first."""
    alerts: tuple[Pointer, ...]
    """Those still firing."""
    moved_up: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDigest:
    """All a manager is told of the week that ended."""

    week: Period
    teams: tuple[TeamWeek, ...]
    pace_note: str
    """That it comes less often, and why; empty while it comes every week."""
    weekly_link: str
    """One click on it brings it back every week: what is opened was not ignored."""

    @property
    def title(self) -> str:
        """The subject: what needs a word, counted, so that it is worth opening."""
        found = sum(len(each.exceptions) + len(each.alerts) for each in self.teams)
        needs = "nothing presses" if not found else f"{found} thing{'' if found == 1 else 's'} to look at"
        return f"Your {'team' if len(self.teams) == 1 else 'teams'}, {week_text(self.week)}: {needs}"


def week_text(week: Period) -> str:
    """`16 – 22 Nov 2026`."""
    return span_text(week.start, week.end - timedelta(days=1))


def cause(week_start: date) -> str:
    """What makes a person's digest of a week exist once."""
    return f"week_digest:{week_start}"
