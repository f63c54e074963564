"""Everybody, their absences and what they are asked: the same for every figure of a screen, and read once for all of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from domain.access import Scope, Selection
from domain.periods import Period
from services.roster import Staff, staff
from services.targets import Rules, rules_within

BACK: Final = timedelta(days=4 * 366)
"""A forecast looks back on more than a year, a roster on as much before it, and both on whole years."""
AHEAD: Final = timedelta(days=366)
"""To the end of the year, which a target of a whole year is spread over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """What figures of a selection's days, and of those its lines and forecasts look back on, are held against."""

    staff: Staff
    rules: Rules


def lookups(session: Session, scope: Scope, selection: Selection, today: date) -> Lookups:
    """For a selection within the scope, in four statements."""
    days = Period(min(selection.period.start, today) - BACK, max(selection.period.end, today) + AHEAD)
    found = staff(session, scope, days)
    return Lookups(staff=found, rules=rules_within(session, days, found.currency))
