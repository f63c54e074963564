"""How an agent's activities ended, counted by day and hour, and the rates that come of it."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from domain.activity_analytics.practice import NEXT_STEP, Practice
from domain.metrics.measures import Ratio
from domain.records import ActivityType, Outcome

Key = TypeVar("Key", bound=Hashable)
NOTHING: Final = Ratio(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Activities of one type that ended alike in one hour of one day; day and hour are the agent's local ones."""

    on: date
    hour: int
    type: ActivityType
    outcome: Outcome | None
    count: int


def by_type(tallies: Iterable[Tally]) -> dict[ActivityType, list[Tally]]:
    """The tallies of each type, so that what looks at one type does not pass over all."""
    found: dict[ActivityType, list[Tally]] = {}
    for each in tallies:
        found.setdefault(each.type, []).append(each)
    return found


def success(practice: Practice, tallies: Iterable[Tally]) -> Ratio:
    """Successes of the activities whose outcome says whether they were one; tallies of other types are left out."""
    judged = [each for each in tallies if each.type is practice.type and each.outcome in practice.judged]
    return Ratio(sum(each.count for each in judged if each.outcome in practice.succeeded), sum(each.count for each in judged))


def conversion(practice: Practice, tallies: Iterable[Tally]) -> Ratio:
    """Activities that moved a customer on, of those with an outcome that says; nothing to measure for desk work.

    Where every one of them is noted as merely done, nobody notes what came of it: unknown, which is not zero.
    """
    if not practice.converts:
        return NOTHING
    tried = [each for each in tallies if each.type is practice.type and each.outcome in practice.tried]
    if all(each.outcome is Outcome.COMPLETED for each in tried):
        return NOTHING
    return Ratio(sum(each.count for each in tried if each.outcome in NEXT_STEP), sum(each.count for each in tried))


def success_by(practice: Practice, tallies: Iterable[Tally], key: Callable[[Tally], Key]) -> dict[Key, Ratio]:
    """The success rate of each hour, weekday or day, whatever `key` makes of a tally; only those with something to judge."""
    groups: dict[Key, list[Tally]] = {}
    for each in tallies:
        if each.type is practice.type and each.outcome in practice.judged:
            groups.setdefault(key(each), []).append(each)
    return {group: success(practice, members) for group, members in groups.items()}
