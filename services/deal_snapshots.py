"""How deals stood at the end of each day, kept because a deal only knows how it stands now."""

from datetime import date

from sqlalchemy.orm import Session

from data.writes import derived


def snapshot_deals(session: Session, day: date) -> int:
    """Keep every deal open at the day's end and every one closed on it; returns how many. Repeating it replaces the day."""
    return derived.replace_snapshots(session, day)
