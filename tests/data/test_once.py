"""A reading session asks a question once; a session that writes asks every time."""

from data.engine import Database
from data.once import once


def test_a_reading_session_asks_once_and_the_next_one_anew(fresh_database: Database) -> None:
    asked: list[str] = []

    def ask() -> int:
        asked.append("asked")
        return len(asked)

    with fresh_database.reading() as session:
        assert [once(session, "a", ask), once(session, "a", ask), once(session, "b", ask)] == [1, 1, 2]
    with fresh_database.reading() as session:
        assert once(session, "a", ask) == 3


def test_a_session_that_writes_asks_every_time(fresh_database: Database) -> None:
    asked: list[int] = []
    fresh_database.write(lambda session: [once(session, "a", lambda: asked.append(1)) for _ in range(2)])
    assert asked == [1, 1]
