"""From when on a deal's warnings speak; every pipeline may have its own figures, zero switches a rule off."""

from dataclasses import dataclass
from typing import Final

RED_FLAGS: Final = (
    "no budget",
    "budget cut*",
    "too expensive",
    "competitor*",
    "on hold",
    "postpone*",
    "not a priority",
    "left the company",
    "unhappy",
    "нет бюджета",
    "дорого",
    "отлож*",
    "конкурент*",
    "неактуально",
)
"""Words that came before many a lost deal; a star stands for any ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealThresholds:
    """The figures of one pipeline."""

    quiet_days: int = 7
    """Days without activity: a week in which nobody called is no pause any more."""
    quiet_days_early: int = 10
    """The same in the first stage, where customers take longer to answer."""
    ghosted_messages: int = 2
    """Calls and messages nobody answered, each for as long as the next figure says."""
    ghosted_days: int = 5
    """Working days: a week's work."""
    close_overdue_days: int = 1
    """Days since the day it was expected to close."""
    stalled_days: int = 14
    """Days in a stage that are never called too long, however fast others went."""
    step_days: int = 3
    """Days after which a deal without a planned next step is told of: who created it needs time to plan."""
    pushes: int = 3
    """Times the expected day of closing was put off."""
    overdue_tasks: int = 1
    """Tasks past their time."""
    contacts: int = 2
    """People on the other side a large deal should know."""
    medium_points: int = 3
    """Points from which a deal's priority is medium; how they add up is told in docs/algorithms.md."""
    high_points: int = 6
    """Points from which it is high, where something is wrong with the deal."""
    red_flags: tuple[str, ...] = RED_FLAGS
    """Words in notes; a star stands for any ending. None switches the rule off."""
