"""On failure: one plain sentence on standard error and a non-zero exit, never a traceback."""

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from typer.core import TyperGroup

from domain.errors import PacesetterError


class PlainFailures(TyperGroup):
    """A group of commands whose failures are sentences."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except (PacesetterError, ValidationError, SQLAlchemyError, OSError) as error:
            typer.secho(sentence(error), err=True, fg=typer.colors.RED)
            raise typer.Exit(1) from error


def sentence(error: PacesetterError | ValidationError | SQLAlchemyError | OSError) -> str:
    """What went wrong, for the person at the terminal."""
    match error:
        case ValidationError():
            faults = (f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors(include_input=False))
            return "This cannot be used: " + "; ".join(faults)
        case SQLAlchemyError():
            cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            return f"The database does not answer as it should: {cause}. Check DATABASE_URL, and run `python manage.py migrate`."
        case OSError():
            return f"{error.filename or 'A file'} cannot be used: {error.strerror or error}."
        case _:
            return str(error)
