"""Activities stored, changed and taken back, with what follows for the lead and the deal they belong to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Deal, Lead
from data.queries.activities import first_contact, last_work_on_deal
from domain.records import LeadStatus

ExternalKey: TypeAlias = tuple[str, str]
"""The system a record came from and its id there."""


def locked_activity(session: Session, activity_id: int) -> Activity | None:
    """The activity, locked for the transaction."""
    return session.scalar(select(Activity).where(col(Activity.id) == activity_id).with_for_update())


def insert_activity(session: Session, activity: Activity) -> int:
    """Store the activity and return its id; its agent's day moves with it by trigger."""
    session.add(activity)
    session.flush()
    return activity.id or 0


def insert_activities(session: Session, rows: Sequence[Mapping[str, object]]) -> list[int]:
    """Store activities without an external id in one statement, so that their agents' days move once; ids in the rows' order."""
    if not rows:
        return []
    statement = insert(Activity).returning(col(Activity.id), sort_by_parameter_order=True)
    return [number for number in session.scalars(statement, rows) if number is not None]


def insert_unknown(session: Session, rows: Sequence[Mapping[str, object]]) -> dict[ExternalKey, int]:
    """Store those whose origin and external id nobody stored before; their ids by both. Waits for others who store the same."""
    if not rows:
        return {}
    statement = pg_insert(Activity).on_conflict_do_nothing(index_elements=["origin", "external_id"])
    stored = session.execute(statement.returning(col(Activity.id), col(Activity.origin), col(Activity.external_id)), rows)
    return {(row.origin, row.external_id): row.id for row in stored}


def locked_by_external(session: Session, keys: Collection[ExternalKey]) -> dict[ExternalKey, Activity]:
    """The activities stored under these origins and external ids, locked for the transaction in the order of their ids."""
    if not keys:
        return {}
    known = tuple_(col(Activity.origin), col(Activity.external_id)).in_(sorted(keys))
    query = select(Activity).where(known).order_by(col(Activity.id)).with_for_update().execution_options(populate_existing=True)
    return {(found.origin, found.external_id or ""): found for found in session.scalars(query)}


def change_activity(session: Session, activity: Activity, fields: Mapping[str, object]) -> None:
    """Store other values; both days move by trigger where the day changes."""
    for name, value in fields.items():
        setattr(activity, name, value)
    session.flush()


def delete_activity(session: Session, activity: Activity) -> None:
    """Remove the activity; its agent's day moves back by trigger."""
    session.delete(activity)
    session.flush()


def locked_lead(session: Session, lead_id: int) -> Lead:
    """The lead as it is now, locked for the transaction."""
    return session.get_one(Lead, lead_id, with_for_update=True)


def settle_lead(session: Session, lead: Lead, *, gone: datetime | None = None) -> None:
    """Let a locked lead's first contact follow its activities, after one was added or the one at the moment `gone` was taken away.

    Only a new lead becomes contacted by an activity, and only a date that an activity gave is taken back; dates of a lead
    that came further, or came with them from elsewhere, stay.
    """
    follow_contact(lead, first_contact(session, lead.id or 0), gone=gone)
    _note_change(session, lead)


def follow_contact(lead: Lead, earliest: tuple[datetime, date] | None, *, gone: datetime | None = None) -> None:
    """As `settle_lead`, for a lead whose earliest contact is known; the caller dates the change and stores it."""
    if lead.contacted_at is None:
        if earliest and lead.status is LeadStatus.NEW:
            _contact(lead, *earliest)
    elif earliest and (earliest[0] < lead.contacted_at or gone == lead.contacted_at):
        _contact(lead, *earliest)
    elif earliest is None and gone == lead.contacted_at and lead.status is LeadStatus.CONTACTED:
        _uncontact(lead)


def settle_deal(session: Session, deal_id: int, *, gone: datetime | None = None) -> None:
    """Let the deal's last activity follow its activities; a later date that came with the deal stays."""
    deal = session.get_one(Deal, deal_id, with_for_update=True)
    latest = last_work_on_deal(session, deal_id)
    known = None if gone is not None and gone == deal.last_activity_at else deal.last_activity_at
    deal.last_activity_at = max((moment for moment in (latest, known) if moment is not None), default=None)
    _note_change(session, deal)


def _note_change(session: Session, record: Lead | Deal) -> None:
    """Date the record's last change, where it changed, for those who ask what is new."""
    if session.is_modified(record):
        session.execute(update(type(record)).where(col(type(record).id) == record.id).values(updated_at=func.now()))
    session.flush()


def _contact(lead: Lead, at: datetime, on: date) -> None:
    lead.contacted_at, lead.contacted_on = at, on
    lead.status = LeadStatus.CONTACTED if lead.status is LeadStatus.NEW else lead.status
    waited = int((at - lead.assigned_at).total_seconds()) if lead.assigned_at else None
    lead.response_seconds = waited if waited is not None and waited >= 0 else None


def _uncontact(lead: Lead) -> None:
    lead.contacted_at = lead.contacted_on = lead.response_seconds = None
    lead.status = LeadStatus.NEW
