"""The tables, one noun per file; importing this package registers all of them."""

from data.models.activities import Activity
from data.models.api_access import ApiToken, IdempotencyKey
from data.models.daily_metrics import daily_metrics
from data.models.deals import Deal, StageChange, Sublist, SublistContact
from data.models.derived import DealSnapshot, TeamRanking
from data.models.imports import BatchStatus, ImportBatch, ImportChange, ImportRowError, SavedMapping
from data.models.insights import InsightDismissal
from data.models.jobs import JobRun, JobStatus, WorkerHeartbeat
from data.models.leads import Lead
from data.models.messages import (
    Channel,
    ChannelKind,
    Delivery,
    DeliveryResult,
    MessageStatus,
    Notification,
    OutboxMessage,
    Urgency,
)
from data.models.people import Absence, Organisation, Person, Team, TeamManager, TeamMembership
from data.models.plans import CalendarEvent, Goal, KpiTarget
from data.models.sign_in import AuditEntry, SignInAttempt, SignInTicket, UserSession

__all__ = [
    "Absence",
    "Activity",
    "ApiToken",
    "AuditEntry",
    "BatchStatus",
    "CalendarEvent",
    "Channel",
    "ChannelKind",
    "Deal",
    "DealSnapshot",
    "Delivery",
    "DeliveryResult",
    "Goal",
    "IdempotencyKey",
    "ImportBatch",
    "ImportChange",
    "ImportRowError",
    "InsightDismissal",
    "JobRun",
    "JobStatus",
    "KpiTarget",
    "Lead",
    "MessageStatus",
    "Notification",
    "Organisation",
    "OutboxMessage",
    "Person",
    "SavedMapping",
    "SignInAttempt",
    "SignInTicket",
    "StageChange",
    "Sublist",
    "SublistContact",
    "Team",
    "TeamManager",
    "TeamMembership",
    "TeamRanking",
    "Urgency",
    "UserSession",
    "WorkerHeartbeat",
    "daily_metrics",
]
