"""How long the product keeps what nobody reads any more. Facts, deals and the audit log are not among it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy.orm import Session

from data.writes import retention as writes
from data.writes import workers
from services import idempotency, insights, lock_out, nudges, sessions

KEEP_RUNS: Final = timedelta(days=30)
"""A month of the ledger answers "since when does it fail?"."""
KEEP_DEAD_RUNS: Final = timedelta(days=180)
"""What was given up may be asked for much later."""
KEEP_WORKERS: Final = timedelta(days=7)
"""A process unheard of for a week has been replaced."""
KEEP_MESSAGES: Final = timedelta(days=90)
"""A quarter; their keys keep a cause from being told twice, and no cause comes back after so long."""
KEEP_ENDED_SESSIONS: Final = timedelta(days=30)
"""For somebody who asks where they were signed in."""
KEEP_ASSESSMENTS: Final = timedelta(days=90)
"""A quarter day by day; from then on the last of each month and the days a level changed tell the same story in a tenth of the room."""
KEEP_READ_NOTIFICATIONS: Final = timedelta(days=90)
KEEP_DAY_PLANS: Final = timedelta(days=400)
"""A year and a month: what somebody kept up over a year can still be counted."""
KEEP_CELEBRATIONS: Final = timedelta(days=90)
"""A moment of joy is over the same day. The row keeps an event from being celebrated twice, and nothing older than a week is celebrated."""
KEEP_ALERTS: Final = timedelta(days=400)
"""A year and a month: what a team was told at this time last year."""
KEEP_ONE_ON_ONES: Final = timedelta(days=730)
"""Two yearly reviews; what two people said in confidence is not kept against either for good."""
KEEP_AI_CALLS: Final = timedelta(days=90)
"""A quarter shows what the language model costs and how well it answers; what it said is not in them."""

KEEP_COACHING_SESSIONS: Final = timedelta(days=400)
"""As long as the plans they are about; what was useful shows over a year."""
KEEP_REVIEW_REQUESTS: Final = timedelta(days=30)
"""Whoever asked for reviews has read them by then; the reviews themselves stay."""
KEEP_MONITORED: Final = KEEP_REVIEW_REQUESTS
"""What monitoring told of a deal: one that stays as it is for a month is told again."""

SPANS: Final[Mapping[str, timedelta]] = MappingProxyType(
    {
        "outbox_message": KEEP_MESSAGES,
        "delivery": KEEP_MESSAGES,
        "notification": KEEP_READ_NOTIFICATIONS,
        "alert": KEEP_ALERTS,
        "insight_dismissal": insights.COOL_DOWN,
        "idempotency_key": idempotency.KEEP,
        "assessment": KEEP_ASSESSMENTS,
        "day_plan": KEEP_DAY_PLANS,
        "celebration": KEEP_CELEBRATIONS,
        "nudge": nudges.REMEMBERED,
        "ai_call": KEEP_AI_CALLS,
        "coaching_session": KEEP_COACHING_SESSIONS,
        "deal_review_request": KEEP_REVIEW_REQUESTS,
        "deal_monitoring_told": KEEP_MONITORED,
        "one_on_one": KEEP_ONE_ON_ONES,
        "one_on_one_commitment": KEEP_ONE_ON_ONES,
        "user_session": KEEP_ENDED_SESSIONS,
    }
)
"""How long rows about people stay, where they go by themselves; the Privacy page tells each of them."""


def prune(session: Session, now: datetime) -> dict[str, int]:
    """Delete what is older than that; counts by table. The caller owns the transaction."""
    return {
        "job_run": writes.forget_runs(session, before=now - KEEP_RUNS, dead_before=now - KEEP_DEAD_RUNS),
        "worker_heartbeat": workers.forget_workers(session, now - KEEP_WORKERS),
        "outbox_message": writes.forget_messages(session, now - SPANS["outbox_message"]),
        "delivery": writes.forget_deliveries(session, now - SPANS["delivery"]),
        "notification": writes.forget_read_notifications(session, now - SPANS["notification"]),
        "alert": writes.forget_alerts(session, now - SPANS["alert"]),
        "insight_dismissal": writes.forget_dismissals(session, now - SPANS["insight_dismissal"]),
        "idempotency_key": writes.forget_idempotency_keys(session, now - SPANS["idempotency_key"]),
        "assessment": writes.forget_assessments(session, (now - SPANS["assessment"]).date()),
        "day_plan": writes.forget_day_plans(session, (now - SPANS["day_plan"]).date()),
        "celebration": writes.forget_celebrations(session, now - SPANS["celebration"]),
        "nudge": writes.forget_nudges(session, now - SPANS["nudge"]),
        "ai_call": writes.forget_ai_calls(session, now - SPANS["ai_call"]),
        "coaching_session": writes.forget_coaching_sessions(session, now - SPANS["coaching_session"]),
        "deal_review_request": writes.forget_review_requests(session, now - SPANS["deal_review_request"]),
        "deal_monitoring_run": writes.forget_monitoring_runs(session, now - KEEP_MONITORED),
        "deal_monitoring_told": writes.forget_monitoring_told(session, now - SPANS["deal_monitoring_told"]),
        "one_on_one": writes.forget_one_on_ones(session, (now - SPANS["one_on_one"]).date()),
        "one_on_one_commitment": writes.forget_commitments(session, (now - SPANS["one_on_one_commitment"]).date()),
        "recording": writes.forget_recordings(session, now.date()),
        "sign_in_attempt": writes.forget_attempts(
            session, failed_before=now - lock_out.KEEP_FAILED, succeeded_before=now - lock_out.KEEP_SUCCEEDED
        ),
        "sign_in_ticket": writes.forget_tickets(session, now),
        "user_session": writes.forget_ended_sessions(session, now - SPANS["user_session"], oldest_alive=now - sessions.ABSOLUTE),
    }
