"""Leagues: people of about the same volume compare themselves with each other, drawn anew every month from what was done before it.

A league is told only where nobody in it can be found: it has at least five others, and so has the rest of the board.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.coaching.peers import FEWEST
from domain.periods import Grain, Period, add_months, containing

SMALLEST: Final = FEWEST + 1
"""Five others and oneself."""
USUAL: Final = 10
"""Near enough to know whom one plays with, large enough that one lucky sale does not decide it."""
LOOK_BACK: Final = 3
"""Whole months before that decide: one month of sales is mostly luck, and half a year ago is somebody else's work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """In which league somebody plays, and in which they would if the month ended today."""

    league: int
    """1 is the one with the highest volume."""
    leagues: int
    others: int
    """How many others play in it."""
    ahead: int | None = None
    """Next month's as it stands; None for a month that is over."""

    @property
    def steps(self) -> int:
        """How many leagues up (positive) or down it goes as it stands."""
        return 0 if self.ahead is None else self.league - self.ahead


def deciding(month: date) -> Period:
    """The whole months before the month of this day, by which its leagues are drawn."""
    first = containing(month, Grain.MONTH).start
    return Period(add_months(first, -LOOK_BACK), first)


def drawn(points: Mapping[int, float]) -> list[list[int]]:
    """Everybody's league, highest first, from their points.

    As many leagues of about `USUAL` as there are people for, none under `SMALLEST`. Who has as many points as the last of a
    league plays in it too, however many these are: nobody goes down by the alphabet.
    """
    order = sorted(points, key=lambda agent: (-points[agent], agent))
    found: list[list[int]] = []
    for end in (*_cuts(len(order)), len(order)):
        cut = _past_equals(order, points, end)
        start = sum(map(len, found))
        if cut - start >= SMALLEST and (len(order) - cut >= SMALLEST or cut == len(order)):
            found.append(order[start:cut])
    return found


def seats(points: Mapping[int, float], ahead: Mapping[int, float] | None = None) -> dict[int, Seat]:
    """Everybody's seat by these points, and as it stands by those next month is drawn from; empty with too few people for two leagues."""
    leagues = drawn(points)
    if len(leagues) < 2:  # noqa: PLR2004 - a single league is the board itself
        return {}
    following = {} if ahead is None else _numbers(drawn(ahead))
    return {
        agent: Seat(league=number, leagues=len(leagues), others=len(leagues[number - 1]) - 1, ahead=following.get(agent))
        for agent, number in _numbers(leagues).items()
    }


def _cuts(people: int) -> list[int]:
    """After how many people each league but the last ends, if nobody had as many points as anybody else."""
    leagues = max(1, min(people // SMALLEST, round(people / USUAL)))
    return [round(people * number / leagues) for number in range(1, leagues)]


def _past_equals(order: Sequence[int], points: Mapping[int, float], end: int) -> int:
    while 0 < end < len(order) and points[order[end]] == points[order[end - 1]]:
        end += 1
    return end


def _numbers(leagues: Sequence[Sequence[int]]) -> dict[int, int]:
    return {agent: number for number, league in enumerate(leagues, start=1) for agent in league}
