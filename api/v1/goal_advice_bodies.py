"""What the routes of proposals take and answer with; targets are in the metric's unit: shares from 0 to 1, money in minor units."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from api.v1.analytics_bodies import DaysOut
from api.v1.fields import LARGEST_INT, Body, Day, PersonId, Shown, Words
from domain.goals.entry import goal_days
from domain.goals.suggestions import Suggestion
from domain.metrics.definition import Definition, Unit
from domain.money import to_minor
from domain.records import AdviceKind, Decision, GoalPeriod
from services.goal_advice import Proposal
from services.goal_suggestions import DecidedAdvice, NewGoal

_OF_RUNNING: Final[JsonDict] = {"goal_id": 5, "version": 1, "suggested": 62, "target": 65}
_OF_NEW: Final[JsonDict] = {"type": "calls", "period": "monthly", "kind": "challenging", "target": 240}
Target: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0, le=1e14)]


class AdviceQuery(Body):
    """For which new goal suggestions are wanted, if for any."""

    type: Annotated[Words, Field(max_length=40)] | None = None
    """A goal type; with `period`."""
    period: GoalPeriod | None = None
    day: Day | None = None
    """Any day of the period, or the first one of a `span`; the agent's today, unless told."""

    @model_validator(mode="after")
    def _names_both(self) -> Self:
        if (self.type is None) != (self.period is None):
            raise ValueError("name the type and the period of the new goal, or neither")
        return self

    def about(self, agent_id: int, today: date) -> NewGoal | None:
        """The new goal asked about."""
        if self.type is None or self.period is None:
            return None
        day = self.day or today
        first = day if self.period is GoalPeriod.SPAN else goal_days(self.period, day).start
        return NewGoal(agent_id=agent_id, kind=self.type, period=self.period, starts_on=first)


class RunningAnswerIn(Body):
    """What is said to the proposal for a running goal, with what of it was seen."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OF_RUNNING]})

    goal_id: PersonId
    version: Annotated[int, Field(strict=True, ge=1, le=LARGEST_INT)]
    suggested: Target
    target: Target | None
    """The target to set: the suggested one, or another; null declines, and the goal stays as it is."""


class NewAnswerIn(Body):
    """What is said to a suggestion for a new goal."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OF_NEW]})

    type: Annotated[Words, Field(max_length=40)]
    period: GoalPeriod
    day: Day | None = None
    """Any day of the period, or the first one of a `span`; the agent's today, unless told."""
    deadline: Day | None = None
    """The last day of a `span`."""
    kind: Literal["attainable", "challenging", "elite"]
    target: Target | None
    """The goal to set: the suggested one, or another; null declines, and nothing is set."""


class ProposalOut(Shown):
    """Another target for a running goal, with what it rests on."""

    goal_id: int
    version: int
    type: str
    unit: Unit
    days: DaysOut
    kind: AdviceKind
    target: float
    """Reached about as likely as not, going on as lately."""
    probability: float
    present: float
    """The target there is."""
    present_probability: float
    value: float
    """What is there."""
    expected_value: float
    low: float
    high: float
    """It ends between low and high in four of five cases."""
    sentence: str

    @classmethod
    def of(cls, found: Proposal) -> Self:
        """The proposal as an answer."""
        goal, rests_on = found.goal.goal, found.adjustment
        return cls(
            goal_id=goal.id,
            version=goal.version,
            type=goal.type,
            unit=goal.definition.unit,
            days=DaysOut.of(goal.days),
            kind=rests_on.kind,
            target=rests_on.target,
            probability=rests_on.probability,
            present=rests_on.present,
            present_probability=rests_on.present_probability,
            value=rests_on.actual,
            expected_value=rests_on.expected,
            low=rests_on.low,
            high=rests_on.high,
            sentence=found.sentence,
        )


class SuggestionOut(Shown):
    """A target for a new goal."""

    kind: AdviceKind
    target: float
    reached: int
    """In how many of the own periods looked at it was reached."""
    periods: int
    source: str
    """`yours`, or `team` where there are too few own periods."""
    sentence: str

    @classmethod
    def of(cls, found: Suggestion) -> Self:
        """The suggestion as an answer."""
        return cls(
            kind=AdviceKind(found.key),
            target=found.value,
            reached=found.reached,
            periods=found.of,
            source=found.source.value,
            sentence=found.sentence,
        )


class DecidedOut(Shown):
    """What somebody decided about a proposal."""

    kind: AdviceKind
    goal_id: int | None
    """Null for a suggestion of a new goal."""
    suggested: float
    decision: Decision
    chosen: float | None
    """Null when it was declined."""
    decided_at: datetime

    @classmethod
    def of(cls, found: DecidedAdvice, definition: Definition, currency: str) -> Self:
        """The decision as an answer."""
        return cls(
            kind=found.kind,
            goal_id=found.goal_id,
            suggested=_shown(definition, found.suggested, currency),
            decision=found.decision,
            chosen=None if found.chosen is None else _shown(definition, found.chosen, currency),
            decided_at=found.decided_at,
        )


class AdviceOut(Shown):
    """What is proposed to an agent now; what was declined is not among it."""

    agent_id: int
    currency: str
    proposals: list[ProposalOut]
    suggestions: list[SuggestionOut]
    """For the new goal asked about; empty where none was."""
    decided: list[DecidedOut]
    """What was decided about the running goals and about the new goal asked about, oldest first."""


class AnsweredOut(Shown):
    """What became of an answer."""

    agent_id: int
    decision: Decision


def _shown(definition: Definition, amount: Decimal, currency: str) -> float:
    return float(to_minor(amount, currency)) if definition.unit is Unit.MONEY else float(amount)
