"""Deals at risk: listed by how much they ask for attention, each warning put aside or dealt with by who looks after the deal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlalchemy.orm import Session

from data.models import StoredWarning
from data.queries import deal_warnings as queries
from data.queries import pipeline
from data.queries.deal_warnings import DealFilter, ListedDeal
from domain.deals.deal_chance import DealChance
from domain.deals.facts import DealFacts, Task
from domain.deals.priority import DealPriority
from domain.deals.warning_life import LONGEST_SNOOZE, WarningEnding, WarningState
from domain.deals.warnings import WarningRule
from domain.errors import ConflictError, InputError, NotFoundError
from domain.local_time import day_start, local_time
from domain.records import DealStatus
from services import deal_facts, deal_watch, win_chances
from services.access import Viewer
from services.deals import deal as visible_deal
from services.inputs import storable, validated
from services.owners import today_of

Narrowed: TypeAlias = DealFilter
GONE: Final = "There is no such warning of this deal any more."
MOST_RANKED: Final = 1_000
"""Chances are worked out when somebody asks; more of them would keep the screen waiting."""
OVER: Final = "This warning is over meanwhile."
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(storable)]


class Why(BaseModel):
    """Why somebody puts a warning aside or says it is dealt with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Reason = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningShown:
    """A warning as those who look after the deal see it."""

    rule: WarningRule
    state: WarningState
    since: datetime | None
    evidence: str
    noticed_at: datetime
    snoozed_until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealAtRisk:
    """An open deal in a list, with its facts and what warns of it."""

    listed: ListedDeal
    facts: DealFacts
    warnings: tuple[WarningShown, ...]
    """Open ones, the most pressing first."""
    chance: DealChance | None = None

    @property
    def chance_told(self) -> float | None:
        """How likely it is to be won, from 1 to 99 %, where that may be said."""
        return None if self.chance is None else self.chance.told


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPage:
    """Some of the deals a filter finds."""

    deals: tuple[DealAtRisk, ...]
    in_all: int


def page(session: Session, viewer: Viewer, wanted: DealFilter, now: datetime, *, offset: int, limit: int) -> DealPage:
    """So many open deals the viewer looks after, those that ask most for attention first."""
    found = queries.listed(session, viewer.scope, today_of(viewer, now), wanted, offset=offset, limit=limit)
    ids = [each.deal_id for each in found]
    facts, kept = deal_facts.facts_by_id(session, viewer, ids, now), queries.of_deals(session, ids)
    chances = win_chances.chances_of(session, list(facts.values()))
    return DealPage(
        deals=tuple(
            DealAtRisk(listed=each, facts=facts[each.deal_id], warnings=_open(kept.get(each.deal_id, ())), chance=chances.get(each.deal_id))
            for each in found
            if each.deal_id in facts
        ),
        in_all=found[0].in_all if found else 0,
    )


def likeliest(session: Session, viewer: Viewer, wanted: DealFilter, now: datetime, *, offset: int, limit: int) -> DealPage:
    """The same with the likeliest first, then those of which no chance is told; only of the `MOST_RANKED` most pressing ones."""
    found = page(session, viewer, wanted, now, offset=0, limit=MOST_RANKED)
    ranked = sorted(found.deals, key=lambda each: each.chance_told if each.chance_told is not None else -1.0, reverse=True)
    return DealPage(deals=tuple(ranked[offset : offset + limit]), in_all=min(found.in_all, MOST_RANKED))


def needs_somebody(deal: DealAtRisk, viewer: Viewer, now: datetime) -> bool:
    """Whether a deal is one for today: of high priority, or with something planned for the viewer's day."""
    coming = deal.facts.next_step
    return deal.listed.priority is DealPriority.HIGH or (coming is not None and is_today(coming, viewer, now))


def is_today(task: Task, viewer: Viewer, now: datetime) -> bool:
    """Whether a task begins on the viewer's day."""
    return local_time(task.starts_at, viewer.time_zone).on == local_time(now, viewer.time_zone).on


