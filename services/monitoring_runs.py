"""Runs of monitoring: begun when a schedule is due, told once their reviews are made.

A slot is begun once and told once, however many processes there are and whenever they stop: both are one transaction around a row.
A missed slot is not made up for, and the next one waits until the one before is told.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import ReviewRequest
from data.queries import deal_monitoring as queries
from data.queries import deal_reviews as review_queries
from data.queries.deal_monitoring import Schedule
from data.writes import deal_monitoring as writes
from domain.access import Scope
from domain.deals.monitoring import slot_at
from domain.deals.review_record import ReviewsOf
from domain.language import Language
from domain.local_time import local_time
from domain.records import Role
from services import monitoring_news
from services.work_days import EVERYBODY

_LOG: Final = logging.getLogger("pacesetter.monitoring")


def monitor(database: Database, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Begin what is due and tell what is reviewed; returns how many runs that were.

    Safe with any number of workers at once. What fails is noted and does not hold up the others.
    """
    with database.reading() as session:
        is_due, reviewed = bool(_due(session, queries.running(session), now())), queries.reviewed_runs(session)
    begun = database.write(lambda session: begin_due(session, now())) if is_due else 0
    told = 0
    for run_id in reviewed:
        if stopping():
            break
        told += _told(database, run_id, now())
    return begun + told


def begin_due(session: Session, now: datetime) -> int:
    """Ask for reviews of the deals of every schedule that is due; returns how many were. A slot is asked for once."""
    schedules = queries.running(session)
    due = _due(session, schedules, now)
    return sum(_begin(session, each, _deals(session, each, schedules, now), slot, now) for each, slot in due)


def _due(session: Session, schedules: Collection[Schedule], now: datetime) -> list[tuple[Schedule, datetime]]:
    """The schedules whose last slot nobody has begun, but those whose last run is not told yet."""
    last = queries.last_runs(session, [each.monitoring_id for each in schedules])
    found = []
    for each in schedules:
        slot, run = slot_at(each.started_at, each.interval_hours, now), last.get(each.monitoring_id)
        if slot is not None and (run is None or (run.finished_at is not None and run.slot_at < slot)):
            found.append((each, slot))
    return found


def _begin(session: Session, schedule: Schedule, deal_ids: Collection[int], slot: datetime, now: datetime) -> int:
    run_id = writes.begin_run(session, schedule.monitoring_id, slot, now, deals=len(deal_ids))
    if run_id is None:
        return 0
    for language, ids in _by_language(session, deal_ids, now).items():
        asked = ReviewRequest(about=ReviewsOf.ALL, deal_ids=sorted(ids), language=language, notify=False, created_at=now, run_id=run_id)
        session.add(asked)
    session.flush()
    return 1


def _deals(session: Session, schedule: Schedule, schedules: Collection[Schedule], now: datetime) -> list[int]:
    """The open deals of its team, or everybody's but those of teams with a schedule of their own."""
    today = local_time(now, "UTC").on
    if schedule.team_id is not None:
        return review_queries.open_deal_ids(session, _of_teams({schedule.team_id}), today)
    own = {each.team_id for each in schedules if each.team_id is not None}
    elsewhere = set(review_queries.open_deal_ids(session, _of_teams(own), today)) if own else set()
    return [each for each in review_queries.open_deal_ids(session, EVERYBODY, today) if each not in elsewhere]


def _of_teams(team_ids: Collection[int]) -> Scope:
    return Scope(viewer_id=0, role=Role.MANAGER, team_ids=frozenset(team_ids))


def _by_language(session: Session, deal_ids: Collection[int], now: datetime) -> Mapping[Language, set[int]]:
    """In which languages each deal is read; one that concerns nobody is reviewed in English."""
    readers = queries.readers(session, deal_ids, local_time(now, "UTC").on)
    found = defaultdict[Language, set[int]](set)
    for deal_id in deal_ids:
        for language in {each.language for each in readers.get(deal_id, ())} or {Language.ENGLISH}:
            found[language].add(deal_id)
    return found


def _told(database: Database, run_id: int, now: datetime) -> int:
    try:
        return database.write(lambda session: _tell(session, run_id, now))
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - one run's trouble must not stop the others; its message may quote a row
        kind = type(error).__name__
        _LOG.warning("telling of monitoring run %d failed: %s", run_id, kind)
        return database.write(lambda session: _give_up(session, run_id, kind, now))


def _tell(session: Session, run_id: int, now: datetime) -> int:
    run = queries.taken(session, run_id)
    if run is None:
        return 0
    counts, run.told = monitoring_news.tell(session, run_id, queries.deals_of(session, run_id), now)
    run.high, run.medium, run.low = counts
    run.finished_at = now
    session.flush()
    return 1


def _give_up(session: Session, run_id: int, kind: str, now: datetime) -> int:
    run = queries.taken(session, run_id)
    if run is not None:
        run.finished_at, run.error = now, kind[:80]
        session.flush()
    return 0
