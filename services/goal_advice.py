"""Other targets for goals that run: proposed from their own chance and pace; taken, changed or declined by whoever sets the goals."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from data.queries import goal_advice as queries
from data.writes.goal_advice import AdviceRow, put_advice
from domain.errors import ConflictError
from domain.goals.adjustments import Adjustment, adjustment, adjustment_text
from domain.goals.progress import GoalProgress
from domain.goals.target import checked_target, typed_amount
from domain.metrics.definition import Definition, Unit
from domain.money import to_minor
from domain.records import Decision
from services.access import Viewer
from services.goal_chances import GoalChances, with_chances
from services.goal_changes import CHANGED, GoalEdit, SeenGoal, change_goal
from services.goal_suggestions import NOT_SUGGESTED, DecidedAdvice, decision_of
from services.goals import GoalBoard, goals_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Another target for a goal that runs."""

    goal: GoalProgress
    adjustment: Adjustment
    currency: str

    @property
    def amount(self) -> Decimal:
        """The proposed target as it is typed and stored: money in major units."""
        return typed_amount(self.goal.definition, self.adjustment.target, self.currency)

    def in_metric_unit(self, amount: Decimal) -> float:
        """A target that was typed, with money in minor units."""
        return to_minor(amount, self.currency) if self.goal.definition.unit is Unit.MONEY else float(amount)

    @property
    def sentence(self) -> str:
        """What it rests on, in words."""
        return adjustment_text(self.goal.definition, self.adjustment, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningAdvice:
    """What is proposed for an agent's running goals, and what was decided about them, each with what the goal is about."""

    proposals: tuple[Proposal, ...]
    decided: tuple[tuple[Definition, DecidedAdvice], ...]
    """Oldest first."""
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody says to a proposal they saw; targets in the metric's unit, money in major units."""

    suggested: Decimal
    chosen: Decimal | None
    """None declines it."""


def proposals(session: Session, viewer: Viewer, agent_id: int, today: date) -> tuple[Proposal, ...]:
    """The other targets there are for the agent's running goals, without those declined. NotFoundError for an agent not seen today."""
    return proposals_on(session, agent_id, *_running(session, viewer, agent_id, today))


def proposals_on(session: Session, agent_id: int, board: GoalBoard, chances: GoalChances) -> tuple[Proposal, ...]:
    """The same for goals whose chances are known already."""
    found = [_proposal(goal, chances, board.currency) for goal in board.current]
    offered = [each for each in found if each is not None]
    if not offered:
        return ()
    answers = queries.decided_of_goals(session, agent_id, [each.goal.goal.id for each in offered])
    declined = {(each.goal_id, each.kind) for each in answers if each.decision is Decision.DECLINED}
    return tuple(each for each in offered if (each.goal.goal.id, each.adjustment.kind) not in declined)


def advice_on_running(session: Session, viewer: Viewer, agent_id: int, today: date) -> RunningAdvice:
    """The proposals for the agent's running goals, and what was decided about them before. Raises as `proposals`."""
    board, chances = _running(session, viewer, agent_id, today)
    by_id = {goal.goal.id: goal for goal in board.current}
    answers = queries.decided_of_goals(session, agent_id, by_id) if by_id else []
    return RunningAdvice(
        proposals=proposals_on(session, agent_id, board, chances),
        decided=tuple((by_id[each.goal_id].definition, each) for each in answers if each.goal_id is not None),
        currency=board.currency,
    )


def answer_proposal(session: Session, viewer: Viewer, seen: SeenGoal, answer: Answer, today: date, now: datetime) -> Decision:
    """Give the goal the chosen target, or leave it as it is; keep what was decided, with what the proposal rested on.

    Raises NotFoundError for an agent not seen today, ConflictError where the goal changed since it was seen or this is not proposed
    any more, InputError for a target that cannot be.
    """
    offered = next((each for each in proposals(session, viewer, seen.agent_id, today) if each.goal.goal.id == seen.goal_id), None)
    if offered is None or offered.amount != answer.suggested:
        raise ConflictError(NOT_SUGGESTED, code="not_suggested")
    goal, chosen = offered.goal, answer.chosen
    if chosen is not None:
        chosen = checked_target(goal.definition, chosen, offered.currency)
        change_goal(session, viewer, seen, GoalEdit(target=chosen), today, now)
    elif goal.goal.version != seen.version:
        raise ConflictError(CHANGED)
    row = AdviceRow(
        agent_id=seen.agent_id,
        goal_id=seen.goal_id,
        period=goal.goal.period,
        metric_key=goal.goal.type,
        starts_on=goal.goal.starts_on,
        kind=offered.adjustment.kind,
        suggested=offered.amount,
        evidence=offered.adjustment.evidence,
        decision=decision_of(offered.amount, chosen),
        chosen=chosen,
        decided_by=viewer.author_id,
    )
    put_advice(session, row, now)
    return row.decision


def _running(session: Session, viewer: Viewer, agent_id: int, today: date) -> tuple[GoalBoard, GoalChances]:
    board = goals_of(session, viewer, agent_id, today, past=0)
    if not board.current:
        return board, GoalChances(now={}, lines={})
    return with_chances(session, viewer, agent_id, board, today)


def _proposal(goal: GoalProgress, chances: GoalChances, currency: str) -> Proposal | None:
    chance = chances.now.get(goal.goal.id)
    found = adjustment(goal, chance) if chance else None
    return Proposal(goal=goal, adjustment=found, currency=currency) if found else None
