"""An analysis in plain sentences. Every number in them is the analysis's own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.formatting import about_text, chance_text, hours_text, money_text, number_text
from domain.goals.chain import REVENUE
from domain.goals.cost import Verdict, Worth
from domain.goals.plans import Analysis, Plan, PlanKey
from domain.goals.posterior import Source

VERDICTS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.WORTH_IT: "Worth it",
        Verdict.UNCLEAR: "Unclear whether it pays",
        Verdict.NOT_WORTH_IT: "Not worth it as it stands",
    }
)
OFTEN: Final[Mapping[PlanKey, str]] = MappingProxyType(
    {PlanKey.COIN_FLIP: "every other time", PlanKey.SAFE: "four times in five", PlanKey.STRETCH: "nineteen times in twenty"}
)
FULL_DAY_HOURS: Final = 8
"""A working day; who plans more of every day plans without pauses, ways and everything that is not in the chain."""
SOURCES: Final[Mapping[Source, str]] = MappingProxyType(
    {Source.YOURS: "yours", Source.TEAM: "your team's", Source.DEFAULT: "default, not yours", Source.YOU_SAID: "you said"}
)
"""How an assumption is labelled."""


def analysis_sentences(analysis: Analysis, currency: str) -> tuple[str, ...]:
    """What the goal takes, how sure that is, what is in one's hands, and whether it pays."""
    plan = analysis.advised
    if plan is None:
        return (
            f"{goal_text(analysis, currency)} are out of reach on this way: no number of {_first(analysis)} within reason leads there.",
        )
    said = (_naive(analysis), _safe(analysis, plan, currency), _hands(plan), _pays(plan.worth, currency), _unknown(analysis))
    return tuple(sentence for sentence in said if sentence)


def time_text(plan: Plan, workdays: int) -> str:
    """What to know before trusting a plan that asks for more hours than its working days have; empty where they are enough."""
    a_day = plan.worth.hours / workdays if workdays else None
    if a_day is None or a_day <= FULL_DAY_HOURS:
        return ""
    return (
        f"It asks for {hours_text(a_day)} of every working day, and a day of work has about {FULL_DAY_HOURS}: more days, a smaller goal "
        "or better rates make it possible."
    )


def goal_text(analysis: Analysis, currency: str) -> str:
    """The target with its word: "5 sales", "$50,000"."""
    target = analysis.target
    if target.key == REVENUE:
        return money_text(target.amount, currency)
    return analysis.chain.link(target.key).words.counted(target.amount)


def _first(analysis: Analysis) -> str:
    return analysis.chain.links[0].words.plural


def _naive(analysis: Analysis) -> str:
    """Only where average luck and the goal differ: a goal of calls is its own plan."""
    if analysis.naive is None or analysis.naive_chance is None or analysis.naive_chance >= 1:
        return ""
    counted = analysis.chain.links[0].words.counted(analysis.naive)
    return f"On average luck {counted} would do, but that is enough only {chance_text(analysis.naive_chance)} of the time."


def _safe(analysis: Analysis, plan: Plan, currency: str) -> str:
    counted = analysis.chain.links[0].words.counted(plan.activities)
    if plan.chance >= 1:
        return f"{counted} are the goal and the plan."
    return f"With {counted} you reach {goal_text(analysis, currency)} {OFTEN[plan.key]}."


def _hands(plan: Plan) -> str:
    mine = [f"{number_text(round(link.expected))} {link.name.lower()}" for link in plan.links if link.is_controllable]
    theirs = [f"about {about_text(link.expected)} {link.name.lower()}" for link in plan.links if not link.is_controllable]
    if not theirs:
        return f"In your hands: {_listed(mine)}."
    return f"In your hands: {_listed(mine)}. What clients decide follows: {_listed(theirs)} on average."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _pays(worth: Worth, currency: str) -> str:
    hours, spent = hours_text(worth.hours, in_days=False), money_text(worth.cost_minor, currency)
    cost = f"{VERDICTS[worth.verdict]}: it takes about {hours} and costs {spent}"
    gained = "leaves" if worth.profit_minor >= 0 else "loses"
    return (
        f"{cost}, {gained} {money_text(abs(worth.profit_minor), currency)} on average, "
        f"and pays with a chance of {chance_text(worth.chance)}."
    )


def _unknown(analysis: Analysis) -> str:
    defaults = [each for each in analysis.assumptions if each.source is Source.DEFAULT and each.key.startswith("rate.")]
    if not defaults:
        return ""
    count = f"{len(defaults)} of the rates are" if len(defaults) > 1 else "One of the rates is"
    return f"{count} a default, not yours: the plan gets better with your own records."
