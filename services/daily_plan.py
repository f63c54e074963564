"""The plan of an agent's day: what was promised in the morning, what became of it, and what came in since.

Done is read from the facts of the day, so that a corrected or withdrawn activity corrects the plan with it (docs/decisions/0037).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import day_plans as queries
from data.queries.waiting import arriving_for
from data.writes import day_plans as writes
from domain.coaching.daily_plan import MINUTES, SPEED_LIMIT, MustDoKind, Waiting
from domain.coaching.daily_plan_words import came_in_words, title
from domain.coaching.kept_plan import KeptMustDo, KeptPlan
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.facts import AgentChoice
from domain.local_time import local_time
from services.access import Viewer
from services.agents import agent_seen
from services.plan_making import make_plan
from services.vision_board import is_own

MOST_NEW: Final = 3
"""More than three things that came in are told as a number: the plan is the plan."""
LONGEST_REASON: Final = 200
GONE: Final = "There is no such must-do on the plan of this day."
THEIR_PROMISE: Final = (
    "The plan of a day is its agent's promise: they alone tick it and put things off. Log what was done, and it ticks itself."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """Something urgent that was not there when the plan was made; it replaces nothing."""

    kind: MustDoKind
    key: str
    title: str
    reason: str
    minutes: int
    lead_id: int | None
    event_id: int | None
    is_pressing: bool
    """A new lead still within the hour of a fast answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfDay:
    """An agent's day as promised, with what became of it."""

    day: date
    made_at: datetime
    is_day_off: bool
    must_dos: tuple[KeptMustDo, ...]
    came_in: tuple[CameIn, ...] = ()

    @property
    def asked(self) -> tuple[KeptMustDo, ...]:
        """Without those put off, unless they were done all the same."""
        return tuple(each for each in self.must_dos if each.is_done or each.put_off_at is None)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(each.is_done for each in self.must_dos)

    @property
    def completion_share(self) -> float | None:
        """The part done of what is asked; None where nothing is."""
        return self.done / len(self.asked) if self.asked else None

    @property
    def next(self) -> KeptMustDo | CameIn | None:
        """The one thing to do now: somebody who just asked, then the first must-do that is open, then what else came in."""
        pressing = [each for each in self.came_in if each.is_pressing]
        open_ones = [each for each in self.must_dos if not each.is_done and each.put_off_at is None]
        in_order: tuple[KeptMustDo | CameIn, ...] = (*pressing, *open_ones, *self.came_in)
        return next(iter(in_order), None)


def plan_of(session: Session, viewer: Viewer, agent_id: int, day: date, now: datetime) -> PlanOfDay | None:
    """The plan of the agent's day, or None where none was made; raises NotFoundError for an agent the viewer may not see that day.

    What came in since is told for today only, and not on a day off.
    """
    agent = agent_seen(session, viewer, agent_id, day)
    stored = queries.plan_of(session, viewer.scope, agent_id, day)
    if stored is None:
        return None
    is_today = day == local_time(now, agent.time_zone).on
    return PlanOfDay(
        day=day,
        made_at=stored.made_at,
        is_day_off=stored.is_day_off,
        must_dos=stored.must_dos,
        came_in=_came_in(session, viewer, agent, stored, now) if is_today and not stored.is_day_off else (),
    )


def plan_of_today(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> PlanOfDay:
    """The plan of the agent's day today; made now where the morning's job has not made it. Raises NotFoundError as `plan_of`."""
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    today = local_time(now, agent.time_zone).on
    found = plan_of(session, viewer, agent_id, today, now)
    if found is None:
        make_plan(session, agent, now)
        found = plan_of(session, viewer, agent_id, today, now)
    if found is None:
        raise NotFoundError(GONE)
    return found


def tick(session: Session, viewer: Viewer, agent_id: int, key: str, now: datetime, *, is_done: bool) -> PlanOfDay:
    """Tick a must-do of one's own today, or take the tick back; it records nothing but the tick.

    Raises NotFoundError as `plan_of`, AccessError on somebody else's plan, ConflictError (`done_by_facts`) for taking back what a
    record of the day says is done.
    """
    found = _must_do(session, viewer, agent_id, key, now)
    if not is_done and found.ticked_at is None and found.is_done_by_facts:
        raise ConflictError("A record of today says that this is done. Change or take back that record instead.", code="done_by_facts")
    writes.say(session, found.id, ticked_at=(found.ticked_at or now) if is_done else None, put_off_at=None, put_off_reason="")
    return plan_of_today(session, viewer, agent_id, now)


def put_off(session: Session, viewer: Viewer, agent_id: int, key: str, reason: str, now: datetime) -> PlanOfDay:
    """Put a must-do of today off for a reason: it is not asked for today, and may be on tomorrow's plan. Raises as `tick`.

    Raises InputError without a reason or with one that is too long, ConflictError (`already_done`) for one that is done.
    """
    said = reason.replace("\x00", "").strip()
    if not said or len(said) > LONGEST_REASON:
        raise InputError(f"Say in 1 to {LONGEST_REASON} characters why it is put off.")
    found = _must_do(session, viewer, agent_id, key, now)
    if found.is_done:
        raise ConflictError("This is done already; there is nothing to put off.", code="already_done")
    writes.say(session, found.id, ticked_at=None, put_off_at=now, put_off_reason=said)
    return plan_of_today(session, viewer, agent_id, now)


def _must_do(session: Session, viewer: Viewer, agent_id: int, key: str, now: datetime) -> KeptMustDo:
    plan = plan_of_today(session, viewer, agent_id, now)
    if not is_own(viewer, agent_id):
        raise AccessError(THEIR_PROMISE)
    found = next((each for each in plan.must_dos if each.key == key), None)
    if found is None:
        raise NotFoundError(GONE)
    return found


def _came_in(session: Session, viewer: Viewer, agent: AgentChoice, stored: KeptPlan, now: datetime) -> tuple[CameIn, ...]:
    """Leads given and entries made since the plan was, the newest first; nothing that is on the plan."""
    today, planned = local_time(now, agent.time_zone).on, {each.key for each in stored.must_dos}
    waiting = arriving_for(session, viewer.scope, agent.agent_id, today, now)
    since = [each for each in waiting if each.came_at is not None and each.came_at > stored.made_at and each.key not in planned]
    newest = sorted(since, key=lambda each: (each.kind is not MustDoKind.NEW_LEAD, -each.came_at.timestamp(), each.record_id))  # type: ignore[union-attr]
    return tuple(_new(each, agent.time_zone, now) for each in newest)


def _new(waiting: Waiting, time_zone: str, now: datetime) -> CameIn:
    return CameIn(
        kind=waiting.kind,
        key=waiting.key,
        title=title(waiting),
        reason=came_in_words(waiting, now, time_zone),
        minutes=MINUTES[waiting.kind],
        lead_id=waiting.lead_id,
        event_id=waiting.event_id,
        is_pressing=waiting.kind is MustDoKind.NEW_LEAD and now - waiting.since <= SPEED_LIMIT,
    )
