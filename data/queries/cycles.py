"""An agent's 90-day cycles with what each phase is about."""

from collections import defaultdict
from datetime import date

from sqlalchemy import Date, Integer, func, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CoachingCycle, CycleFocus, Person
from data.models import CycleProposal as ProposalRow
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.cycles import Cycle, CycleProposal, Focus
from domain.periods import Period


def cycles_of(session: Session, scope: Scope, agent_id: int, today: date) -> list[Cycle]:
    """Those whose last day up to today the viewer may see, the latest first."""
    row = CoachingCycle
    seen = visible(col(row.agent_id), func.least(col(row.ends_on) - literal(1, Integer), literal(today, Date)), scope)
    rows = session.scalars(select(row).where(col(row.agent_id) == agent_id, seen).order_by(col(row.starts_on).desc())).all()
    focuses = _focuses(session, [each.id or 0 for each in rows])
    return [
        Cycle(id=each.id or 0, agent_id=agent_id, days=Period(each.starts_on, each.ends_on), focuses=tuple(focuses[each.id or 0]))
        for each in rows
    ]


def last_proposal(session: Session, agent_id: int) -> CycleProposal | None:
    """The one that waits, or the last that was answered; for callers that have made sure the viewer sees the agent."""
    row = ProposalRow
    named = select(row, col(Person.name)).join(Person, col(Person.id) == col(row.proposed_by), isouter=True)
    found = session.execute(named.where(col(row.agent_id) == agent_id).order_by(col(row.id).desc()).limit(1)).first()
    if found is None:
        return None
    kept, name = found
    return CycleProposal(
        metric_key=kept.metric_key,
        proposed_by=name or "",
        proposed_on=kept.proposed_on,
        decision=kept.decision,
        decided_on=kept.decided_on,
    )


def _focuses(session: Session, ids: list[int]) -> dict[int, list[Focus]]:
    found: dict[int, list[Focus]] = defaultdict(list)
    named = select(CycleFocus, col(Person.name)).join(Person, col(Person.id) == col(CycleFocus.named_by), isouter=True)
    for row, name in session.execute(named.where(col(CycleFocus.cycle_id).in_(ids))) if ids else ():
        found[row.cycle_id].append(Focus(phase=row.phase, metric_key=row.metric_key, is_accepted=row.is_accepted, named_by=name or ""))
    return found
