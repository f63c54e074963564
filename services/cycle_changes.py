"""90-day cycles begun and ended by their agent, and the focus of a phase: the agent chooses, whoever looks after them proposes."""

from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from data.queries import cycles as queries
from data.writes import cycles as writes
from domain.coaching.cycles import Cycle, Phase, may_be_focus
from domain.errors import AccessError, ConflictError, InputError
from domain.metrics.catalog import metric
from domain.records import Decision
from services.access import Viewer
from services.agents import agent_seen

NOT_YOURS: Final = "A cycle belongs to its agent, who begins and ends it. You can propose one, and what a phase is about."
RUNS: Final = "A cycle runs already. It ends by itself after ninety days, or when you end it."
RUNS_OF_THEIRS: Final = "A cycle runs already. You can propose what its phases are about."
NONE_RUNS: Final = "No cycle runs. Its agent can begin one."
PHASE_OVER: Final = "This phase is over, and stays what it was about."
NO_FOCUS: Final = "A phase cannot be about this figure: choose one that has a good direction and whose movement can be told from luck."


def begin(session: Session, viewer: Viewer, agent_id: int, metric_key: str, today: date) -> None:
    """Begin ninety days with the first phase about this figure, which settles what was proposed.

    Raises NotFoundError, AccessError for somebody else's, ConflictError while one runs, InputError for no focus.
    """
    agent_seen(session, viewer, agent_id, today)
    _require_own(viewer, agent_id)
    check_focus(metric_key)
    writes.hold_agent(session, agent_id)
    if running(session, viewer, agent_id, today) is not None:
        raise ConflictError(RUNS, code="cycle_runs")
    writes.choose(session, writes.begin(session, agent_id, today), Phase.FOUNDATION, metric_key)
    _settle_proposal(session, agent_id, metric_key, today)


def name_focus(session: Session, viewer: Viewer, agent_id: int, phase: Phase, metric_key: str, today: date) -> None:
    """The agent's own choice for a phase, which settles what was proposed; anybody else's is a proposal.

    Raises NotFoundError, ConflictError where no cycle runs or the phase is over, InputError for no focus.
    """
    agent_seen(session, viewer, agent_id, today)
    check_focus(metric_key)
    writes.hold_agent(session, agent_id)
    cycle = _required(session, viewer, agent_id, today)
    if not cycle.is_open(phase, today):
        raise ConflictError(PHASE_OVER, code="phase_over")
    if is_own(viewer, agent_id):
        writes.choose(session, cycle.id, phase, metric_key)
    else:
        writes.propose(session, cycle.id, phase, metric_key, viewer.person_id)


def end(session: Session, viewer: Viewer, agent_id: int, today: date) -> None:
    """End the cycle that runs before its time. Raises NotFoundError, AccessError for somebody else's, ConflictError where none runs."""
    agent_seen(session, viewer, agent_id, today)
    _require_own(viewer, agent_id)
    writes.hold_agent(session, agent_id)
    writes.end(session, _required(session, viewer, agent_id, today).id, today)


def _settle_proposal(session: Session, agent_id: int, metric_key: str, today: date) -> None:
    proposal = queries.last_proposal(session, agent_id)
    if proposal is not None and proposal.is_waiting:
        decision = Decision.ACCEPTED if proposal.metric_key == metric_key else Decision.EDITED
        writes.answer_proposal(session, agent_id, decision, today)


def is_own(viewer: Viewer, agent_id: int) -> bool:
    """Whether the viewer is the agent, in person."""
    return viewer.person_id == agent_id and not viewer.is_program


def _require_own(viewer: Viewer, agent_id: int) -> None:
    if not is_own(viewer, agent_id):
        raise AccessError(NOT_YOURS)


def _required(session: Session, viewer: Viewer, agent_id: int, today: date) -> Cycle:
    cycle = running(session, viewer, agent_id, today)
    if cycle is None:
        raise ConflictError(NONE_RUNS, code="no_cycle")
    return cycle


def running(session: Session, viewer: Viewer, agent_id: int, today: date) -> Cycle | None:
    """The cycle that is not over, of those the viewer may see."""
    cycles = queries.cycles_of(session, viewer.scope, agent_id, today)
    return next((each for each in cycles if each.days.end > today), None)


def check_focus(metric_key: str) -> None:
    """Raise InputError for a figure no phase can be about."""
    if not may_be_focus(metric(metric_key)):
        raise InputError(NO_FOCUS, code="no_focus")
