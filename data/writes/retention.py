"""Deleting what is over; each returns how many rows went."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, delete, func, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import (
    AiCall,
    Alert,
    Assessment,
    Celebration,
    CoachingSession,
    DayPlan,
    Delivery,
    IdempotencyKey,
    InsightDismissal,
    JobRun,
    JobStatus,
    MessageStatus,
    MonitoringRun,
    MonitoringTold,
    Notification,
    Nudge,
    OneOnOne,
    OneOnOneCommitment,
    OutboxMessage,
    Recording,
    ReviewRequest,
    SignInAttempt,
    SignInTicket,
    UserSession,
)
from data.models.insights import FIRST_STEPS


def forget_runs(session: Session, *, before: datetime, dead_before: datetime) -> int:
    """Slots done or skipped before one moment, given up before another; what waits or runs stays."""
    ended = col(JobRun.status).in_([JobStatus.OK, JobStatus.SKIPPED]) & (col(JobRun.finished_at) < before)
    dead = (col(JobRun.status) == JobStatus.DEAD) & (col(JobRun.finished_at) < dead_before)
    return _deleted(session, JobRun, ended | dead)


def forget_messages(session: Session, before: datetime) -> int:
    """Messages made before then that are not on their way any more, with their deliveries."""
    over = col(OutboxMessage.status).not_in([MessageStatus.WAITING, MessageStatus.SENDING])
    return _deleted(session, OutboxMessage, over & (col(OutboxMessage.created_at) < before))


def forget_deliveries(session: Session, before: datetime) -> int:
    """Tries made before then, also of messages that still wait."""
    return _deleted(session, Delivery, col(Delivery.attempted_at) < before)


def forget_read_notifications(session: Session, before: datetime) -> int:
    """What was read before then; what nobody read stays."""
    return _deleted(session, Notification, col(Notification.read_at) < before)


def forget_celebrations(session: Session, before: datetime) -> int:
    """Celebrations of events before then, seen or not: nobody shows them any more."""
    return _deleted(session, Celebration, col(Celebration.created_at) < before)


def forget_alerts(session: Session, before: datetime) -> int:
    """Alerts that were over before then, with what happened to them."""
    return _deleted(session, Alert, col(Alert.resolved_at) < before)


def forget_dismissals(session: Session, before: datetime) -> int:
    """Insights put aside so long ago that they may be brought up again; who skipped their first steps is not asked twice."""
    old, is_insight = col(InsightDismissal.dismissed_at) < before, col(InsightDismissal.insight_id) != FIRST_STEPS
    return _deleted(session, InsightDismissal, old & is_insight)


def forget_idempotency_keys(session: Session, before: datetime) -> int:
    """Keys of requests made before then."""
    return _deleted(session, IdempotencyKey, col(IdempotencyKey.created_at) < before)


def forget_attempts(session: Session, *, failed_before: datetime, succeeded_before: datetime) -> int:
    """Tries to sign in that count no more."""
    failed = ~col(SignInAttempt.succeeded) & (col(SignInAttempt.tried_at) < failed_before)
    succeeded = col(SignInAttempt.succeeded) & (col(SignInAttempt.tried_at) < succeeded_before)
    return _deleted(session, SignInAttempt, failed | succeeded)


def forget_tickets(session: Session, at: datetime) -> int:
    """Tickets that are worth nothing any more."""
    return _deleted(session, SignInTicket, col(SignInTicket.expires_at) < at)


def forget_ended_sessions(session: Session, before: datetime, *, oldest_alive: datetime) -> int:
    """Sessions last used before then that were revoked or, made before `oldest_alive`, are over by age."""
    over = col(UserSession.revoked_at).is_not(None) | (col(UserSession.created_at) < oldest_alive)
    return _deleted(session, UserSession, over & (col(UserSession.last_seen_at) < before))


def forget_ai_calls(session: Session, before: datetime) -> int:
    """Questions to a language model asked before then."""
    return _deleted(session, AiCall, col(AiCall.at) < before)


def forget_coaching_sessions(session: Session, before: datetime) -> int:
    """Texts of the coach first read before then."""
    return _deleted(session, CoachingSession, col(CoachingSession.shown_at) < before)


def forget_review_requests(session: Session, before: datetime) -> int:
    """What was asked for before then, finished or not."""
    return _deleted(session, ReviewRequest, col(ReviewRequest.created_at) < before)


def forget_monitoring_runs(session: Session, before: datetime) -> int:
    """Runs of monitoring that began before then."""
    return _deleted(session, MonitoringRun, col(MonitoringRun.began_at) < before)


def forget_monitoring_told(session: Session, before: datetime) -> int:
    """What monitoring told people before then."""
    return _deleted(session, MonitoringTold, col(MonitoringTold.told_at) < before)


def forget_one_on_ones(session: Session, before: date) -> int:
    """1:1s held before the day, and those planned before it that never were; what was promised in them goes by its own day."""
    return _deleted(session, OneOnOne, func.coalesce(col(OneOnOne.held_on), col(OneOnOne.planned_on)) < before)


def forget_commitments(session: Session, before: date) -> int:
    """What was promised in 1:1s before the day, kept or not."""
    return _deleted(session, OneOnOneCommitment, col(OneOnOneCommitment.made_on) < before)


def forget_recordings(session: Session, today: date) -> int:
    """Recordings whose day has come; a sweep deletes their files."""
    return _deleted(session, Recording, col(Recording.expires_on) <= today)


def forget_assessments(session: Session, before: date) -> int:
    """Assessments before the day, except the last of each month and the first and last day of each level."""
    row = Assessment
    agent, day, level = col(row.agent_id), col(row.day), col(row.level)
    is_last = func.row_number().over(partition_by=(agent, func.date_trunc("month", day)), order_by=day.desc()) == 1
    marks = select(
        agent,
        day,
        is_last.label("is_last"),
        level,
        func.lag(level).over(partition_by=agent, order_by=day),
        func.lead(level).over(partition_by=agent, order_by=day),
    ).subquery()
    same = (marks.c[3] == marks.c[4]) & (marks.c[3] == marks.c[5])
    plain = select(marks.c.agent_id, marks.c.day).where(marks.c.day < before, ~marks.c.is_last, same)
    return _deleted(session, Assessment, tuple_(agent, day).in_(plain))


def forget_day_plans(session: Session, before: date) -> int:
    """Plans of days before then, with their must-dos."""
    return _deleted(session, DayPlan, col(DayPlan.day) < before)


def forget_nudges(session: Session, before: datetime) -> int:
    """Nudges made before then, sent or held back."""
    return _deleted(session, Nudge, col(Nudge.made_at) < before)


def _deleted(session: Session, model: Any, condition: Any) -> int:  # noqa: ANN401 - any table, any condition
    gone = session.execute(delete(model).where(condition))
    assert isinstance(gone, CursorResult)  # noqa: S101 - for the type checker
    return gone.rowcount
