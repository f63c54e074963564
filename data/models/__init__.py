"""The tables, one noun per file; importing this package registers all of them."""

from data.models.activities import Activity
from data.models.ai import AiCall
from data.models.api_access import ApiToken, IdempotencyKey
from data.models.calendar import CalendarEvent, CalendarFeed, EventSeries
from data.models.calls import OpenCall, Recording, RecordingConsent
from data.models.coaching import AiEvaluation, CoachingSession
from data.models.daily_metrics import daily_metrics
from data.models.day_plans import DayPlan, MustDo
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
from data.models.nudges import NotificationChoice, NotificationSetting, Nudge
from data.models.patterns import StoredPattern, TrackingConsent
from data.models.people import Absence, Organisation, Person, ReportChoice, Team, TeamManager, TeamMembership
from data.models.plans import ChainLink, Goal, GoalAdvice, GoalChance, GoalPause, KpiTarget
from data.models.play import (
    AchievementGrant,
    Celebration,
    DailyScore,
    EnergyCheckIn,
    PointEntry,
    PointValueChange,
    Reward,
    RewardClaim,
    StreakSetting,
)
from data.models.progression import Assessment, TrainingCompletion, TrainingModule
from data.models.sign_in import AuditEntry, SignInAttempt, SignInTicket, UserSession
from data.models.week import ContentPost, LeaderboardChoice, VisionBoard, VisionCard, VisionTemplate

__all__ = [
    "Absence",
    "AchievementGrant",
    "Activity",
    "AiCall",
    "AiEvaluation",
    "ApiToken",
    "Assessment",
    "AuditEntry",
    "BatchStatus",
    "CalendarEvent",
    "CalendarFeed",
    "Celebration",
    "ChainLink",
    "Channel",
    "ChannelKind",
    "CoachingSession",
    "ContentPost",
    "DailyScore",
    "DayPlan",
    "Deal",
    "DealSnapshot",
    "Delivery",
    "DeliveryResult",
    "EnergyCheckIn",
    "EventSeries",
    "Goal",
    "GoalAdvice",
    "GoalChance",
    "GoalPause",
    "IdempotencyKey",
    "ImportBatch",
    "ImportChange",
    "ImportRowError",
    "InsightDismissal",
    "JobRun",
    "JobStatus",
    "KpiTarget",
    "Lead",
    "LeaderboardChoice",
    "MessageStatus",
    "MustDo",
    "Notification",
    "NotificationChoice",
    "NotificationSetting",
    "Nudge",
    "OpenCall",
    "Organisation",
    "OutboxMessage",
    "Person",
    "PointEntry",
    "PointValueChange",
    "Recording",
    "RecordingConsent",
    "ReportChoice",
    "Reward",
    "RewardClaim",
    "SavedMapping",
    "SignInAttempt",
    "SignInTicket",
    "StageChange",
    "StoredPattern",
    "StreakSetting",
    "Sublist",
    "SublistContact",
    "Team",
    "TeamManager",
    "TeamMembership",
    "TeamRanking",
    "TrackingConsent",
    "TrainingCompletion",
    "TrainingModule",
    "Urgency",
    "UserSession",
    "VisionBoard",
    "VisionCard",
    "VisionTemplate",
    "WorkerHeartbeat",
    "daily_metrics",
]
