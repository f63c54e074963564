"""Proposals to begin a 90-day cycle: made by whoever looks after an agent, taken on or declined by the agent alone."""

from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import cycles as queries
from data.writes import cycles as writes
from domain.errors import AccessError, ConflictError
from domain.metrics.catalog import metric
from domain.records import Decision
from services.access import Viewer
from services.agents import agent_seen
from services.cycle_changes import RUNS_OF_THEIRS, check_focus, is_own, running
from services.notifications import Notice, put_in_inbox

OWN: Final = "Nobody proposes a cycle to themselves. Begin one."
NOT_YOURS: Final = "Only the agent answers what is proposed to them."
NOTHING_WAITS: Final = "Nothing is proposed any more."


def propose(session: Session, viewer: Viewer, agent_id: int, metric_key: str, today: date, now: datetime) -> None:
    """Propose ninety days whose first phase is about this figure, in the place of what waits for an answer; tells the agent's inbox.

    Raises NotFoundError for an agent not seen today, AccessError to oneself, ConflictError while a cycle runs, InputError for no focus.
    """
    agent_seen(session, viewer, agent_id, today)
    if is_own(viewer, agent_id):
        raise AccessError(OWN)
    check_focus(metric_key)
    writes.hold_agent(session, agent_id)
    if running(session, viewer, agent_id, today) is not None:
        raise ConflictError(RUNS_OF_THEIRS, code="cycle_runs")
    proposal_id = writes.propose_cycle(session, agent_id, metric_key, viewer.author_id, today)
    notice = Notice(
        kind="cycle_proposed",
        title=f"{viewer.name} proposes ninety days about {metric(metric_key).name}",
        body="Begin with it, choose another figure or decline: that is yours to decide.",
        link="/monthly?part=90%20days",
        dedupe_key=f"cycle_proposed:{proposal_id}",
    )
    put_in_inbox(session, {agent_id}, notice, now)


def decline(session: Session, viewer: Viewer, agent_id: int, today: date) -> None:
    """Say no to what waits. Raises NotFoundError, AccessError for somebody else's, ConflictError where nothing waits."""
    agent_seen(session, viewer, agent_id, today)
    if not is_own(viewer, agent_id):
        raise AccessError(NOT_YOURS)
    proposal = queries.last_proposal(session, agent_id)
    if proposal is None or not proposal.is_waiting:
        raise ConflictError(NOTHING_WAITS, code="nothing_proposed")
    writes.answer_proposal(session, agent_id, Decision.DECLINED, today)
