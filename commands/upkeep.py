"""migrate, rebuild, check: keeping schema and numbers right."""

import typer

from commands.progress import Advance, progress
from data import migrate as migrations
from data.engine import Database
from launcher.opening import any_database, ready_database
from services import checks
from services.checks import Report
from services.roll_up import rebuild as rebuild_roll_ups
from services.stage_meanings import fill_meanings


def migrate() -> None:
    """Bring the database to the newest schema, filling old rows in small steps on the way. Safe to stop and to repeat."""
    with any_database() as database:
        with database.writer.begin() as connection:
            migrations.prepare(connection)
            waits = migrations.is_fillable(connection)
        if waits:
            _fill(database)
        with database.writer.begin() as connection:
            migrations.upgrade(connection)
    typer.echo("The database has the newest schema.")


def _fill(database: Database) -> None:
    with progress("Filling in what moves meant") as advance:
        fill_meanings(database, advance)


def rebuild() -> None:
    """Count every fact again into the daily numbers the screens read."""
    with ready_database() as database, progress("Counting"):
        rows = database.write(rebuild_roll_ups)
    typer.echo(f"Rebuilt: {rows:,} rows of daily numbers.")


def check() -> None:
    """Check what must always hold; exits with 1 when something does not."""
    with ready_database() as database, progress("Checking") as advance:
        found = reports(database, advance)
    for report in found:
        typer.echo(f"{'ok  ' if report.holds else 'FAIL'}  {report.promise}")
        for finding in report.shown:
            typer.echo(f"        {finding}")
    if not all(report.holds for report in found):
        raise typer.Exit(1)


def reports(database: Database, advance: Advance) -> list[Report]:
    """Every promise asked of the database."""
    found = []
    for done, invariant in enumerate(checks.INVARIANTS, start=1):
        with database.reading() as session:
            found.append(checks.report(session, invariant))
        advance(done, len(checks.INVARIANTS))
    return found
