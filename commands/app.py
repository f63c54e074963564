"""All commands together."""

import typer

from commands import backup, demo, docs, imports, people, upkeep
from commands.failures import PlainFailures
from launcher import signals

app = typer.Typer(
    cls=PlainFailures,
    help="Pacesetter's administration. Without DATABASE_URL it works on the embedded database, whether Pacesetter runs or not.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(upkeep.migrate)
app.command()(upkeep.rebuild)
app.command()(upkeep.check)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(people.create_admin)
app.command()(people.reset_password)
app.command()(people.erase_person)
app.command(name="import")(imports.import_files)
app.command(hidden=True)(docs.docs)
app.add_typer(demo.app, name="demo")


def main() -> None:
    """Run the command of the command line; a signal ends it cleanly, the embedded database included."""
    signals.raise_stop_requested()
    try:
        app()
    except signals.StopRequested:
        typer.echo("Stopped; what was not finished was not kept.", err=True)
        raise SystemExit(130) from None
