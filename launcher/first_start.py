"""Before anything serves: the newest schema, and a demo company where nobody was before."""

from typing import Final

import clock
from data import migrate
from data.engine import Database
from launcher.saying import say
from services import demo, people
from services.demo import DEMO_PASSWORD, Size

DEMO_SIZE: Final = Size.DEFAULT
NOBODY: Final = "Nobody can sign in yet: open the address, or run `python manage.py create-admin`."


def prepare(url: str, *, with_demo: bool) -> list[str]:
    """Migrate, fill a new database with the demo company if wished, and return the lines that tell how to sign in."""
    database = Database(url)
    try:
        with database.writer.begin() as connection:
            migrate.upgrade(connection)
        if with_demo:
            _fill(database)
        return _ways_in(database)
    finally:
        database.close()


def _fill(database: Database) -> None:
    with database.reading() as session:
        if not demo.is_first_start(session):
            return
    say("Making up a demo company, some ten seconds …")
    now = clock.now()
    database.write(lambda session: demo.load(session, size=DEMO_SIZE, now=now))


def _ways_in(database: Database) -> list[str]:
    with database.reading() as session:
        if demo.is_loaded(session):
            return [f"{entry.role.value.capitalize():<8} {entry.email}   password: {DEMO_PASSWORD}" for entry in demo.sign_ins()]
        return [NOBODY] if people.is_first_start(session) else []
