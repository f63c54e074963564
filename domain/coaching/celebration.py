"""The celebration ladder: what about something just done is worth a moment of joy. The first rung that matches is the one.

A first deal of the year, a record of the team, a record of one's own, the fifth of a kind today, a milestone of the streak, the
fastest close, a task done. Each fires at the moment it happens and not again with every further one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FIFTH: Final = 5
FEWEST_OF_A_DAY: Final = 5
"""A day's best below five of a kind is no record worth a noise."""
FEWEST_DAYS: Final = 10
"""Days of work before a best means anything."""
FEWEST_DEALS: Final = 5
"""Sales before a largest or fastest one means anything."""
WEEK_DAYS: Final = 5
"""The same for the record of seven days: a working week."""
MILESTONES: Final = frozenset({5, 10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500})
"""Days in a row worth a word: a week, two, five, and so on."""


class Rung(StrEnum):
    """The steps of the ladder, the first that matches wins."""

    FIRST_DEAL_OF_YEAR = "first_deal_of_year"
    TEAM_RECORD = "team_record"
    PERSONAL_RECORD = "personal_record"
    PERSONAL_WEEK_RECORD = "week_record"
    FIFTH_TODAY = "fifth_today"
    STREAK_MILESTONE = "streak_milestone"
    FASTEST_CLOSE = "fastest_close"
    TASK_DONE = "task_done"


QUIET: Final = frozenset({Rung.TASK_DONE})
"""A word is enough: confetti for every task would soon be noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The highest value before the event, and how much it was the highest of."""

    value: int
    of: int
    """Days of work, or sales, looked back on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something just done, with what came before it. What is unknown is None and matches nothing."""

    kind: str
    """What it is called: call, showing, sale."""
    is_deal: bool = False
    is_task: bool = False
    value: int | None = None
    """How many of its kind that makes today; for a deal its amount in minor units."""
    deals_this_year: int = 0
    """Sales of the calendar year, with this one."""
    team_best: Best | None = None
    """Anybody's of the team in 30 days, the agent's included."""
    own_best: Best | None = None
    """The agent's own of 30 days."""
    own_week_best: Best | None = None
    """Of seven days."""
    streak: int | None = None
    """Days in a row, if this is what kept today."""
    close_days: int | None = None
    fastest: Best | None = None
    """The fewest days a sale of the last year took, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Celebrated:
    """A rung and the reason in words."""

    rung: Rung
    reason: str

    @property
    def has_confetti(self) -> bool:
        """Whether it is more than a word."""
        return self.rung not in QUIET


def celebrated(done: Done) -> Celebrated | None:
    """The first rung that matches, or None: most of what is done needs no applause."""
    for rung, matches, words in LADDER:
        if matches(done):
            return Celebrated(rung=rung, reason=words(done))
    return None


def _beats(done: Done, best: Best | None, fewest_days: int) -> bool:
    """Whether it goes beyond the best so far; of a day's counts only the one that passes it, not every one after."""
    if best is None or done.value is None:
        return False
    if done.is_deal:
        return best.of >= FEWEST_DEALS and done.value > best.value
    return best.of >= fewest_days and done.value >= FEWEST_OF_A_DAY and done.value == best.value + 1


def _is_fastest(done: Done) -> bool:
    known = done.fastest is not None and done.close_days is not None and done.fastest.of >= FEWEST_DEALS
    return known and done.close_days < done.fastest.value  # type: ignore[operator,union-attr]


def _record_words(whose: str, days: int) -> Callable[[Done], str]:
    def words(done: Done) -> str:
        if done.is_deal:
            return f"{whose} largest sale in {days} days."
        return f"{done.value} of one kind today ({done.kind}): {whose[:1].lower()}{whose[1:]} best day in {days} days."

    return words


def _streak_words(done: Done) -> str:
    return f"{done.streak} working days in a row: today is kept."


def _fastest_words(done: Done) -> str:
    took = "on the day it came" if not done.close_days else f"in {done.close_days} {'day' if done.close_days == 1 else 'days'}"
    return f"Closed {took}, faster than any sale of the last year."


LADDER: Final[Sequence[tuple[Rung, Callable[[Done], bool], Callable[[Done], str]]]] = (
    (Rung.FIRST_DEAL_OF_YEAR, lambda done: done.is_deal and done.deals_this_year == 1, lambda _: "The first sale of the year is yours."),
    (Rung.TEAM_RECORD, lambda done: _beats(done, done.team_best, FEWEST_DAYS), _record_words("The team's", 30)),
    (Rung.PERSONAL_RECORD, lambda done: _beats(done, done.own_best, FEWEST_DAYS), _record_words("Your", 30)),
    (Rung.PERSONAL_WEEK_RECORD, lambda done: _beats(done, done.own_week_best, WEEK_DAYS), _record_words("Your", 7)),
    (Rung.FIFTH_TODAY, lambda done: not done.is_deal and done.value == FIFTH, lambda done: f"Five today ({done.kind})."),
    (Rung.STREAK_MILESTONE, lambda done: done.streak in MILESTONES, _streak_words),
    (Rung.FASTEST_CLOSE, _is_fastest, _fastest_words),
    (Rung.TASK_DONE, lambda done: done.is_task, lambda _: "One thing less to do."),
)
