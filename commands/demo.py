"""demo load, demo remove: an invented company to try the product with."""

from typing import Annotated

import typer
from sqlalchemy.orm import Session

import clock
from commands.failures import PlainFailures
from commands.progress import progress
from launcher.opening import ready_database
from services import demo
from services.demo import DEMO_PASSWORD, Size

app = typer.Typer(cls=PlainFailures, help="The demo company: invented, the same every time for a given day.", no_args_is_help=True)


@app.command()
def load(
    *,
    size: Annotated[
        Size, typer.Option(help="small for tests, default for a look around, large (500 agents, a year) for measurements.")
    ] = Size.DEFAULT,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove a loaded demo first, so that its story ends today.")] = False,
) -> None:
    """Load the demo company, its history ending today."""
    now = clock.now()
    with ready_database() as database, progress("Making up the company") as advance:

        def work(session: Session) -> None:
            if fresh and demo.is_loaded(session):
                demo.remove(session, now=now)
            demo.load(session, size=size, now=now, progress=lambda share, _words: advance(share, 1.0))

        database.write(work)
    for entry in demo.sign_ins():
        typer.echo(f"{entry.role.value:<8} {entry.email}   password: {DEMO_PASSWORD}")


@app.command()
def remove() -> None:
    """Remove the demo company; what real people did stays."""
    now = clock.now()
    with ready_database() as database, progress("Removing"):
        people = database.write(lambda session: demo.remove(session, now=now))
    typer.echo(f"Removed the demo company: {people} people and all they did." if people else "There is no demo company to remove.")
