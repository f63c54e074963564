"""Monitoring of deals: who may start and stop it, when it is due, who is told of what, and that nothing is told twice."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import DealMonitoring, MonitoringRun, MonitoringTold, Notification, OutboxMessage, Person, ReviewRequest
from domain.errors import AccessError, InputError, NotFoundError
from domain.language import Language
from domain.records import ActivityType, Role
from services import deal_deeds, deal_monitoring, monitoring_news, monitoring_runs, review_requests
from services.access import Viewer, viewer
from services.deal_monitoring import Monitoring
from tests import builders
from tests.builders import NO_HOLIDAYS, NOON, TUESDAY

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def company(session: Session) -> SimpleNamespace:
    """Nora's deal that presses, her fresh one, and Sven's on another team; Mia and Max manage."""
    builders.organisation(session, country=NO_HOLIDAYS)
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
    old: dict[str, Any] = {"created_on": TUESDAY - 40 * DAY, "last_activity_at": NOON - 20 * DAY, "stage": "Offer"}
    late = {"expected_close_on": TUESDAY - 10 * DAY, "amount_minor": 90_000}
    return SimpleNamespace(
        north=north,
        south=south,
        nora=nora,
        sven=sven,
        mia=builders.manager(session, of=north, name="Mia"),
        max=builders.manager(session, of=south, name="Max"),
        ann=builders.person(session, role=Role.ADMIN, name="Ann"),
        pressing=builders.deal(session, nora, name="Roof", **old, **late),
        fresh=builders.deal(session, nora, name="Fresh", created_on=TUESDAY, last_activity_at=NOON - HOUR),
        other=builders.deal(session, sven, name="Other", **old),
    )


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    return company(session)


@pytest.fixture
def lived(fresh_database: Database) -> SimpleNamespace:
    """The company in a database of its own, where transactions end."""
    return SimpleNamespace(database=fresh_database, **vars(fresh_database.write(company)))


def seen_by(session: Session, person: Person) -> Viewer:
    return viewer(session, person.id or 0)


def begin(lived: SimpleNamespace, who: str, hours: int, team_id: int | None = None, at: datetime = NOON) -> None:
    lived.database.write(lambda session: deal_monitoring.start(session, seen_by(session, getattr(lived, who)), hours, team_id, at))


def never() -> bool:
    return False


def turn(lived: SimpleNamespace, at: datetime) -> None:
    """What the jobs process does: begin, review, tell."""
    monitoring_runs.monitor(lived.database, lambda: at, never)
    review_requests.review_waiting(lived.database, lambda: at, never)
    monitoring_runs.monitor(lived.database, lambda: at, never)


def inbox(lived: SimpleNamespace, person: Person) -> list[Notification]:
    with lived.database.reading() as session:
        row = Notification
        return list(session.scalars(select(row).where(col(row.person_id) == person.id).order_by(col(row.id))))


def counted(lived: SimpleNamespace, model: Any) -> int:
    with lived.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def stands(lived: SimpleNamespace, at: datetime) -> Monitoring:
    with lived.database.reading() as session:
        (found,) = deal_monitoring.status(session, seen_by(session, lived.ann), at)
        return found


@pytest.mark.parametrize("hours", [1, 168])
def test_an_interval_of_an_hour_to_a_week_is_kept(session: Session, house: SimpleNamespace, hours: int) -> None:
    ann = seen_by(session, house.ann)
    deal_monitoring.start(session, ann, hours, None, NOON)
    (found,) = deal_monitoring.status(session, ann, NOON + MINUTE)
    assert (found.interval_hours, found.started_at, found.started_by, found.team_name) == (hours, NOON, "Ann", None)
    assert (found.last, found.next_at) == (None, NOON + hours * HOUR)


@pytest.mark.parametrize("hours", [-1, 0, 169, 10**12])
def test_any_other_is_refused_with_the_limits(session: Session, house: SimpleNamespace, hours: int) -> None:
    with pytest.raises(InputError, match="from 1 to 168 hours"):
        deal_monitoring.start(session, seen_by(session, house.ann), hours, None, NOON)


def test_managers_have_their_own_teams_monitored_and_agents_none(session: Session, house: SimpleNamespace) -> None:
    mia, nora = seen_by(session, house.mia), seen_by(session, house.nora)
    deal_monitoring.start(session, mia, 24, house.north.id, NOON)
    for team_id in (house.south.id, 4711):
        with pytest.raises(NotFoundError):
            deal_monitoring.start(session, mia, 24, team_id, NOON)
        with pytest.raises(NotFoundError):
            deal_monitoring.stop(session, mia, team_id, NOON)
    with pytest.raises(NotFoundError):
        deal_monitoring.start(session, seen_by(session, house.ann), 24, 4711, NOON)
    with pytest.raises(AccessError, match="Name one of your teams"):
        deal_monitoring.start(session, mia, 24, None, NOON)
    for refused in (
        lambda: deal_monitoring.start(session, nora, 24, house.north.id, NOON),
        lambda: deal_monitoring.stop(session, nora, house.north.id, NOON),
        lambda: deal_monitoring.status(session, nora, NOON),
    ):
        with pytest.raises(AccessError, match="Managers and administrators"):
            refused()


def test_managers_see_what_concerns_their_teams(session: Session, house: SimpleNamespace) -> None:
    ann = seen_by(session, house.ann)
    for team_id in (None, house.north.id, house.south.id):
        deal_monitoring.start(session, ann, 24, team_id, NOON)
    told = {
        who: [each.team_name for each in deal_monitoring.status(session, seen_by(session, getattr(house, who)), NOON)]
        for who in ("ann", "mia", "max")
    }
    assert told == {"ann": [None, "North", "South"], "mia": [None, "North"], "max": [None, "South"]}


def test_the_same_again_changes_nothing_and_another_interval_begins_anew(session: Session, house: SimpleNamespace) -> None:
    ann = seen_by(session, house.ann)
    deal_monitoring.start(session, ann, 24, None, NOON)
    deal_monitoring.start(session, ann, 24, None, NOON + HOUR)
    assert deal_monitoring.status(session, ann, NOON + HOUR)[0].started_at == NOON
    deal_monitoring.start(session, ann, 6, None, NOON + HOUR)
    (found,) = deal_monitoring.status(session, ann, NOON + HOUR)
    assert (found.interval_hours, found.started_at) == (6, NOON + HOUR)
    assert deal_monitoring.stop(session, ann, None, NOON + 2 * HOUR)
    assert not deal_monitoring.stop(session, ann, None, NOON + 2 * HOUR)
    assert deal_monitoring.status(session, ann, NOON + 2 * HOUR) == ()
    assert session.scalar(select(func.count()).select_from(DealMonitoring).where(col(DealMonitoring.stopped_at).is_(None))) == 0


def test_a_run_tells_each_agent_and_manager_once_and_whole_what_presses(lived: SimpleNamespace) -> None:
    begin(lived, "ann", 24)
    turn(lived, NOON)

    glance, whole = inbox(lived, lived.nora)
    assert (glance.title, glance.link) == ("📋 Deals reviewed: 2", "/deals")
    assert glance.body.splitlines()[0] == "🔴 1 · 🟡 0 · 🟢 1"
    assert glance.body.index("Roof") < glance.body.index("Fresh"), "the one that presses first"
    assert "Other" not in glance.body
    assert (whole.title, whole.link) == ("🔴 DEAL REVIEW", f"/deals?deal={lived.pressing.id}")
    assert "Deal: Roof" in whole.body
    assert "WHAT TO DO:" in whole.body
    assert [each.title for each in inbox(lived, lived.mia)] == ["📋 Deals reviewed: 2"]
    assert ["Other" in each.body for each in inbox(lived, lived.max)] == [True]
    assert inbox(lived, lived.ann) == []

    last = stands(lived, NOON).last
    assert last is not None
    assert (last.slot_at, last.deals, last.looked, last.reviews, last.finished_at) == (NOON, 3, 3, 3, NOON)
    assert (last.high, last.medium + last.low, last.told, last.error) == (1, 2, 4, "")


def test_where_nothing_happened_nothing_is_sent_and_what_did_is_told_alone(lived: SimpleNamespace) -> None:
    begin(lived, "ann", 24)
    turn(lived, NOON)
    told = counted(lived, Notification)
    turn(lived, NOON + DAY)
    assert counted(lived, MonitoringRun) == 2
    assert counted(lived, Notification) == told, "days passed, and nothing else"

    called = NOON + DAY + HOUR
    lived.database.write(
        lambda session: deal_deeds.log(session, seen_by(session, lived.nora), lived.fresh.id, ActivityType.CALL, "", called)
    )
    turn(lived, NOON + 2 * DAY)
    news = inbox(lived, lived.nora)[-1]
    assert news.title == "📋 Deals reviewed: 1"
    assert "Roof" not in news.body
    assert news.body.splitlines()[-1] == "Nothing new with your other open deals (1)."
    assert len(inbox(lived, lived.max)) == 1


def test_a_restart_in_the_middle_goes_on_where_it_was(lived: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_requests, "AT_ONCE", 1)
    begin(lived, "ann", 24)
    assert monitoring_runs.monitor(lived.database, lambda: NOON, never) == 1
    stops = iter([False, True])
    review_requests.review_waiting(lived.database, lambda: NOON, lambda: next(stops, True))
    last = stands(lived, NOON).last
    assert last is not None
    assert (last.looked, last.reviews, last.finished_at) == (1, 3, None)

    assert monitoring_runs.monitor(lived.database, lambda: NOON + MINUTE, never) == 0, "not told before all are reviewed"
    turn(lived, NOON + 5 * MINUTE)
    assert counted(lived, MonitoringRun) == 1
    assert [each.title for each in inbox(lived, lived.mia)] == ["📋 Deals reviewed: 2"]


def test_two_processes_begin_a_slot_once_and_tell_once(lived: SimpleNamespace) -> None:
    begin(lived, "ann", 24)
    other = Database(lived.database.writer.url.render_as_string(hide_password=False))
    try:
        with Session(other.writer) as first, first.begin():
            assert monitoring_runs.begin_due(first, NOON) == 1
        assert lived.database.write(lambda session: monitoring_runs.begin_due(session, NOON)) == 0
        review_requests.review_waiting(other, lambda: NOON, never)
        with lived.database.reading() as session:
            (run_id,) = session.scalars(select(MonitoringRun.id))
        with Session(other.writer) as first, first.begin():
            monitoring_runs._tell(first, run_id or 0, NOON)
            assert monitoring_runs.monitor(lived.database, lambda: NOON, never) == 0, "somebody has it"
        assert monitoring_runs.monitor(lived.database, lambda: NOON, never) == 0
    finally:
        other.close()
    assert (counted(lived, MonitoringRun), counted(lived, ReviewRequest), len(inbox(lived, lived.nora))) == (1, 1, 2)


def test_after_a_long_sleep_the_last_slot_alone_is_done(lived: SimpleNamespace) -> None:
    begin(lived, "ann", 6)
    turn(lived, NOON)
    turn(lived, NOON + 3 * DAY + HOUR)
    found = stands(lived, NOON + 3 * DAY + HOUR)
    assert counted(lived, MonitoringRun) == 2
    assert found.last is not None
    assert (found.last.slot_at, found.next_at) == (NOON + 3 * DAY, NOON + 3 * DAY + 6 * HOUR)


def test_each_reads_in_their_own_language_by_their_own_clock_and_not_at_night(lived: SimpleNamespace) -> None:
    def set_up(session: Session) -> None:
        for person in (lived.nora, lived.mia):
            session.get_one(Person, person.id).language = Language.RUSSIAN
            builders.channel(session, person_id=person.id)
        session.get_one(Person, lived.nora.id).time_zone = "Asia/Vladivostok"

    lived.database.write(set_up)
    begin(lived, "ann", 24)
    turn(lived, NOON)
    assert [each.title for each in inbox(lived, lived.nora)] == ["📋 Проанализировано сделок: 2", "🔴 АНАЛИЗ СДЕЛКИ"]
    assert "Анализ от 10.03.2026 22:00" in inbox(lived, lived.nora)[1].body
    assert inbox(lived, lived.mia)[0].title == "📋 Проанализировано сделок: 2"
    assert inbox(lived, lived.max)[0].title == "📋 Deals reviewed: 1"
    with lived.database.reading() as session:
        sent = session.scalars(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
        assert {each.kind for each in sent} == {monitoring_news.KIND}
        assert [each.try_at for each in sent].count(NOON) == 1, "Mia's; in Vladivostok it is ten in the evening"
        assert max(each.try_at for each in sent) == datetime(2026, 3, 10, 20, tzinfo=NOON.tzinfo)


def test_a_team_with_a_schedule_of_its_own_is_left_out_of_everybodys(lived: SimpleNamespace) -> None:
    begin(lived, "ann", 168)
    begin(lived, "mia", 24, lived.north.id)
    turn(lived, NOON)
    with lived.database.reading() as session:
        asked = [set(ids) for ids in session.scalars(select(ReviewRequest.deal_ids))]
        everybody, north = deal_monitoring.status(session, seen_by(session, lived.ann), NOON)
    assert sorted(asked, key=len) == [{lived.other.id}, {lived.pressing.id, lived.fresh.id}]
    assert everybody.last is not None
    assert north.last is not None
    assert (everybody.last.deals, north.last.deals) == (1, 2)


def test_once_it_is_stopped_nobody_is_told_of_what_was_under_way(lived: SimpleNamespace) -> None:
    begin(lived, "ann", 24)
    monitoring_runs.monitor(lived.database, lambda: NOON, never)
    lived.database.write(lambda session: deal_monitoring.stop(session, seen_by(session, lived.ann), None, NOON + MINUTE))
    turn(lived, NOON + 2 * MINUTE)
    turn(lived, NOON + 3 * DAY)
    assert (counted(lived, MonitoringRun), counted(lived, Notification), counted(lived, MonitoringTold)) == (1, 0, 0)


def test_what_fails_is_noted_and_the_next_slot_goes_on(lived: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(lived, "ann", 24)

    def fails(*_: object) -> None:
        raise ValueError("quoted from a row")

    with monkeypatch.context() as broken:
        broken.setattr(monitoring_news, "tell", fails)
        turn(lived, NOON)
    last = stands(lived, NOON).last
    assert last is not None
    assert (last.error, last.finished_at) == ("ValueError", NOON)
    turn(lived, NOON + DAY)
    assert len(inbox(lived, lived.nora)) == 2
