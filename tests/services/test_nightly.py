"""What the night's jobs keep: places, deals as they stood, corrected numbers, and no more than is needed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import (
    AiCall,
    Celebration,
    Channel,
    ChannelKind,
    DealMonitoring,
    DealSnapshot,
    Delivery,
    DeliveryResult,
    IdempotencyKey,
    InsightDismissal,
    JobRun,
    JobStatus,
    MessageStatus,
    MonitoringRun,
    MonitoringTold,
    MustDo,
    Notification,
    OutboxMessage,
    Person,
    ReviewRequest,
    SignInAttempt,
    SignInTicket,
    Team,
    TeamRanking,
    UserSession,
    WorkerHeartbeat,
    daily_metrics,
)
from domain.access import Selection
from domain.ai.outcome import Outcome
from domain.coaching.celebration import Rung
from domain.periods import Grain, containing
from domain.records import Role
from services import access, deal_snapshots, idempotency, rankings, retention, roll_up
from services.leaderboard import leaderboard
from services.rankings import Move
from tests import builders

NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
MARCH = Selection(period=containing(TODAY, Grain.MONTH))


def call(session: Session, agent: Person, times: int, day: int) -> None:
    for _ in range(times):
        builders.activity(session, agent, at=datetime(2026, 3, day, 9, tzinfo=UTC))


def league(session: Session, team: Team, size: int) -> list[Person]:
    """The n-th made 30·n calls on the second of March: nobody's band reaches another's for long."""
    agents = [builders.person(session, on=team, name=f"Agent {number}") for number in range(1, size + 1)]
    for number, agent in enumerate(agents, start=1):
        call(session, agent, 30 * number, day=2)
    return agents


def viewer_of(session: Session, person: Person) -> access.Viewer:
    return access.viewer(session, person.id or 0)


def places_of(session: Session, day: date) -> dict[int, tuple[int, int]]:
    rows = session.scalars(select(TeamRanking).where(col(TeamRanking.day) == day))
    return {row.agent_id: (row.place, row.ranked) for row in rows}


def test_the_places_kept_are_those_of_the_leaderboard(session: Session) -> None:
    team = builders.team(session)
    league(session, team, 4)
    rankings.refresh_rankings(session, TODAY, NOW)
    manager = builders.manager(session, of=team)
    board = leaderboard(session, viewer_of(session, manager), MARCH, TODAY)
    assert places_of(session, TODAY) == {row.agent_id: (row.place.position, row.place.of) for row in board.rows if row.place}
    assert len(places_of(session, TODAY)) == 4


def test_missing_days_of_the_week_are_made_up_for_as_they_stood_then(session: Session) -> None:
    first, second = league(session, builders.team(session), 2)
    call(session, first, 90, day=18)
    assert rankings.refresh_rankings(session, YESTERDAY, NOW) == {"days": 8, "rows": 16}
    assert places_of(session, date(2026, 3, 17)) == {second.id: (1, 2), first.id: (2, 2)}
    assert places_of(session, YESTERDAY) == {first.id: (1, 2), second.id: (2, 2)}
    assert rankings.refresh_rankings(session, YESTERDAY, NOW) == {"days": 1, "rows": 2}


def test_a_team_is_ranked_among_itself(session: Session) -> None:
    league(session, builders.team(session), 3)
    (alone,) = league(session, builders.team(session), 1)
    rankings.refresh_rankings(session, YESTERDAY, NOW)
    assert places_of(session, YESTERDAY)[alone.id or 0] == (1, 1)


def overtaken(session: Session, team: Team, size: int) -> list[Person]:
    """The last of the league overtakes everybody on the 18th."""
    agents = league(session, team, size)
    call(session, agents[0], 300 * size, day=18)
    rankings.refresh_rankings(session, YESTERDAY, NOW)
    return agents


def test_the_leaderboard_shows_who_moved_since_a_week_ago(session: Session) -> None:
    team = builders.team(session)
    agents = overtaken(session, team, 3)
    board = leaderboard(session, viewer_of(session, builders.manager(session, of=team)), MARCH, TODAY)
    moved = {row.agent_id: row.moved for row in board.rows}
    assert moved[agents[0].id or 0] == Move(places=2, could_be_luck=False, since=date(2026, 3, 12))
    assert [move.places for move in moved.values() if move] == [2, -1, -1]


def test_a_move_is_not_shown_beside_another_period(session: Session) -> None:
    team = builders.team(session)
    overtaken(session, team, 3)
    quarter = Selection(period=containing(TODAY, Grain.QUARTER))
    board = leaderboard(session, viewer_of(session, builders.manager(session, of=team)), quarter, TODAY)
    assert {row.moved for row in board.rows} == {None}


@pytest.mark.parametrize(("size", "seen"), [(6, 5), (5, None)])
def test_an_agent_sees_their_own_move_alone_and_only_among_five_others(session: Session, size: int, seen: int | None) -> None:
    agents = overtaken(session, builders.team(session), size)
    viewer = viewer_of(session, agents[0])
    moves = rankings.moves(session, viewer.scope, TODAY)
    assert {agent_id: move.places for agent_id, move in moves.items()} == ({agents[0].id: seen} if seen else {})
    (row,) = leaderboard(session, viewer, MARCH, TODAY).rows
    assert (row.moved.places if row.moved else None) == seen


def test_a_manager_learns_nothing_of_other_teams(session: Session) -> None:
    own, other = builders.team(session), builders.team(session)
    overtaken(session, own, 3)
    strangers = overtaken(session, other, 3)
    scope = viewer_of(session, builders.manager(session, of=own)).scope
    assert not {agent.id for agent in strangers} & rankings.moves(session, scope, TODAY).keys()


def test_places_older_than_a_weekend_are_not_shown(session: Session) -> None:
    team = builders.team(session)
    overtaken(session, team, 3)
    scope = viewer_of(session, builders.person(session, role=Role.ADMIN)).scope
    assert len(rankings.moves(session, scope, YESTERDAY + timedelta(days=3))) == 3
    assert rankings.moves(session, scope, YESTERDAY + timedelta(days=4)) == {}


def snapshots(session: Session, day: date) -> dict[int, tuple[str, str, int | None]]:
    rows = session.scalars(select(DealSnapshot).where(col(DealSnapshot.day) == day))
    return {row.deal_id: (row.status.value, row.stage, row.amount_minor) for row in rows}


def test_deals_are_kept_as_they_stood_at_the_end_of_the_day(session: Session) -> None:
    agent = builders.person(session)

    def deal(**fields: Any) -> int:
        return int(builders.deal(session, agent, **fields).id or 0)

    still_open = deal(created_on=date(2026, 3, 1), stage="Offer", amount_minor=100)
    won_that_day = deal(created_on=date(2026, 3, 1), status="won", closed_on=YESTERDAY)
    closed_after = deal(created_on=date(2026, 3, 1), status="lost", closed_on=TODAY)
    deal(created_on=date(2026, 3, 1), status="won", closed_on=YESTERDAY - timedelta(days=1))
    deal(created_on=TODAY)

    assert deal_snapshots.snapshot_deals(session, YESTERDAY) == 3
    expected = {still_open: ("open", "Offer", 100), won_that_day: ("won", "", None), closed_after: ("open", "", None)}
    assert snapshots(session, YESTERDAY) == expected
    assert deal_snapshots.snapshot_deals(session, YESTERDAY) == 3
    assert snapshots(session, YESTERDAY) == expected


def test_a_night_counts_the_last_days_and_a_few_older_ones_again(session: Session) -> None:
    agent = builders.person(session)
    for back in range(200):
        builders.activity(session, agent, at=NOW - timedelta(days=back))
    session.execute(update(daily_metrics).where(daily_metrics.c.day == YESTERDAY).values(calls=9))
    found = roll_up.recount(session, TODAY, seed="2026-03-20 UTC")
    assert (found.corrected_rows, found.drifted_on) == (1, ("2026-03-19",))
    assert found.days[:4] == tuple(TODAY - timedelta(days=back) for back in range(4))
    assert len(set(found.days)) == 4 + roll_up.OLDER_DAYS
    assert roll_up.recount(session, TODAY, seed="2026-03-20 UTC").days == found.days
    assert roll_up.recount(session, TODAY, seed="2026-03-21 UTC").days != found.days


def test_without_facts_there_is_nothing_older_to_count(session: Session) -> None:
    assert len(roll_up.recount(session, TODAY, seed="any").days) == 1 + roll_up.TRAILING_DAYS


AGES = [timedelta(hours=1), timedelta(days=4), timedelta(days=31), timedelta(days=91), timedelta(days=200)]


def build_leftovers(session: Session) -> None:
    """One of everything for each of the ages."""
    person = builders.person(session)
    channel = Channel(kind=ChannelKind.NULL, label="Nowhere", created_at=NOW)
    session.add(channel)
    session.flush()
    for number, age in enumerate(AGES):
        at = NOW - age
        message = OutboxMessage(
            channel_id=channel.id or 0,
            dedupe_key=f"sent {number}",
            kind="test",
            title="A",
            status=MessageStatus.SENT,
            created_at=at,
            try_at=at,
            sent_at=at,
        )
        waiting = message.model_copy(update={"dedupe_key": f"waiting {number}", "status": MessageStatus.WAITING, "sent_at": None})
        session.add_all([message, OutboxMessage(**waiting.model_dump(exclude={"id"}))])
        session.flush()
        told = {"person_id": person.id, "kind": "test", "title": "A", "created_at": at}
        session.add_all(
            [
                Delivery(message_id=message.id or 0, attempted_at=at, result=DeliveryResult.SENT),
                Notification(**told, dedupe_key=f"read {number}", read_at=at),
                Notification(**told, dedupe_key=f"unread {number}"),
                JobRun(job="ok", slot=str(number), due_at=at, try_at=at, finished_at=at, status=JobStatus.OK),
                JobRun(job="dead", slot=str(number), due_at=at, try_at=at, finished_at=at, status=JobStatus.DEAD),
                JobRun(job="waiting", slot=str(number), due_at=at, try_at=at, status=JobStatus.WAITING),
                WorkerHeartbeat(worker=str(number), started_at=at, beat_at=at),
                InsightDismissal(person_id=person.id or 0, insight_id=str(number), dismissed_at=at),
                IdempotencyKey(holder="person:1", key=str(number), route="POST /a", body_sha256="0", created_at=at),
                ReviewRequest(about="all", deal_ids=[], language="en", notify=False, created_at=at),
                SignInAttempt(account_hash="failed", tried_at=at),
                SignInAttempt(account_hash="succeeded", tried_at=at, succeeded=True),
                SignInTicket(token_hash=f"ticket {number}", person_id=person.id or 0, expires_at=at),
                UserSession(token_hash=f"session {number}", person_id=person.id or 0, created_at=at, last_seen_at=at),
                UserSession(token_hash=f"revoked {number}", person_id=person.id or 0, created_at=at, last_seen_at=at, revoked_at=at),
            ]
        )
    for age in (-timedelta(hours=1), timedelta(hours=1), timedelta(days=100)):
        row = {"purpose": "trial", "prompt_version": "v1", "model": "m", "tokens": 1, "outcome": Outcome.OK}
        session.add(AiCall(**row, at=NOW - retention.KEEP_AI_CALLS - age))
    session.add(SignInTicket(token_hash="fresh", person_id=person.id or 0, expires_at=NOW + timedelta(seconds=30)))
    session.flush()


def test_what_nobody_reads_any_more_goes_and_the_rest_stays(session: Session) -> None:
    build_leftovers(session)
    assert retention.prune(session, NOW) == {
        "job_run": 3 + 1,
        "worker_heartbeat": 3,
        "outbox_message": 2,
        "delivery": 0,
        "notification": 2,
        "alert": 0,
        "insight_dismissal": 3,
        "idempotency_key": 4,
        "assessment": 0,
        "day_plan": 0,
        "celebration": 0,
        "nudge": 0,
        "ai_call": 2,
        "coaching_session": 0,
        "deal_review_request": 3,
        "deal_monitoring_run": 0,
        "deal_monitoring_told": 0,
        "one_on_one": 0,
        "one_on_one_commitment": 0,
        "recording": 0,
        "sign_in_attempt": 4 + 2,
        "sign_in_ticket": 5,
        "user_session": 3 + 3,
    }
    assert session.scalar(select(func.count()).select_from(Delivery)) == 3, "deliveries went with their messages"


def test_what_monitoring_told_goes_after_a_month_so_that_it_is_told_again(session: Session) -> None:
    agent = builders.person(session)
    monitoring = DealMonitoring(interval_hours=24, started_at=NOW - timedelta(days=60))
    session.add(monitoring)
    session.flush()
    for age in (29, 31):
        at, deal = NOW - timedelta(days=age), builders.deal(session, agent)
        session.add(MonitoringRun(monitoring_id=monitoring.id or 0, slot_at=at, began_at=at, finished_at=at, deals=1))
        session.add(MonitoringTold(person_id=agent.id or 0, deal_id=deal.id or 0, digest="x", told_at=at))
    session.flush()
    done = retention.prune(session, NOW)
    assert (done["deal_monitoring_run"], done["deal_monitoring_told"]) == (1, 1)
    assert session.scalar(select(func.count()).select_from(DealMonitoring)) == 1


def test_plans_go_after_a_year_and_a_month_and_nudges_after_half_a_year(session: Session) -> None:
    agent = builders.person(session)
    for days in (400, 401):
        builders.must_do(session, agent, on=NOW.date() - timedelta(days=days))
    for days in (179, 181):
        builders.nudge(session, agent, at=NOW - timedelta(days=days))
    gone = retention.prune(session, NOW)
    assert (gone["day_plan"], gone["nudge"]) == (1, 1)
    assert session.scalar(select(func.count()).select_from(MustDo)) == 1
    assert set(retention.prune(session, NOW).values()) == {0}


def test_celebrations_go_after_a_quarter_and_no_sooner(session: Session) -> None:
    agent = builders.person(session)
    for event, age in (("deal:1", retention.KEEP_CELEBRATIONS), ("deal:2", retention.KEEP_CELEBRATIONS + timedelta(seconds=1))):
        session.add(Celebration(agent_id=agent.id or 0, event=event, rung=Rung.TASK_DONE, reason="Done", created_at=NOW - age))
    session.flush()
    assert retention.prune(session, NOW)["celebration"] == 1
    assert list(session.scalars(select(col(Celebration.event)))) == ["deal:1"]


def test_the_answer_to_a_repeated_request_is_kept_as_long_as_it_is_promised(session: Session) -> None:
    for key, age in (("promised", idempotency.KEEP), ("over", idempotency.KEEP + timedelta(seconds=1))):
        session.add(IdempotencyKey(holder="person:1", key=key, route="POST /a", body_sha256="0", created_at=NOW - age))
    session.flush()
    retention.prune(session, NOW)
    assert list(session.scalars(select(col(IdempotencyKey.key)))) == ["promised"]
