"""import: files of a CRM from the command line, by the rules of the Imports screen."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer
from sqlalchemy.orm import Session

import clock
from commands.import_report import as_json, as_text
from commands.progress import Advance, progress
from data.engine import Database
from domain.errors import InputError, SetupError
from launcher.opening import ready_database
from secret_key import secret_key
from services import import_plan, imports, organisation
from services.import_plan import DateStyle, Preset
from services.imports import FileDraft, ImportReport, Kind, Mapping

EXISTING_ONLY: Final = "Refuse rows of people the installation does not know, instead of creating them as agents."


def import_files(  # noqa: PLR0913 - each is an option of the command
    *,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", exists=True, dir_okay=False, readable=True, help="CSV or XLSX, one after the other.")
    ],
    preset: Annotated[
        Preset | None, typer.Option(help="The system the files come from; recognised by their columns when left out.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A mapping as JSON, see --show-mapping.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="What the rows are; told from their columns when left out.")] = None,
    dates: Annotated[DateStyle | None, typer.Option(help="How dates are written, where the file itself does not tell.")] = None,
    team: Annotated[str, typer.Option(help="The team of new people whose row names none.")] = "",
    existing_people: Annotated[bool, typer.Option("--existing-people", help=EXISTING_ONLY)] = False,
    show_mapping: Annotated[bool, typer.Option("--show-mapping", help="Print the mapping that would be used, and stop.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try everything, store nothing.")] = False,
    as_data: Annotated[bool, typer.Option("--json", help="Report as JSON on standard output.")] = False,
) -> None:
    """Import files. A file imported again changes nothing; every refused row is reported with its line, column and reason."""
    if preset is not None and mapping is not None:
        raise InputError("Choose --preset or --mapping, not both: a mapping says everything a preset does.")
    own = imports.mapping_from_json(mapping.read_text(encoding="utf-8")) if mapping else None

    def understood(draft: FileDraft) -> Mapping:
        suggested = own or _suggested(draft, kind, preset, team=team, create_people=not existing_people)
        return _dated(draft, suggested, dates)

    if show_mapping:
        for file in files:
            typer.echo(understood(_opened(file, own)).model_dump_json(indent=2, exclude_defaults=True))
        return
    with ready_database() as database, progress("Importing") as advance:
        _require_company(database)
        reports = [
            _import(database, draft, understood(draft), advance, dry_run=dry_run) for draft in (_opened(file, own) for file in files)
        ]
    typer.echo(
        json.dumps(as_json(reports, dry_run=dry_run), ensure_ascii=False, indent=2) if as_data else as_text(reports, dry_run=dry_run)
    )


def _opened(file: Path, own: Mapping | None) -> FileDraft:
    return imports.inspect(file.read_bytes(), file.name, own.layout if own else None)


def _suggested(draft: FileDraft, kind: Kind | None, preset: Preset | None, *, team: str, create_people: bool) -> Mapping:
    found = import_plan.plan(draft, kind=kind, preset=preset).mapping
    return found.model_copy(update={"team": team, "create_people": create_people})


def _dated(draft: FileDraft, mapping: Mapping, dates: DateStyle | None) -> Mapping:
    """The mapping with the chosen style on every date column that can be read in two ways."""
    if dates is None:
        return mapping
    for field in import_plan.undecided_dates(draft, mapping):
        mapping = mapping.with_field(field.key, style=dates.value)
    return mapping


def _require_company(database: Database) -> None:
    with database.reading() as session:
        if organisation.company(session) is None:
            raise SetupError("Set the company up first: python manage.py create-admin")


def _import(database: Database, draft: FileDraft, mapping: Mapping, advance: Advance, *, dry_run: bool) -> ImportReport:
    now = clock.now()

    def work(session: Session) -> ImportReport:
        if dry_run:
            return imports.preview(session, None, draft, mapping, secret=secret_key(), now=now)
        return imports.run(session, None, draft, mapping, secret=secret_key(), now=now, progress=lambda share, _words: advance(share, 1.0))

    return database.write(work)
