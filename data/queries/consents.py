"""Since when somebody's consents are as they are."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AuditEntry, TrackingConsent


def given_at(session: Session, person_id: int) -> dict[str, datetime]:
    """By purpose, since when the person agrees to what they agree to now."""
    held = (col(TrackingConsent.person_id) == person_id, col(TrackingConsent.withdrawn_at).is_(None))
    return {row.purpose: row.given_at for row in session.scalars(select(TrackingConsent).where(*held))}


def changed_at(session: Session, person_id: int, action: str) -> dict[str, datetime]:
    """By consent, when the person changed it last, as the audit log has it under this action."""
    consent = col(AuditEntry.details)["consent"].astext
    own = (col(AuditEntry.person_id) == person_id, col(AuditEntry.action) == action)
    query = select(consent.label("consent"), func.max(col(AuditEntry.at)).label("at")).where(*own).group_by(consent)
    return {row.consent: row.at for row in session.execute(query)}