def stages(session: Session, viewer: Viewer, now: datetime) -> list[tuple[str, str]]:
    """The pipelines and stages of the viewer's open deals, for a choice."""
    return queries.stages(session, viewer.scope, today_of(viewer, now))


def warnings_of(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> tuple[WarningShown, ...]:
    """Everything kept of one deal's warnings, those that are over last; raises NotFoundError."""
    visible_deal(session, viewer, deal_id, now)
    return tuple(sorted(map(_shown, queries.of_deals(session, {deal_id}).get(deal_id, ())), key=_order))


def snooze(session: Session, viewer: Viewer, deal_id: int, rule: WarningRule, until: date, reason: str, now: datetime) -> None:
    """Put a warning aside until a day begins on the viewer's clock, and let its deal ask for less attention meanwhile.

    Raises NotFoundError, ConflictError for one that is over, InputError for a day that has begun or is more than a quarter ahead.
    """
    why, today = validated(Why, {"reason": reason}), today_of(viewer, now)
    if not today < until <= today + LONGEST_SNOOZE:
        raise InputError("until: put it aside until a day from tomorrow on, ninety days ahead at most.", code="snooze_day")
    row = _changeable(session, viewer, deal_id, rule, now)
    row.state, row.snoozed_until = WarningState.SNOOZED, day_start(until, viewer.time_zone)
    _say(session, viewer, row, why.reason, now)


def resolve(session: Session, viewer: Viewer, deal_id: int, rule: WarningRule, reason: str, now: datetime) -> None:
    """Say that a warning is dealt with; it comes back when its situation begins anew. Raises as `snooze`."""
    why = validated(Why, {"reason": reason})
    row = _changeable(session, viewer, deal_id, rule, now)
    row.state, row.snoozed_until, row.resolved_at, row.ending = WarningState.RESOLVED, None, now, WarningEnding.BY_PERSON
    _say(session, viewer, row, why.reason, now)


def reopen(session: Session, viewer: Viewer, deal_id: int, rule: WarningRule, now: datetime) -> None:
    """Let a warning speak again that was put aside. Raises NotFoundError, ConflictError for one that is not put aside."""
    row = _locked(session, viewer, deal_id, rule, now)
    if row.state is not WarningState.SNOOZED:
        raise ConflictError("This warning is not put aside.", code="not_snoozed")
    deal_watch.reopen(row)
    session.flush()
    deal_watch.look_at(session, {deal_id}, now)


def _say(session: Session, viewer: Viewer, row: StoredWarning, reason: str, now: datetime) -> None:
    row.reason, row.changed_by = reason, viewer.author_id
    session.flush()
    deal_watch.look_at(session, {row.deal_id}, now)


def _changeable(session: Session, viewer: Viewer, deal_id: int, rule: WarningRule, now: datetime) -> StoredWarning:
    row = _locked(session, viewer, deal_id, rule, now)
    if row.state is WarningState.RESOLVED:
        raise ConflictError(OVER, code="warning_over")
    return row


def _locked(session: Session, viewer: Viewer, deal_id: int, rule: WarningRule, now: datetime) -> StoredWarning:
    found = pipeline.deal(session, viewer.scope, today_of(viewer, now), deal_id)
    row = queries.locked(session, deal_id, rule) if found is not None and found.status is DealStatus.OPEN else None
    if row is None:
        raise NotFoundError(GONE)
    return row


def _open(rows: Collection[StoredWarning]) -> tuple[WarningShown, ...]:
    return tuple(sorted((_shown(row) for row in rows if row.state is WarningState.OPEN), key=_order))


def _order(warning: WarningShown) -> tuple[int, int]:
    return list(WarningState).index(warning.state), list(WarningRule).index(warning.rule)


def _shown(row: StoredWarning) -> WarningShown:
    return WarningShown(
        rule=row.rule,
        state=row.state,
        since=row.since,
        evidence=row.evidence,
        noticed_at=row.noticed_at,
        snoozed_until=row.snoozed_until,
        reason=row.reason,
    )
