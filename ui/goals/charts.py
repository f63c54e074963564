"""Goals as charts: how far one is and should be, how its chance went, and how the chance grows with what is done."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import altair as alt

from domain.formatting import share_text
from domain.goals.plans import Analysis, PlanKey
from domain.metrics.definition import Words
from services.goal_chances import DayChance
from ui.drawing import ROWS, Drawing, Look, drawing, look
from ui.theme import Palette

BAR_HEIGHT: Final = 24
LINE_HEIGHT: Final = 64
CURVE_HEIGHT: Final = 220
MOST: Final = 1.0
"""A bar ends at its target, as the other bars of the screen do; the words beside it say the rest."""
POINTS: Final = 40
PLAN_NAMES: Final = {PlanKey.COIN_FLIP: "Coin flip", PlanKey.SAFE: "Safe", PlanKey.STRETCH: "Stretch"}
PLANS: Final = alt.NamedData("plans")


def pace_bar(share: float, due_share: float | None, colors: Palette) -> Drawing:
    """Filled to what is there, with a thin marker where it should be by now."""
    words = f"{share_text(share)} there" + ("" if due_share is None else f", {share_text(due_share)} due by now")
    row = {"share": min(share, MOST), "due": None if due_share is None else min(due_share, MOST), "whole": 1.0, "words": words}
    return drawing(_bar_look(colors), [row], BAR_HEIGHT)


@cache
def _bar_look(colors: Palette) -> Look:
    base = alt.Chart(ROWS).encode(tooltip=[alt.Tooltip("words:N", title="So far")])
    scale = alt.Scale(domain=[0, MOST], nice=False)
    track = base.mark_bar(height=12, cornerRadius=6, color=colors.track).encode(x=alt.X("whole:Q", scale=scale, axis=None))
    filled = base.mark_bar(height=12, cornerRadius=6, color=colors.primary).encode(x=alt.X("share:Q", scale=scale))
    due = base.mark_tick(thickness=3, height=18, color=colors.text).encode(x=alt.X("due:Q", scale=scale))
    return look(alt.layer(track, filled, due), colors)


def chance_line(line: Sequence[DayChance], colors: Palette) -> Drawing:
    """The chance at the end of each day, from 0 to 100 %."""
    rows = [{"day": each.day.isoformat(), "chance": each.chance, "words": share_text(each.chance)} for each in line]
    return drawing(_line_look(colors), rows, LINE_HEIGHT)


@cache
def _line_look(colors: Palette) -> Look:
    share = alt.Axis(values=[0, 0.5, 1], format="%", title=None)
    base = alt.Chart(ROWS).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=3, grid=False)),
        y=alt.Y("chance:Q", scale=alt.Scale(domain=[0, 1]), axis=share),
        tooltip=[alt.Tooltip("day:T", title="Evening of", format="%-d %b"), alt.Tooltip("words:N", title="Chance")],
    )
    return look(alt.layer(base.mark_line(strokeWidth=2, color=colors.primary), base.mark_point(size=20, color=colors.primary)), colors)


def chance_curve(analysis: Analysis, colors: Palette) -> Drawing:
    """The chance that so many of the first link are enough, with the plans on the line."""
    first = analysis.chain.links[0].words
    most = 1.25 * max((plan.activities for plan in analysis.plans), default=1)
    numbers = sorted({round(most * place / POINTS) for place in range(POINTS + 1)} | {plan.activities for plan in analysis.plans})
    rows = [_point(first, number, analysis.chance_of(number)) for number in numbers]
    plans = [_point(first, plan.activities, plan.chance) | {"name": PLAN_NAMES[plan.key]} for plan in analysis.plans]
    datasets = {ROWS.name: rows, PLANS.name: plans}
    return Drawing(look=_curve_look(analysis.chain.links[0].name, colors), datasets=datasets, height=CURVE_HEIGHT)


def curve_text(analysis: Analysis) -> str:
    """The same in a sentence, for who does not see it."""
    first = analysis.chain.links[0].words
    said = (f"{PLAN_NAMES[plan.key]}: {_words(first.counted(plan.activities), plan.chance)}" for plan in analysis.plans)
    return f"The chance grows with what is done. {'; '.join(said)}."


def _point(first: Words, number: int, chance: float) -> dict[str, Any]:
    return {"number": number, "chance": chance, "words": _words(first.counted(number), chance)}


def _words(counted: str, chance: float) -> str:
    return f"{counted}, {share_text(chance)}"


@cache
def _curve_look(name: str, colors: Palette) -> Look:
    across = alt.X("number:Q", title=name, axis=alt.Axis(format="~s", tickCount=6, grid=False))
    up = alt.Y("chance:Q", title="Chance to reach it", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5))
    words = [alt.Tooltip("words:N", title="Chance")]
    line = alt.Chart(ROWS).mark_line(strokeWidth=2.5, color=colors.primary).encode(x=across, y=up, tooltip=words)
    at_plans = alt.Chart(PLANS).encode(x=across, y=up)
    dots = at_plans.mark_point(size=90, filled=True, color=colors.text).encode(tooltip=words)
    names = at_plans.mark_text(align="left", dx=8, dy=10, color=colors.text, fontSize=12).encode(text="name:N")
    return look(alt.layer(line, dots, names), colors)
