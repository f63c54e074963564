"""Goals in words: their figure, how they go, and how they ended."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from domain.formatting import day_text, interval_text, period_text, value_text
from domain.goals.progress import GoalProgress
from domain.metrics.definition import Definition, View
from domain.metrics.status import Status
from domain.records import GoalPeriod, Role
from ui.cards import explanation
from ui.pace_words import pace_text
from ui.wording import counted, plain

LENGTHS: Final[Mapping[GoalPeriod, str]] = {
    GoalPeriod.WEEKLY: "Week",
    GoalPeriod.MONTHLY: "Month",
    GoalPeriod.QUARTERLY: "Quarter",
    GoalPeriod.YEARLY: "Year",
    GoalPeriod.SPAN: "Own days",
}
ASKS_SELF: Final = "What do I want to reach, and how far am I?"
ASKS_OTHERS: Final = "What does each of them want to reach, and how far are they?"
PARTLY: Final = "Counts only the days on a team of yours, so it is not judged here."
PARTLY_REACHED: Final = "The days on a team of yours reach it alone."


def question(role: Role) -> str:
    """What the screen answers for somebody of the role."""
    return ASKS_SELF if role is Role.AGENT else ASKS_OTHERS


def figure_text(goal: GoalProgress, currency: str) -> str:
    """`8 of goal 15`; for what is better when lower `3.1 h, goal 2 h or less`."""
    now, asked = figure_parts(goal, currency)
    return f"{now} {asked}" if goal.definition.prorated else f"{now}, {asked}"


def figure_parts(goal: GoalProgress, currency: str) -> tuple[str, str]:
    """The figure, and what it is held against: `8` and `of goal 15`, `3.1 h` and `goal 2 h or less`."""
    now, asked = value_text(goal.definition, goal.value, currency, compact=True), asked_text(goal, currency)
    return now, f"of goal {asked}" if goal.definition.prorated else f"goal {asked}"


def asked_text(goal: GoalProgress, currency: str) -> str:
    """What is to be reached: `15`; for a rate or an average `20.0 % or more`."""
    asked = value_text(goal.definition, goal.goal.target, currency, compact=True)
    if goal.definition.prorated:
        return asked
    return f"{asked} or {'less' if goal.definition.lower_is_better else 'more'}"


def title_text(goal: GoalProgress) -> str:
    """What it is called: `A good winter (Revenue)`, or the metric where it has no name."""
    metric = goal.definition.name
    return f"{goal.goal.name} ({metric})" if goal.goal.name else metric


def days_text(goal: GoalProgress, today: date) -> str:
    """`March 2026 · 22 days left`, today included."""
    left = (goal.goal.ends_on - today).days
    return f"{period_text(goal.goal.days)} · {counted(left, 'day')} left"


def progress_text(goal: GoalProgress, currency: str) -> str:
    """How a running goal goes: its pace, or why there is no verdict yet."""
    if goal.is_partly_seen:
        return PARTLY_REACHED if goal.status is Status.REACHED else PARTLY
    if goal.reached_on is not None:
        return f"Since {day_text(goal.reached_on)}. Everything more is on top."
    if goal.goal.paused_on is not None:
        return f"Since {day_text(goal.goal.paused_on)}. Days of a pause are not planned for it; what is done still counts."
    if goal.pace is not None:
        return f"{pace_text(goal.definition, goal.pace, currency)}."
    return _without_pace(goal)


def ending_text(goal: GoalProgress) -> str:
    """How a goal that is over ended, beside its status."""
    if goal.is_partly_seen:
        return " · counts only the days on a team of yours" + (", too few to say" if goal.status is Status.NO_DATA else "")
    if goal.reached_on is not None and goal.definition.prorated:
        return f" on {day_text(goal.reached_on)}"
    if goal.status is Status.NO_DATA:
        return " · too little happened to say"
    return ""


def score_text(past: Sequence[GoalProgress]) -> str:
    """`3 of 5 reached, 1 could not be measured`."""
    reached = sum(each.status is Status.REACHED for each in past)
    unknown = sum(each.status is Status.NO_DATA for each in past)
    words = f"{reached} of {counted(len(past) - unknown, 'goal')} reached"
    return f"{words}, {unknown} could not be measured" if unknown else words


def hover_text(goal: GoalProgress, currency: str) -> str:
    """What the figure means, what it rests on, and where the period heads at the pace of the last four weeks."""
    lines = [explanation(goal.definition, currency=currency)]
    if not goal.definition.prorated:
        lines.append(f"from {counted(goal.measure.sample, 'record')}; a verdict needs {goal.definition.min_sample}")
    if goal.pace is not None and goal.pace.projection is not None:
        lines.append(plain(_heading_for(goal.definition, goal, currency)))
    return "\n\n".join(lines)


def _without_pace(goal: GoalProgress) -> str:
    if goal.value is None:
        return "Nothing to measure in these days yet."
    if goal.definition.prorated:
        return "No pace: no working days are known for these days."
    if goal.measure.sample < goal.definition.min_sample:
        return f"A verdict needs {goal.definition.min_sample} records; there are {goal.measure.sample}."
    if goal.status is Status.TOO_EARLY and goal.definition.view is View.COHORT:
        return "Leads need time: those of these days can still come through."
    return "So far. What counts is how it stands on the last day." if goal.status is Status.REACHED else ""


def _heading_for(metric: Definition, goal: GoalProgress, currency: str) -> str:
    pace = goal.pace
    if pace is None or pace.projection is None:
        return ""
    words = f"At the pace of the last four weeks it ends near {value_text(metric, round(pace.projection), currency)}"
    likely = interval_text(metric, (round(pace.interval[0]), round(pace.interval[1])), currency) if pace.interval else ""
    return f"{words} (likely {likely})." if likely else f"{words}."
