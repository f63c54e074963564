"""What the calendar holds beside customers: team training, focus time, one-to-ones."""

from datetime import timedelta
from typing import Final

from data.demo.desk import Desk
from data.demo.rows import AGENDA_DAYS, EventRow, Facts
from domain.records import EventKind, EventStatus

WEDNESDAY: Final = 3
FRIDAY: Final = 5
TRAINING_SECOND: Final = 9 * 3600
FOCUS_SECOND: Final = 15 * 3600


def plan(desk: Desk, facts: Facts) -> None:
    """Training on Wednesdays and focus time on Fridays, from 30 days back to 30 ahead."""
    for day in desk.days:
        if abs(day - facts.today) > timedelta(days=AGENDA_DAYS):
            continue
        if day.isoweekday() == WEDNESDAY:
            _add(desk, facts, EventKind.TRAINING, "Team training", TRAINING_SECOND, 45, day.toordinal())
        if day.isoweekday() == FRIDAY:
            _add(desk, facts, EventKind.BLOCKED, "Focus time: follow-ups", FOCUS_SECOND, 60, day.toordinal())


def _add(desk: Desk, facts: Facts, kind: EventKind, title: str, second: int, minutes: int, ordinal: int) -> None:
    starts = desk.at(facts.today + timedelta(days=ordinal - facts.today.toordinal()), second)
    status = EventStatus.COMPLETED if facts.has_happened(starts) else EventStatus.PLANNED
    facts.events.append(EventRow(agent=desk.number, kind=kind, title=title, starts=starts, minutes=minutes, status=status))
