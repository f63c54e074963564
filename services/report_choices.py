"""Whether somebody wants to be told that a report is ready: everybody is, until they say otherwise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import report_readers as queries
from data.writes import report_choices as writes
from domain.periods import Grain
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """What somebody wants."""

    weekly: bool = True
    """On Monday morning."""
    monthly: bool = True
    """On their first working day of the month."""

    def wants(self, grain: Grain | None) -> bool:
        """Whether they want the report of a week or of a month."""
        return self.weekly if grain is Grain.WEEK else self.monthly


UNSAID: Final = ReportChoice()


def own_choice(session: Session, viewer: Viewer) -> ReportChoice:
    """The viewer's."""
    return choices_of(session, {viewer.person_id}).get(viewer.person_id, UNSAID)


def choose(session: Session, viewer: Viewer, wanted: ReportChoice, now: datetime) -> None:
    """Keep what the viewer wants; audited. AccessError for admins and programs, who get none."""
    require_role(viewer, {Role.AGENT, Role.MANAGER})
    writes.keep_choice(session, viewer.person_id, weekly=wanted.weekly, monthly=wanted.monthly)
    details = {"weekly": wanted.weekly, "monthly": wanted.monthly}
    audit.record(
        session, person_id=viewer.person_id, action=Action.REPORTS_CHOSEN, subject=f"person:{viewer.person_id}", details=details, at=now
    )


def choices_of(session: Session, person_ids: Collection[int]) -> dict[int, ReportChoice]:
    """Of those among these people who ever chose."""
    found = queries.choices(session, person_ids)
    return {person_id: ReportChoice(weekly=row.weekly, monthly=row.monthly) for person_id, row in found.items()}
