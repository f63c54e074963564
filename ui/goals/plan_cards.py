"""What a goal takes: where somebody stands now, the three plans, and what is in their hands."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from domain.formatting import about_text, chance_text, hours_text, money_text, number_text, share_text
from domain.goals.cost import Verdict
from domain.goals.plans import Analysis, Plan, PlanKey
from domain.goals.words import VERDICTS
from services.goal_studio import LinkNow, StudioView
from ui import charts
from ui.goals.charts import PLAN_NAMES, chance_curve, curve_text
from ui.theme import palette
from ui.wording import BadgeColor, counted, plain

COLUMNS: Final = 3
CARD_WIDTH: Final = 250
IN_HAND, FOLLOWS = ":material/touch_app:", ":material/casino:"
LEGEND: Final = f"{IN_HAND} in your hands · {FOLLOWS} up to clients: predicted by the law of averages, never a task"
PROMISES: Final = {
    PlanKey.COIN_FLIP: "As likely reached as not.",
    PlanKey.SAFE: "Reached four times in five.",
    PlanKey.STRETCH: "Reached nineteen times in twenty.",
}
_BADGES: Final[dict[Verdict, tuple[BadgeColor, str]]] = {
    Verdict.WORTH_IT: ("green", "thumb_up"),
    Verdict.UNCLEAR: ("orange", "balance"),
    Verdict.NOT_WORTH_IT: ("red", "thumb_down"),
}


def performance(view: StudioView) -> None:
    """What was done lately, and what going on like that leads to."""
    if not view.links:
        return
    st.markdown("##### Where you stand", help="The last 90 days, as far as you may see them.")
    for link in view.links:
        st.markdown(f"{_sign(is_controllable=link.is_controllable)} **{plain(link.name)}** {link.count:,} {_per_day(link)}")
    if view.chance is not None:
        st.markdown(f"Going on like that, you reach it with a chance of **{chance_text(view.chance.probability)}**.")
    elif view.links[-1].per_workday is not None and view.workdays_left:
        st.markdown(plain(_going_on(view.links[-1], view.links[-1].per_workday * view.workdays_left, view.workdays_left)))


def _going_on(link: LinkNow, expected: float, workdays: int) -> str:
    return f"Going on like that brings about {about_text(expected)} {link.name.lower()} in those {counted(workdays, 'working day')}."


def plans(view: StudioView, analysis: Analysis) -> None:
    """The three plans side by side, then the whole line between them."""
    st.markdown("##### What it takes", help=LEGEND)
    with st.grid(COLUMNS, min_column_width=CARD_WIDTH, gap="small", key="goal-plans"):
        for plan in analysis.plans:
            with st.container(border=True, key=f"card-plan-{plan.key}", gap="xsmall", height="stretch"):
                _card(plan, view)
    st.caption(LEGEND)
    if analysis.chain.left_out:
        names = ", ".join(link.name for link in analysis.chain.left_out)
        st.caption(
            plain(f"Left out: {names}. Fewer of them are recorded than of what comes of them; record them and they are planned too.")
        )
    charts.show(chance_curve(analysis, palette()), alt_text=curve_text(analysis), key="goal-curve")


def verdict(view: StudioView, analysis: Analysis) -> None:
    """Whether it pays, in a word; what no day has room for is said before it."""
    if view.too_much:
        st.warning(plain(view.too_much), icon=":material/schedule:")
    if analysis.verdict is not None:
        color, icon = _BADGES[analysis.verdict]
        st.markdown(f"##### Is it worth it? :{color}-badge[:material/{icon}: {VERDICTS[analysis.verdict]}]")


def _card(plan: Plan, view: StudioView) -> None:
    st.markdown(f"**{PLAN_NAMES[plan.key]}** :small[{PROMISES[plan.key]}]")
    st.markdown(f"## {share_text(plan.chance)}")
    st.markdown(_steps(plan, view.workdays_left))
    worth = plan.worth
    roi = "" if worth.roi is None else f", ROI {share_text(worth.roi)}"
    parts = (
        f"{hours_text(worth.hours, in_days=False)} and {money_text(worth.cost_minor, view.currency)} it costs",
        f"{money_text(worth.revenue_minor, view.currency)} expected, {money_text(worth.profit_minor, view.currency)} of it left{roi}",
    )
    st.caption(plain(" · ".join(parts)))


def _steps(plan: Plan, workdays: int) -> str:
    return "\n".join(f"- {line}" for line in (*_asked(plan, workdays), *_predicted(plan)))


def _asked(plan: Plan, workdays: int) -> Sequence[str]:
    """What can be decided on: whole numbers, and how many a working day."""
    found = []
    for link in plan.links:
        if link.is_controllable:
            number = max(1, round(link.expected))
            a_day = f" :small[:gray[{number_text(round(number / workdays, 1))} per working day]]" if workdays else ""
            found.append(f"{IN_HAND} **{number:,} {plain(link.name.lower())}**{a_day}")
    return found


def _predicted(plan: Plan) -> Sequence[str]:
    return [f"{FOLLOWS} about {about_text(link.expected)} {plain(link.name.lower())}" for link in plan.links if not link.is_controllable]


def _per_day(link: LinkNow) -> str:
    return "" if link.per_workday is None else f":small[:gray[{number_text(round(link.per_workday, 1))} per working day]]"


def _sign(*, is_controllable: bool) -> str:
    return IN_HAND if is_controllable else FOLLOWS
