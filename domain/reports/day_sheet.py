"""A day on one sheet of paper: what to do, where to be, whom to call, with room to tick and to write."""

from collections.abc import Iterator
from dataclasses import dataclass

MOST_TO_DO, MOST_PLANNED, MOST_CALLS = 5, 5, 10
"""As many as a page has room for; who needs more is at a desk."""
LONGEST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to tick: what it is, and why or when."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """What the sheet says."""

    about: str
    day: str
    made: str
    to_do: tuple[Line, ...]
    planned: tuple[Line, ...]
    calls: tuple[Line, ...]

    def words(self) -> Iterator[str]:
        """Everything a reader of it reads."""
        yield from (self.about, self.day, self.made)
        for line in (*self.to_do, *self.planned, *self.calls):
            yield from (line.what, line.why)


def line(what: str, why: str = "") -> Line:
    """A line whose words are cut to what a sheet has room for."""
    return Line(what=_cut(what), why=_cut(why))


def _cut(words: str) -> str:
    told = " ".join(words.split())
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
