"""Thermometers of the week: how far its goals and targets are, with a mark where they should be by now.

One element for all of them. The fluid rises once when it is drawn, unless the reader's system asks for less motion; a screen reader
gets a sentence for each, and beside every colour stands the state's word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

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
_PAGE: Final = '<div class="thermometers"></div>'
_STYLE: Final = """
.thermometers { display: flex; flex-wrap: wrap; gap: 12px 24px; }
.thermometer {
    align-items: center; color: var(--st-text-color); display: flex; flex: 1 1 150px; font: 14px/1.35 var(--st-font); gap: 12px;
}
.thermometer small { font-size: 13px; opacity: 0.8; }
.glass { flex: none; height: 92px; margin-bottom: 16px; position: relative; width: 14px; }
.tube { background: var(--track); border-radius: 7px 7px 0 0; inset: 0; overflow: hidden; position: absolute; }
.fluid {
    animation: thermometer-rise 0.9s ease-out; background: var(--fluid); bottom: 0; height: var(--level); left: 0; position: absolute;
    width: 100%;
}
.due { background: var(--st-text-color); bottom: var(--due); height: 2px; left: -5px; position: absolute; width: 24px; }
.bulb { background: var(--fluid); border-radius: 50%; bottom: -16px; height: 22px; left: -4px; position: absolute; width: 22px; }
@keyframes thermometer-rise { from { height: 0; } }
@media (prefers-reduced-motion: reduce) { .fluid { animation: none; } }
"""
_SCRIPT: Final = """
function made(name, className, text, inside = []) {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    element.append(...inside);
    return element;
}

function drawn(gauge, track) {
    const tube = made("div", "tube", "", [made("i", "fluid", "")]);
    const glass = made("div", "glass", "", [tube, ...(gauge.due ? [made("i", "due", "")] : []), made("i", "bulb", "")]);
    const lines = [made("b", "", gauge.name), made("div", "", gauge.figure), made("small", "", gauge.state)];
    const whole = made("div", "thermometer", "", [glass, made("div", "", "", lines)]);
    whole.setAttribute("role", "img");
    whole.setAttribute("aria-label", gauge.sentence);
    whole.title = gauge.sentence;
    for (const [name, value] of Object.entries({ track, fluid: gauge.fluid, level: gauge.level, due: gauge.due ?? "0" })) {
        whole.style.setProperty(`--${name}`, value);
    }
    return whole;
}

export default function ({ data, parentElement }) {
    const page = parentElement.querySelector(".thermometers");
    const shown = JSON.stringify(data);
    if (page.dataset.shown === shown) return;
    page.dataset.shown = shown;
    page.replaceChildren(...data.gauges.map((gauge) => drawn(gauge, data.track)));
}
"""


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
            thermometers = st.components.v2.component("pacesetter_thermometers", html=_PAGE, css=_STYLE, js=_SCRIPT)
            thermometers(key="thermometers", data={"gauges": told(gauges, palette()), "track": palette().track}, height="content")


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


def told(gauges: Sequence[Gauge], colors: Palette) -> list[dict[str, str | None]]:
    """What the browser draws of each, as text and percentages."""
    shades: Mapping[Tone, str] = {Tone.GOOD: colors.good, Tone.WARNING: colors.fair, Tone.BAD: colors.poor, Tone.QUIET: colors.unknown}
    return [
        {
            "name": each.name,
            "figure": each.figure,
            "state": each.status.word,
            "sentence": each.sentence,
            "level": _percent(each.share),
            "due": None if each.due_share is None else _percent(each.due_share),
            "fluid": shades[each.status.tone],
        }
        for each in gauges
    ]


def _of_target(reading: Reading, target: float, currency: str) -> Gauge:
    now, asked = (value_text(reading.metric, value, currency, compact=True) for value in (reading.value or 0.0, target))
    return Gauge(
        name=reading.metric.name,
        figure=f"{now} of target {asked}",
        share=(reading.value or 0.0) / target,
        due_share=(reading.expected or 0.0) / target,
        status=reading.status,
    )


def _percent(share: float) -> str:
    return f"{min(max(share, 0.0), 1.0) * 100:.1f}%"
