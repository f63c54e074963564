"""Of the goals that ended, how many were reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.goals.progress import GoalProgress
from domain.metrics.definition import Definition
from domain.metrics.measures import Ratio
from domain.metrics.status import Status

JUDGED: Final = frozenset({Status.REACHED, Status.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """Goals that ended, all of them or those of one kind."""

    definition: Definition | None
    """Their kind; None for all together."""
    reached: Ratio
    """Reached, of those with a verdict."""
    ended: int
    """All that ended; what is not in the ratio had too few facts for a verdict."""

    @property
    def without_verdict(self) -> int:
        """How many had too few facts to be called reached or missed."""
        return self.ended - self.reached.whole


def completion(ended: Iterable[GoalProgress]) -> tuple[Completion, ...]:
    """All together first, then each kind, most goals first."""
    goals = list(ended)
    kinds = {goal.goal.type: goal.definition for goal in goals}
    each = [_of([goal for goal in goals if goal.goal.type == key], definition) for key, definition in kinds.items()]
    return (_of(goals, None), *sorted(each, key=lambda one: (-one.ended, one.definition.name if one.definition else "")))


def _of(goals: list[GoalProgress], definition: Definition | None) -> Completion:
    statuses = [goal.status for goal in goals]
    judged = sum(status in JUDGED for status in statuses)
    return Completion(definition=definition, reached=Ratio(statuses.count(Status.REACHED), judged), ended=len(goals))
