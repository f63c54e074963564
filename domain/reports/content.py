"""A report as finished words and figures; every file format is drawn from this one object, so that none can differ from another."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: its cells, and how long a bar beside it is."""

    cells: tuple[str, ...]
    bar_share: float | None = None
    """From 0 to 1; drawn in a column of its own, and never the only way to learn a figure. None without a bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows below headings; the first column has words, the others have figures."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def has_bars(self) -> bool:
        """Whether any row has one."""
        return any(row.bar_share is not None for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report under its own heading."""

    title: str
    note: str = ""
    """What counts here and what does not."""
    table: Table | None = None
    lines: tuple[str, ...] = ()
    """Sentences, each a paragraph."""
    empty: str = ""
    """What stands here where there is neither a row nor a line."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show but the sentence that says so."""
        return not self.lines and (self.table is None or not self.table.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report of some days about an agent or a team."""

    title: str
    about: str
    """Whose report it is."""
    days: str
    compared_with: str
    made: str
    """For whom and on which day."""
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    """How to read the figures."""

    def words(self) -> Iterator[str]:
        """Everything a reader of any file of it reads, in order."""
        yield from (self.title, self.about, self.days, self.compared_with, self.made)
        for section in self.sections:
            yield from _words(section)
        yield from self.notes


def _words(section: Section) -> Iterator[str]:
    yield from filter(None, (section.title, section.note))
    if section.is_empty:
        yield section.empty
        return
    if section.table is not None and section.table.rows:
        yield from section.table.columns
        for row in section.table.rows:
            yield from row.cells
    yield from section.lines
