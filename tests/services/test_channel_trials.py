"""Trying a channel out tells the truth."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Channel, DeliveryResult, MessageStatus
from domain.errors import ConflictError, NotFoundError
from integrations.sender import Answer, Refused, Retry, Sent
from services import access
from services.access import Viewer
from services.channel_trials import TITLE, Trial, try_out
from services.delivery_rules import PACE
from tests import builders
from tests.builders import NOON
from tests.services import outbox
from tests.services.outbox import Clock, Receiver, states, tries, ways_out


@pytest.fixture
def ada(fresh_database: Database) -> Viewer:
    return fresh_database.write(lambda session: access.viewer(session, builders.person(session).id))


def own(database: Database, ada: Viewer, **fields: object) -> int:
    return database.write(lambda session: outbox.channel(session, person_id=ada.person_id, **fields)).id or 0


def tried(database: Database, ada: Viewer, channel_id: int, answer: Answer) -> Trial:
    return try_out(database, ada, ways_out(Receiver(iter([answer]))), channel_id, now=Clock())


def test_a_test_that_arrives_says_so_and_is_in_the_log(fresh_database: Database, ada: Viewer) -> None:
    channel_id, receiver = own(fresh_database, ada), Receiver(iter([Sent(detail="200 ok")]))
    trial = try_out(fresh_database, ada, ways_out(receiver), channel_id, now=Clock())
    assert trial.arrived
    assert [said.title for _, said in receiver.taken] == [TITLE]
    assert (states(fresh_database), tries(fresh_database)) == ([MessageStatus.SENT], [(DeliveryResult.SENT, "200 ok")])


def test_a_test_that_fails_this_time_is_not_sent_later(fresh_database: Database, ada: Viewer) -> None:
    channel_id = own(fresh_database, ada)
    trial = tried(fresh_database, ada, channel_id, Retry(after=timedelta(seconds=9), detail="429 rate_limited"))
    assert (trial.arrived, "429 rate_limited" in trial.words) == (False, True)
    assert states(fresh_database) == [MessageStatus.EXPIRED]
    with fresh_database.reading() as session:
        assert session.get_one(Channel, channel_id).not_before == NOON + timedelta(seconds=9)


def test_a_test_refused_for_good_breaks_the_channel_and_one_that_arrives_mends_it(fresh_database: Database, ada: Viewer) -> None:
    channel_id = own(fresh_database, ada)
    assert tried(fresh_database, ada, channel_id, Refused(reason="The webhook is gone.")).words == "The webhook is gone."
    with fresh_database.reading() as session:
        assert session.get_one(Channel, channel_id).broken_at == NOON
    assert tried(fresh_database, ada, channel_id, Sent()).arrived
    with fresh_database.reading() as session:
        assert session.get_one(Channel, channel_id).broken_at is None


def test_a_test_does_not_flood(fresh_database: Database, ada: Viewer) -> None:
    channel_id, clock = own(fresh_database, ada), Clock()
    ways = ways_out(Receiver(), pace=PACE)
    try_out(fresh_database, ada, ways, channel_id, now=clock)
    with pytest.raises(ConflictError):
        try_out(fresh_database, ada, ways, channel_id, now=clock)


def test_somebody_elses_channel_is_not_tried(fresh_database: Database, ada: Viewer) -> None:
    def theirs(session: Session) -> Channel:
        return outbox.channel(session, person_id=builders.person(session).id)

    other, receiver = fresh_database.write(theirs), Receiver()
    with pytest.raises(NotFoundError):
        try_out(fresh_database, ada, ways_out(receiver), other.id or 0, now=Clock())
    assert receiver.taken == []
