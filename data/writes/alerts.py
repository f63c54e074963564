"""Writing the log of alerts, and the thresholds of teams."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import Alert, AlertEntry, AlertSetting
from domain.alerts.log import Happening


def note(session: Session, alert: Alert, what: Happening, at: datetime, *, person_id: int | None = None, words: str = "") -> None:
    """Add to the log what happened."""
    session.add(AlertEntry(alert_id=alert.id or 0, what=what, person_id=person_id, note=words, at=at))


def put_setting(session: Session, team_id: int, values: Mapping[str, object]) -> None:
    """Keep what a team hears of, in place of what it had."""
    row = insert(AlertSetting).values(team_id=team_id, **values)
    session.execute(row.on_conflict_do_update(index_elements=["team_id"], set_=dict(values)))
