"""What must always hold in the data beyond what the tables themselves refuse; `manage.py check` asks all of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from data.queries import invariants

SHOWN_FINDINGS: Final = 10
"""Enough to see what is wrong; thousands of them mean one cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """A promise, and the query that finds where it is broken."""

    promise: str
    violations: Callable[[Session], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Whether a promise holds, and what breaks it."""

    promise: str
    findings: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def shown(self) -> tuple[str, ...]:
        """The first findings, and how many more there are."""
        more = len(self.findings) - SHOWN_FINDINGS
        return self.findings if more <= 0 else (*self.findings[:SHOWN_FINDINGS], f"and {more:,} more")


def report(session: Session, invariant: Invariant) -> Report:
    """Ask one promise of the database."""
    return Report(promise=invariant.promise, findings=tuple(invariant.violations(session)))


def _unknown_zones(session: Session) -> list[str]:
    known = available_timezones()
    return [f"{who}: {zone}" for who, zone in invariants.time_zones(session) if zone not in known]


INVARIANTS: Final = (
    Invariant(promise="The daily numbers equal a recount of the facts (repair: manage.py rebuild)", violations=invariants.roll_up_drift),
    Invariant(promise="Every table of facts counts what is written (repair: manage.py migrate)", violations=invariants.missing_triggers),
    Invariant(promise="Nobody belongs to two teams on the same day", violations=invariants.overlapping_memberships),
    Invariant(promise="Teams are managed by managers or admins", violations=invariants.powerless_team_managers),
    Invariant(promise="An active admin can sign in", violations=invariants.missing_admin),
    Invariant(
        promise="Facts and people have an organisation, whose currency all amounts share", violations=invariants.missing_organisation
    ),
    Invariant(promise="Every time zone is one we know", violations=_unknown_zones),
    Invariant(promise="Every rejected row of an import has its reason", violations=invariants.unexplained_rejections),
    Invariant(promise="An activity's local day is at most a day from its moment", violations=invariants.shifted_days),
)
