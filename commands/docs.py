"""docs: the pages written from the code itself, kept in step with it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from commands import import_graph
from data import erd
from domain.errors import ConflictError
from domain.metrics import reference
from jobs import reference as timetable
from services import privacy

GENERATED: Final[Mapping[Path, Callable[[str], str]]] = {
    erd.DOCUMENT: erd.refreshed,
    reference.DOCUMENT: lambda _before: reference.reference(),
    privacy.DOCUMENT: privacy.refreshed,
    timetable.DOCUMENT: lambda _before: timetable.reference(),
    import_graph.DOCUMENT: import_graph.refreshed,
}


def docs(*, check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a page is out of date.")] = False) -> None:
    """Write the generated pages under docs/ again."""
    outdated = [path for path, text in _fresh().items() if path.read_text(encoding="utf-8") != text]
    if check and outdated:
        raise ConflictError(f"Out of date: {', '.join(path.name for path in outdated)}. Run: make docs")
    for path in outdated:
        path.write_text(_fresh()[path], encoding="utf-8")
        typer.echo(f"Written: docs/{path.name}")


def _fresh() -> dict[Path, str]:
    return {path: text(path.read_text(encoding="utf-8")) for path, text in GENERATED.items()}
