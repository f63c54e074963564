"""The product's own jobs, called as the worker calls them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import (
    Channel,
    ChannelKind,
    DealSnapshot,
    MessageStatus,
    Notification,
    OutboxMessage,
    TeamRanking,
    daily_metrics,
)
from domain.records import Role
from jobs.definition import Job
from jobs.slots import Slot
from jobs.timetable import TIMETABLE
from jobs.work import aggregate, deliver, rank, snapshot_deals
from services.notifications import Notice, notify_admins
from services.sealing import Seal
from services.senders import senders
from tests import builders

NOW = datetime(2026, 3, 11, 2, 30, tzinfo=UTC)
NIGHT = Slot(name="2026-03-11 Europe/Berlin", due_at=NOW)


def test_the_night_reports_what_it_corrected_and_tells_the_administrators(session: Session) -> None:
    builders.person(session, role=Role.ADMIN)
    builders.activity(session, builders.person(session))
    assert aggregate.aggregate(session, NIGHT, NOW) == {"days": 4, "corrected_rows": 0, "drifted_on": []}
    assert session.scalars(select(Notification)).all() == []

    session.execute(update(daily_metrics).values(calls=8))
    assert aggregate.aggregate(session, NIGHT, NOW) == {"days": 4, "corrected_rows": 1, "drifted_on": ["2026-03-10"]}
    (told,) = session.scalars(select(Notification))
    assert told.body.startswith("1 row on 2026-03-10 differed from the facts and is right again.")
    assert session.execute(select(daily_metrics.c.calls)).scalar_one() == 1


def test_places_and_deals_are_those_of_the_day_that_just_ended(session: Session) -> None:
    team = builders.team(session)
    agent = builders.person(session, on=team)
    builders.activity(session, agent)
    builders.deal(session, agent, created_on=builders.TUESDAY)
    assert rank.rank(session, NIGHT, NOW) == {"days": 8, "rows": 8}
    assert snapshot_deals.snapshot_deals(session, NIGHT, NOW) == {"deals": 1}
    assert session.scalar(select(func.max(col(TeamRanking.day)))) == builders.TUESDAY
    assert list(session.scalars(select(col(DealSnapshot.day)))) == [builders.TUESDAY]


@pytest.mark.parametrize("job", TIMETABLE.jobs, ids=lambda job: job.name)
def test_repeating_a_slot_changes_nothing_more(session: Session, job: Job) -> None:
    agent = builders.person(session, on=builders.team(session))
    builders.activity(session, agent)
    builders.deal(session, agent, created_on=builders.TUESDAY)

    def kept() -> list[Any]:
        return [session.scalar(select(func.count()).select_from(table)) for table in (daily_metrics, TeamRanking, DealSnapshot)]

    job.work(session, NIGHT, NOW)
    first = kept()
    job.work(session, NIGHT, NOW + timedelta(hours=1))
    assert kept() == first


def test_what_waits_is_sent_by_the_ways_out_of_the_settings(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = senders(secret="s" * 40, product_address="http://x", slack_base="http://x", telegram_base="http://x", telegram_token=None)
    monkeypatch.setattr(deliver, "ways_out", lambda: ways)

    def arrange(session: Session) -> None:
        session.add(Channel(kind=ChannelKind.NULL, label="Nowhere", sealed_address=Seal("s" * 40).close("nowhere"), created_at=NOW))
        session.flush()
        notify_admins(session, Notice(kind="test", title="A", dedupe_key="a"), NOW)

    fresh_database.write(arrange)
    later = NOW + timedelta(seconds=1)
    assert deliver.deliver(fresh_database, "one", lambda: later, lambda: False) == 1
    assert deliver.deliver(fresh_database, "one", lambda: later, lambda: False) == 0
    with fresh_database.reading() as session:
        assert [message.status for message in session.scalars(select(OutboxMessage))] == [MessageStatus.SENT]
