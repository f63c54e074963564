"""The tables, one noun per file; importing this package registers all of them."""

from data.models.activities import Activity
from data.models.daily_metrics import daily_metrics
from data.models.deals import Deal, StageChange, Sublist, SublistContact
from data.models.imports import BatchStatus, ImportBatch, ImportChange, ImportRowError, SavedMapping
from data.models.leads import Lead
from data.models.people import Absence, Organisation, Person, Team, TeamManager, TeamMembership
from data.models.plans import CalendarEvent, KpiTarget
from data.models.sign_in import AuditEntry, SignInAttempt, SignInTicket, UserSession

__all__ = [
    "Absence",
    "Activity",
    "AuditEntry",
    "BatchStatus",
    "CalendarEvent",
    "Deal",
    "ImportBatch",
    "ImportChange",
    "ImportRowError",
    "KpiTarget",
    "Lead",
    "Organisation",
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
    "UserSession",
    "daily_metrics",
]
