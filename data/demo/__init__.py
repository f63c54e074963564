"""One believable, invented company to try the product with: identical every time for a given day, removable without a trace."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from psycopg import Cursor
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.demo import store, volume
from data.demo.cast import DEMO_PASSWORD, HOME_ZONE, OFFICES, PLAYERS, SIGN_IN_ADMIN, SIGN_IN_AGENT, SIGN_IN_MANAGER, Size
from data.demo.company import found
from data.demo.removal import remove
from data.demo.store import Progress
from data.models import Person, Team
from domain.errors import ConflictError
from domain.records import Role

__all__ = ["DEMO_PASSWORD", "HOME_ZONE", "SignIn", "Size", "is_loaded", "load", "remove", "sign_ins"]

BUILT: Final = 0.4
"""The share of a load's time that goes into making the company up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody the demo can be entered as; everybody's password is DEMO_PASSWORD."""

    role: Role
    name: str
    email: str


def sign_ins() -> tuple[SignIn, ...]:
    """An agent, a manager and an admin, to be printed at the start."""
    chosen = (SIGN_IN_AGENT, SIGN_IN_MANAGER, SIGN_IN_ADMIN)
    return tuple(SignIn(role=player.role, name=player.name, email=player.email) for player in chosen)


def is_loaded(session: Session | Connection) -> bool:
    """Whether the demo company is in the database."""
    return bool(session.execute(select(col(Person.id)).where(col(Person.is_demo)).limit(1)).first())


def load(
    session: Session | Connection,
    *,
    today: date,
    size: Size = Size.DEFAULT,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the company as it stands on `today`, in the caller's transaction; with `now` nothing has happened later than that.

    Raises ConflictError when it is there already, or when a team or an account of its names exists. A real organisation keeps its
    own name, currency and settings.
    """
    tell = progress or _silently
    _require_room(session)
    with _cursor(session) as cursor:
        if size is Size.LARGE:
            volume.write(cursor, today=today, now=now, volume=volume.LARGE, progress=tell)
        else:
            tell(0.0, "Making up the company")
            company = found(today, size, now)
            tell(BUILT, "People")
            store.store(cursor, company, tell)
    tell(1.0, "Done")


def _silently(share: float, words: str) -> None:
    """Progress for callers who did not ask for it."""
    del share, words


def _require_room(session: Session | Connection) -> None:
    if is_loaded(session):
        raise ConflictError("The demo company is loaded already. Remove it first: python manage.py demo remove", code="demo_loaded")
    taken = session.execute(select(col(Team.name)).where(col(Team.name).in_([office.name for office in OFFICES]))).scalars().all()
    taken = [*taken, *session.execute(select(col(Person.email)).where(col(Person.email).in_(_addresses()))).scalars()]
    taken = [*taken, *session.execute(select(col(Team.name)).where(col(Team.name).like(volume.TEAM_NAMES))).scalars()]
    if taken:
        names = ", ".join(str(name) for name in taken)
        raise ConflictError(f"The demo company would use names that exist already: {names}. Rename these first.", code="demo_names_taken")


def _addresses() -> list[str]:
    return [player.email for player in PLAYERS]


def _cursor(session: Session | Connection) -> Cursor[Any]:
    """A cursor of the driver in the session's own transaction."""
    connection = session.connection() if isinstance(session, Session) else session
    cursor: Cursor[Any] = connection.connection.cursor()  # type: ignore[assignment]
    return cursor
