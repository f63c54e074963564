"""Progress of long work on standard error, so that standard output stays clean for what was asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Advance = Callable[[float, float], None]
"""Told how much of how much is done."""


@contextmanager
def progress(title: str) -> Iterator[Advance]:
    """A bar with the title; it moves to and fro until it is told how much there is to do."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(title, total=None)

        def advance(done: float, total: float) -> None:
            bars.update(task, completed=done, total=total)

        yield advance
