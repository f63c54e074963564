"""What a nudge says: the agent's own two numbers, and what its arm adds."""

from datetime import date

from domain.coaching.nudge_experiment import Arm
from domain.coaching.nudges import Pattern
from domain.metrics.catalog import METRICS


def sentence(arm: Arm, found: Pattern, day: date, next_step: str | None) -> str:
    """The words of an arm; empty for a day held out. Where nothing is next on the plan, the numbers stand alone."""
    usual = METRICS["calls"].words.counted(round(found.usual))
    numbers = f"On {day:%A}s you usually have {usual} by {found.hour}:00; today {found.done}."
    match arm:
        case Arm.HELD_OUT:
            return ""
        case Arm.NEXT_STEP if next_step:
            return f"{numbers} Next: {next_step}."
        case Arm.SMALL_STEP:
            return f"{numbers} One call now is a start."
        case _:
            return numbers
