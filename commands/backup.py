"""backup, restore: the whole database and its recordings in one file, and back."""

from pathlib import Path
from typing import Annotated, Final

import typer

import clock
from commands.progress import progress
from commands.upkeep import reports
from data import migrate
from data.backup import dumping, restoring
from launcher.opening import any_database, ready_database
from recorder import recorder
from services import backups
from services.roll_up import rebuild
from settings import child_environment, settings, version

ALSO_KEEP: Final = (
    "Keep PACESETTER_SECRET (or the file `secret` in PACESETTER_HOME) too, elsewhere: addresses of channels are sealed with it."
)


def backup(
    *,
    file: Annotated[Path, typer.Argument(help="A new file, for instance pacesetter-2026-03-10.backup")],
    recordings: Annotated[bool, typer.Option(help="With the sound of recordings; without it they are rows that cannot be heard.")] = True,
) -> None:
    """Write the whole database and the recordings to a new private file, while people go on working."""
    now = clock.now()
    with ready_database() as database, progress("Backing up"):
        store = recorder().store if recordings else None
        made = dumping.dump(database.writer, file.resolve(), product=version(), now=now, environment=child_environment(), sounds=store)
        database.write(lambda session: backups.note_backup(session, size=made.bytes, rows=made.manifest.rows, at=now))
    held = f"{made.manifest.rows:,} rows of {len(made.manifest.tables)} tables, {len(made.manifest.recordings):,} recordings"
    typer.echo(f"{file}: {held}, {made.bytes / 1e6:,.1f} MB.")
    if made.missing:
        typer.echo(f"The sound of {made.missing:,} recordings is not in the folder {settings().recordings_folder}.", err=True)
    typer.echo(ALSO_KEEP)


def restore(
    *,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A file that `backup` made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Restore over what the database holds now, which is lost.")] = False,
) -> None:
    """Put a backup back, all of it or nothing, bring it to the newest schema and check it. Stop Pacesetter before."""
    with any_database() as database:
        with progress("Restoring"):
            manifest = restoring.restore(
                database.writer, file.resolve(), replace=replace, environment=child_environment(), sounds=recorder().store
            )
        with progress("Migrating"), database.writer.begin() as connection:
            migrate.upgrade(connection)
        with progress("Counting"):
            database.write(rebuild)
        database.write(lambda session: backups.note_restore(session, made_at=manifest.moment, rows=manifest.rows, at=clock.now()))
        with progress("Checking") as advance:
            broken = [report.promise for report in reports(database, advance) if not report.holds]
    typer.echo(f"Restored the backup of {manifest.moment:%Y-%m-%d %H:%M} UTC: {manifest.rows:,} rows, each table as the backup says.")
    if manifest.recordings:
        typer.echo(f"{len(manifest.recordings):,} recordings are in {settings().recordings_folder}, each as it was put in.")
    for promise in broken:
        typer.echo(f"FAIL  {promise}", err=True)
    if broken:
        raise typer.Exit(1)
