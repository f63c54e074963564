"""create-admin, reset-password, erase-person: getting people in, and out for good."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

import clock
from domain.records import Profile, Role
from launcher.opening import ready_database
from secret_key import secret_key
from services import erasure, people
from services.person_input import company_details, person_details


def asked(title: str) -> Callable[[typer.Context, typer.CallbackParam, str], str]:
    """Ask for an option that was left out, offering its default; a script, which cannot answer, gets the default."""

    def ask(context: typer.Context, option: typer.CallbackParam, value: str) -> str:
        source = context.get_parameter_source(option.name or "")
        was_given = source is None or source.name != "DEFAULT"
        return value if was_given or not sys.stdin.isatty() else str(typer.prompt(title, default=value))

    return ask


def create_admin(  # noqa: PLR0913 - each is an option of the command
    *,
    name: Annotated[str, typer.Option(prompt="Your name", help="The administrator's name.")],
    email: Annotated[str, typer.Option(prompt="Your e-mail", help="What the administrator signs in with.")],
    company: Annotated[str, typer.Option(prompt="Company", help="The company's name.")],
    currency: Annotated[str, typer.Option(callback=asked("Currency"), help="Of all amounts, as three letters.")] = "USD",
    time_zone: Annotated[str, typer.Option(callback=asked("Time zone"), help="Where the company works.")] = "America/New_York",
    country: Annotated[str, typer.Option(callback=asked("Country"), help="Whose public holidays count, as two letters.")] = "US",
    profile: Annotated[Profile, typer.Option(help="What kind of business it is.")] = Profile.REAL_ESTATE,
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="At least 12 characters; better left out and typed.")
    ],
) -> None:
    """Set up the company with its first administrator, while nobody can sign in yet."""
    company_is = company_details(name=company, currency=currency, time_zone=time_zone, country=country, profile=profile)
    person = person_details(name=name, email=email, role=Role.ADMIN, time_zone=time_zone)
    with ready_database() as database:
        database.write(lambda session: people.create_first_admin(session, company_is, person, password, clock.now()))
    typer.echo(f"{person.name} can sign in as {person.email} and set up everybody else.")


def reset_password(email: Annotated[str, typer.Argument(help="Whose password.")]) -> None:
    """Give somebody a new one-time password; they choose their own at the next sign-in, and every session of theirs ends."""
    with ready_database() as database:
        password = database.write(lambda session: people.reset_password(session, email, clock.now()))
    typer.echo(f"One-time password: {password}")


def erase_person(
    who: Annotated[str, typer.Argument(help="Whose e-mail or number.")],
    confirm: Annotated[str, typer.Option(prompt="Their name or e-mail once more; this cannot be undone", help="Their name or e-mail.")],
) -> None:
    """Erase somebody for good: what is theirs goes, what the company's sums rest on stays without a name."""
    with ready_database() as database:
        nameless = database.write(lambda session: erasure.erase_named(session, who, confirm, secret=secret_key(), now=clock.now()))
    typer.echo(f"Erased; what stays is of {nameless}. Older backups still have it until they are deleted.")
