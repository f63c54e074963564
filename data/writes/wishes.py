"""Keeping what somebody wants of their channels."""

from datetime import datetime, time

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import NotificationChoice, NotificationSetting
from domain.notices import NoticeKind


def keep_times(session: Session, person_id: int, *, quiet_from: time, quiet_until: time, daily_cap: int, now: datetime) -> None:
    """Keep when somebody may be reached, and how often."""
    said = {"quiet_from": quiet_from, "quiet_until": quiet_until, "daily_cap": daily_cap, "changed_at": now}
    row = insert(NotificationSetting).values(person_id=person_id, **said)
    session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=said))


def keep_choice(session: Session, person_id: int, kind: NoticeKind, now: datetime, *, is_wanted: bool) -> None:
    """Keep whether somebody wants a kind."""
    said = {"is_wanted": is_wanted, "changed_at": now}
    row = insert(NotificationChoice).values(person_id=person_id, kind=kind, **said)
    session.execute(row.on_conflict_do_update(index_elements=["person_id", "kind"], set_=said))
