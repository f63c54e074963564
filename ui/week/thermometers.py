"""Thermometers of the week: how far its goals and targets are, with a mark where they should be by now.

One element for all of them. A screen reader gets a sentence for each, and beside every colour stands the state's word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.facts import AgentChoice
from domain.formatting import share_text, value_text
from domain.goals.progress import GoalProgress
from domain.metrics.reading import Reading
from domain.metrics.status import Status, Tone
from domain.periods import Period
from domain.records import GoalPeriod
from services.goals import goals_in
from services.summaries import Summary
from ui import layout
from ui.components import thermometers
from ui.components.thermometers import Shown
from ui.goals.words import figure_text, title_text
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.theme import Palette, palette

NOTE: Final = (
    "The goals of this week, and the week's targets where no goal of the kind is set. The line across is where it should be by now, "
    "by working days. What falls due later in the week is no reason to worry on Monday."
)
MOST: Final = 6
"""As many as fit beside each other; the others stand under *Pace*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One thermometer."""

    name: str
    figure: str
    """`25 of goal 45`."""
    share: float
    """What is there of what is asked; above 1 when surpassed."""
    due_share: float | None
    """What is due by now; None where that cannot be told."""
    status: Status

    @property
    def sentence(self) -> str:
        """The same in words."""
        due = f", {share_text(self.due_share)} due by now" if self.due_share is not None else ""
        return f"{self.name}: {self.figure}, {share_text(self.share)}{due}. {self.status.word}."


def show(agent: AgentChoice, week: Period, today: date, board: Summary) -> None:
    """The agent's thermometers; nothing where nothing is asked of the week."""
    viewer = signed_in_viewer()
    goals, currency = kept(
        viewer,
        frozenset({agent.agent_id}),
        ("week-goals", week, today),
        lambda session: goals_in(session, viewer, agent.agent_id, GoalPeriod.WEEKLY, week, today),
    )
    gauges = [*goal_gauges(goals, currency), *target_gauges(board, {each.goal.type for each in goals})][:MOST]
    if gauges:
        with layout.section("How far the week is", key="thermometers", note=NOTE, height="content"):
            colors = palette()
            thermometers.show([shown(each, colors) for each in gauges], colors.track, key="week-thermometers")


def goal_gauges(goals: Iterable[GoalProgress], currency: str) -> list[Gauge]:
    """Those of goals whose share is known: unknown is not zero."""
    return [
        Gauge(
            name=title_text(goal),
            figure=figure_text(goal, currency),
            share=goal.completion_share,
            due_share=(goal.pace.actual - goal.pace.ahead) / goal.goal.target if goal.pace else None,
            status=goal.status,
        )
        for goal in goals
        if goal.completion_share is not None
    ]


def target_gauges(board: Summary, but: Iterable[str]) -> list[Gauge]:
    """Those of targets that add up over the week, except for these metrics."""
    left_out = set(but)
    aimed = (each for each in board.readings if each.metric.key in board.paces and each.metric.key not in left_out)
    return [_of_target(each, each.target, board.currency) for each in aimed if each.target]


def shown(gauge: Gauge, colors: Palette) -> Shown:
    """The thermometer as the browser gets it; what is surpassed fills the tube and no more."""
    shades: Mapping[Tone, str] = {Tone.GOOD: colors.good, Tone.WARNING: colors.fair, Tone.BAD: colors.poor, Tone.QUIET: colors.unknown}
    return Shown(
        name=gauge.name,
        figure=gauge.figure,
        state=gauge.status.word,
        sentence=gauge.sentence,
        share=_within(gauge.share),
        due_share=None if gauge.due_share is None else _within(gauge.due_share),
        color=shades[gauge.status.tone],
    )


def _of_target(reading: Reading, target: float, currency: str) -> Gauge:
    now, asked = (value_text(reading.metric, value, currency, compact=True) for value in (reading.value or 0.0, target))
    return Gauge(
        name=reading.metric.name,
        figure=f"{now} of target {asked}",
        share=(reading.value or 0.0) / target,
        due_share=(reading.expected or 0.0) / target,
        status=reading.status,
    )


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
