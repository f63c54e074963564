"""A call as a dialer tells it, and what is stored."""

from collections.abc import Callable

from httpx import Response
from sqlalchemy import select

from data import rollups
from data.engine import Database
from data.models import Activity

Send = Callable[..., Response]
WHEN = "2026-03-10T23:30:00+00:00"
CALL = {"agent_email": "nora@example.com", "type": "call", "outcome": "connected", "occurred_at": WHEN}


def stored(database: Database) -> list[Activity]:
    with database.reading() as session:
        assert rollups.drift(session.connection()) == []
        return list(session.scalars(select(Activity).order_by(Activity.id)))
