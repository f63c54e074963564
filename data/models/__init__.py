"""The tables, one noun per file; importing this package registers all of them."""

from data.models.activities import Activity
from data.models.ai import AiCall
from data.models.alerts import Alert, AlertEntry, AlertSetting
from data.models.api_access import ApiToken, IdempotencyKey
from data.models.calendar import CalendarEvent, CalendarFeed, EventSeries
from data.models.calls import OpenCall, Recording, RecordingConsent
from data.models.coaching import AiEvaluation, CoachingSession
from data.models.crm import CrmConnection, CrmCursor, CrmHint, CrmRefusal, CrmStage, CrmStream, CrmUserLink
from data.models.cycles import CoachingCycle, CycleFocus, CycleProposal
from data.models.daily_metrics import daily_metrics
from data.models.day_plans import DayPlan, MustDo
from data.models.deal_messages import DealMessageLayout
from data.models.deal_monitoring import DealMonitoring, MonitoringRun, MonitoringTold
from data.models.deal_reviews import ReviewGuidance, ReviewRequest, StoredReview
from data.models.deal_warnings import StoredWarning, WarningSetting
from data.models.deals import Deal, StageChange, Sublist, SublistContact
from data.models.derived import DealSnapshot, TeamRanking
from data.models.erasure import Erasure
from data.models.features import FeatureFlag
from data.models.forgotten import Forgotten
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
from data.models.one_on_ones import OneOnOne, OneOnOneCommitment
from data.models.patterns import StoredPattern, TrackingConsent
from data.models.people import Absence, Organisation, Person, ReportChoice, Team, TeamManager, TeamMembership
from data.models.pipeline import PipelineEdit, PipelineStage
from data.models.plans import ChainLink, Goal, GoalAdvice, GoalChance, GoalPause, KpiTarget
from data.models.play import (
    AchievementGrant,
    Celebration,
    DailyScore,
    EnergyCheckIn,
    OwnAchievementDefinition,
    PointEntry,
    PointValueChange,
    Reward,
    RewardClaim,
    StreakSetting,
)
from data.models.progression import Assessment, TrainingCompletion, TrainingModule
from data.models.sign_in import AuditEntry, SignInAttempt, SignInTicket, UserSession
from data.models.telegram import TelegramBot, TelegramCode
from data.models.tv import TvBoard
from data.models.week import ContentPost, LeaderboardChoice, VisionBoard, VisionCard, VisionTemplate
from data.models.win_learning import WinLearning

__all__ = [
    "Absence",
    "AchievementGrant",
    "Activity",
    "AiCall",
    "AiEvaluation",
    "Alert",
    "AlertEntry",
    "AlertSetting",
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
    "CoachingCycle",
    "CoachingSession",
    "ContentPost",
    "CrmConnection",
    "CrmCursor",
    "CrmHint",
    "CrmRefusal",
    "CrmStage",
    "CrmStream",
    "CrmUserLink",
    "CycleFocus",
    "CycleProposal",
    "DailyScore",
    "DayPlan",
    "Deal",
    "DealMessageLayout",
    "DealMonitoring",
    "DealSnapshot",
    "Delivery",
    "DeliveryResult",
    "EnergyCheckIn",
    "Erasure",
    "EventSeries",
    "FeatureFlag",
    "Forgotten",
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
    "MonitoringRun",
    "MonitoringTold",
    "MustDo",
    "Notification",
    "NotificationChoice",
    "NotificationSetting",
    "Nudge",
    "OneOnOne",
    "OneOnOneCommitment",
    "OpenCall",
    "Organisation",
    "OutboxMessage",
    "OwnAchievementDefinition",
    "Person",
    "PipelineEdit",
    "PipelineStage",
    "PointEntry",
    "PointValueChange",
    "Recording",
    "RecordingConsent",
    "ReportChoice",
    "ReviewGuidance",
    "ReviewRequest",
    "Reward",
    "RewardClaim",
    "SavedMapping",
    "SignInAttempt",
    "SignInTicket",
    "StageChange",
    "StoredPattern",
    "StoredReview",
    "StoredWarning",
    "StreakSetting",
    "Sublist",
    "SublistContact",
    "Team",
    "TeamManager",
    "TeamMembership",
    "TeamRanking",
    "TelegramBot",
    "TelegramCode",
    "TrackingConsent",
    "TrainingCompletion",
    "TrainingModule",
    "TvBoard",
    "Urgency",
    "UserSession",
    "VisionBoard",
    "VisionCard",
    "VisionTemplate",
    "WarningSetting",
    "WinLearning",
    "WorkerHeartbeat",
    "daily_metrics",
]
