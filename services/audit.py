"""The audit log: who did what, when; and reading it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import AuditEntry
from data.queries import audit as queries
from domain.records import Role
from services.access import Viewer, require_role

Entry: TypeAlias = queries.Entry
PAGE: Final = 50
"""Entries a screen shows at a time."""


class Action(StrEnum):
    """What is recorded; screens show the value with spaces."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an action, not a password
    PASSWORD_RESET = "password_reset"  # noqa: S105 - an action, not a password
    ROLE_CHANGED = "role_changed"
    PERSON_INVITED = "person_invited"
    PERSON_EDITED = "person_edited"
    PERSON_DEACTIVATED = "person_deactivated"
    PERSON_REACTIVATED = "person_reactivated"
    PERSON_ERASED = "person_erased"
    CLIENT_ERASED = "client_erased"
    ERASURE_ASKED = "erasure_asked"
    BEHAVIOUR_ERASED = "behaviour_erased"
    CONSENT_CHANGED = "consent_changed"
    TEAM_CREATED = "team_created"
    TEAM_EDITED = "team_edited"
    TEAM_MOVED = "team_moved"
    TEAM_MANAGERS_CHANGED = "team_managers_changed"
    SETTINGS_CHANGED = "settings_changed"
    REPORTS_CHOSEN = "reports_chosen"
    EXPORT = "export"
    IMPORT = "import"
    IMPORT_UNDONE = "import_undone"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 - an action, not a token
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - an action, not a token
    CALENDAR_IMPORT = "calendar_import"
    FEED_MADE = "calendar_feed_made"
    FEED_CLOSED = "calendar_feed_closed"
    TV_BOARD_MADE = "tv_board_made"
    TV_BOARD_ENDED = "tv_board_ended"
    CHANNEL_ADDED = "channel_added"
    CHANNEL_CHANGED = "channel_changed"
    CHANNEL_REMOVED = "channel_removed"
    JOB_RUN_ASKED = "job_run_asked"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"
    GOAL_SET = "goal_set"
    GOAL_CHANGED = "goal_changed"
    GOAL_PAUSED = "goal_paused"
    GOAL_RESUMED = "goal_resumed"
    GOAL_REMOVED = "goal_removed"
    CHAIN_CHANGED = "chain_changed"
    RECORDING_BASIS_SET = "recording_basis_set"
    RECORDING_BASIS_REMOVED = "recording_basis_removed"
    RECORDING_REMOVED = "recording_removed"
    TRAINING_ADDED = "training_added"
    TRAINING_CHANGED = "training_changed"
    POINTS_CHANGED = "points_changed"
    TARGET_SET = "target_set"
    ALERTS_CHANGED = "alerts_changed"
    DEAL_WARNINGS_CHANGED = "deal_warnings_changed"
    ACHIEVEMENT_ADDED = "achievement_added"
    ACHIEVEMENT_CHANGED = "achievement_changed"
    ACHIEVEMENT_RETIRED = "achievement_retired"
    REWARD_ADDED = "reward_added"
    REWARD_ENDED = "reward_ended"
    REWARD_CLAIMED = "reward_claimed"
    REWARD_DECIDED = "reward_decided"
    AI_SWITCHED_ON = "ai_switched_on"
    AI_SWITCHED_OFF = "ai_switched_off"
    REVIEW_GUIDANCE_CHANGED = "review_guidance_changed"
    FEATURE_CHANGED = "feature_changed"
    PIPELINE_CHANGED = "pipeline_changed"
    CRM_CONNECTED = "crm_connected"
    CRM_CHANGED = "crm_changed"
    CRM_DISCONNECTED = "crm_disconnected"
    DEMO_LOADED = "demo_loaded"
    DEMO_REMOVED = "demo_removed"


def record(
    session: Session,
    *,
    person_id: int | None,
    action: Action,
    subject: str = "",
    details: Mapping[str, object] | None = None,
    at: datetime,
) -> None:
    """Add an entry in the caller's transaction.

    `subject` is what it was done to, as `kind:id`. `details` are counts, ids and words of closed sets: never names,
    addresses or passwords, because entries outlive the people in them.
    """
    session.add(AuditEntry(person_id=person_id, action=action, subject=subject, details=dict(details or {}), at=at))


def entries(session: Session, viewer: Viewer, *, action: Action | None = None, before_id: int | None = None) -> list[Entry]:
    """A page of the log for an admin, newest first; `before_id` is the last entry of the page before."""
    require_role(viewer, {Role.ADMIN})
    return queries.entries(session, action=action, before_id=before_id, limit=PAGE)
