"""One's own notifications, page by page."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.errors import NotFoundError
from services import access, inbox
from services.access import Viewer
from services.notifications import Notice, put_in_inbox
from tests import builders
from tests.builders import NOON


@pytest.fixture
def ada(session: Session) -> Viewer:
    return access.viewer(session, builders.person(session).id)


def tell(session: Session, who: Viewer, number: int) -> None:
    put_in_inbox(session, [who.person_id], Notice(kind="test", title=f"Message {number}", dedupe_key=f"k{number}"), NOON)


def test_the_inbox_is_paged_from_the_newest_without_gaps_or_doubles(session: Session, ada: Viewer) -> None:
    for number in range(inbox.PAGE + 3):
        tell(session, ada, number)
    first = inbox.entries(session, ada)
    tell(session, ada, 99)
    second = inbox.entries(session, ada, before_id=first[-1].notification_id)
    assert [entry.title for entry in first + second] == [f"Message {number}" for number in reversed(range(inbox.PAGE + 3))]


def test_read_ones_are_not_counted_and_all_can_be_read_at_once(session: Session, ada: Viewer) -> None:
    for number in range(3):
        tell(session, ada, number)
    read = inbox.mark_read(session, ada, inbox.entries(session, ada)[0].notification_id, NOON)
    assert (read.title, inbox.unread_count(session, ada)) == ("Message 2", 2)
    assert inbox.mark_all_read(session, ada, NOON) == 2
    assert (inbox.unread_count(session, ada), inbox.mark_all_read(session, ada, NOON)) == (0, 0)


def test_another_persons_notifications_do_not_exist(session: Session, ada: Viewer) -> None:
    tell(session, ada, 1)
    stranger = access.viewer(session, builders.person(session).id)
    theirs = inbox.entries(session, ada)[0].notification_id
    with pytest.raises(NotFoundError):
        inbox.mark_read(session, stranger, theirs, NOON)
    assert (inbox.entries(session, stranger), inbox.unread_count(session, stranger), inbox.mark_all_read(session, stranger, NOON)) == (
        [],
        0,
        0,
    )
    assert inbox.unread_count(session, ada) == 1


def test_the_count_of_unread_ones_stops_at_a_hundred_and_reads_an_index_only(session: Session, ada: Viewer) -> None:
    for number in range(inbox.MOST_COUNTED + 5):
        tell(session, ada, number)
    assert inbox.unread_count(session, ada) == inbox.MOST_COUNTED
    session.execute(text("SET LOCAL enable_seqscan = off"))
    plan = session.execute(text(f"EXPLAIN SELECT id FROM notification WHERE person_id = {ada.person_id} AND read_at IS NULL LIMIT 100"))
    assert "ix_notification_unread" in "\n".join(plan.scalars())
