"""How the database would carry out what the product asks."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session


def explained(session: Session, work: Callable[[], object]) -> str:
    """The plan of the last statement the work sends to the activities."""
    sent: list[tuple[str, Any]] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *arguments: sent.append((arguments[2], arguments[3])))
    work()
    statement, parameters = [each for each in sent if "FROM activity" in each[0]][-1]
    return "\n".join(row[0] for row in session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters))
