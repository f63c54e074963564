"""Following a link of a digest counts as reading it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Notification, Person
from services.notifications import Notice, notify_person
from tests import builders
from tests.ui.visits import Open, visit


def test_a_link_of_a_digest_marks_it_read_and_leaves_the_address_clean(app: Open, live_database: Database) -> None:
    def build(session: Session) -> Person:
        builders.organisation(session)
        made: Person = builders.manager(session, of=builders.team(session))
        for cause in ("week_digest:2026-03-09", "week_digest:2026-03-16"):
            notify_person(session, made.id or 0, Notice(kind="week_digest", title="Your team", dedupe_key=cause), clock.now())
        return made

    at = visit(app, live_database.write(build), "alerts", digest="2026-03-16")
    with live_database.reading() as session:
        read = {row.dedupe_key.split(":")[1]: row.read_at is not None for row in session.scalars(select(Notification))}
    assert read == {"2026-03-09": False, "2026-03-16": True}
    assert "digest" not in at.query_params
