"""90-day cycles proposed, begun and ended, and the focus of a phase named."""

from datetime import date, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CoachingCycle, CycleFocus, CycleProposal
from domain.coaching.cycles import CYCLE_DAYS, Phase
from domain.records import Decision

_FOCUS = ("cycle_id", "phase", "is_accepted")


def hold_agent(session: Session, agent_id: int) -> None:
    """Let nobody else begin or end a cycle of the agent's until the transaction is over."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"cycle {agent_id}", 0))))


def begin(session: Session, agent_id: int, today: date) -> int:
    """Ninety days from today on; their id."""
    fresh = insert(CoachingCycle).values(agent_id=agent_id, starts_on=today, ends_on=today + timedelta(days=CYCLE_DAYS))
    return session.execute(fresh.returning(col(CoachingCycle.id))).scalar_one() or 0


def end(session: Session, cycle_id: int, today: date) -> None:
    """Today is no day of it any more; one begun today was none."""
    whole = col(CoachingCycle.id) == cycle_id
    session.execute(delete(CoachingCycle).where(whole, col(CoachingCycle.starts_on) >= today))
    session.execute(update(CoachingCycle).where(whole).values(ends_on=today, version=CoachingCycle.version + 1))


def choose(session: Session, cycle_id: int, phase: Phase, metric_key: str) -> None:
    """The agent's own choice for the phase, in the place of the one before and of whatever was proposed."""
    session.execute(delete(CycleFocus).where(col(CycleFocus.cycle_id) == cycle_id, col(CycleFocus.phase) == phase))
    _put(session, cycle_id, phase, metric_key, by=None)


def propose(session: Session, cycle_id: int, phase: Phase, metric_key: str, by: int) -> None:
    """Somebody else's proposal, in the place of the one before; what the agent chose stays."""
    _put(session, cycle_id, phase, metric_key, by=by)


def propose_cycle(session: Session, agent_id: int, metric_key: str, by: int | None, today: date) -> int:
    """A proposal that waits, in the place of another that does; its id."""
    row = CycleProposal
    session.execute(delete(row).where(col(row.agent_id) == agent_id, col(row.decision).is_(None)))
    fresh = insert(row).values(agent_id=agent_id, metric_key=metric_key, proposed_by=by, proposed_on=today)
    return session.execute(fresh.returning(col(row.id))).scalar_one() or 0


def answer_proposal(session: Session, agent_id: int, decision: Decision, today: date) -> None:
    """Keep what the agent decided about the one that waits, where one does."""
    waiting = (col(CycleProposal.agent_id) == agent_id, col(CycleProposal.decision).is_(None))
    session.execute(update(CycleProposal).where(*waiting).values(decision=decision, decided_on=today))


def _put(session: Session, cycle_id: int, phase: Phase, metric_key: str, *, by: int | None) -> None:
    values = {"cycle_id": cycle_id, "phase": phase, "is_accepted": by is None, "metric_key": metric_key, "named_by": by}
    fresh = insert(CycleFocus).values(**values)
    session.execute(fresh.on_conflict_do_update(index_elements=_FOCUS, set_={"metric_key": metric_key, "named_by": by}))
    session.execute(update(CoachingCycle).where(col(CoachingCycle.id) == cycle_id).values(version=CoachingCycle.version + 1))
