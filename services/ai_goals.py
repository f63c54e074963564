"""A goal's analysis in a language model's words: what is told of it, and keeping what was said with the goal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from data.queries import goals as queries
from data.writes import goals as writes
from domain.ai.facts import Fact, Facts
from domain.errors import NotFoundError
from domain.formatting import chance_text, hours_text, money_text, number_text, value_text
from domain.goals.cost import Verdict
from domain.goals.plans import PlanKey
from domain.goals.posterior import Source
from domain.goals.words import OFTEN, VERDICTS
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Definition
from services.access import Viewer
from services.ai import Asked, Phrased
from services.ai_prompts import Purpose
from services.goals import GONE

WORDS = "words"
"""Where a plan's record keeps what a model said of it."""


def asked_of(plan: Mapping[str, Any], definition: Definition, agent_id: int) -> Asked | None:
    """What to ask about a goal's plan, as `plan_record` has it; None where there is no plan to talk about.

    Neither the agent's name nor the goal's own is told; the names of steps are, because an administrator chose them.
    """
    if not plan["plans"] or plan["verdict"] is None:
        return None
    return Asked(purpose=Purpose.GOAL_ANALYSIS, facts=goal_facts(plan, definition), rules=tuple(plan["sentences"]), agent_id=agent_id)


def goal_facts(plan: Mapping[str, Any], definition: Definition) -> Facts:
    """The analysis as facts, every figure as screens write it."""
    currency, advised = plan["currency"], _advised(plan["plans"])
    verdict = VERDICTS[Verdict(plan["verdict"])]
    still = Fact(name="still to reach", figure=value_text(definition, plan["still_to_reach"], currency), words=definition.name.lower())
    days = Fact(name="time left", figure=number_text(plan["working_days_left"]), words="working days")
    facts = [still, days, *_luck(plan), *_chances(plan["plans"], advised), *_steps(advised), *_worth(advised, currency)]
    return Facts(
        facts=(*facts, Fact(name="verdict", words=verdict), *_defaults(plan["assumptions"])),
        must_say=(_activities(advised), verdict.lower()),
        must_not_say=tuple(other.lower() for other in VERDICTS.values() if other != verdict and other.lower() not in verdict.lower()),
    )


def kept_words(plan: Mapping[str, Any] | None) -> Phrased | None:
    """What a model said of the plan when somebody asked."""
    said = plan.get(WORDS) if plan else None
    return Phrased.kept(said) if said else None


def keep_words(session: Session, viewer: Viewer, agent_id: int, goal_id: int, phrased: Phrased, today: date, now: datetime) -> bool:
    """Keep it with the goal's plan, if the plan still says what it is about; whether it is kept. Raises NotFoundError."""
    goal = queries.goal_of(session, viewer.scope, agent_id, goal_id, today, locked=True)
    if goal is None:
        raise NotFoundError(GONE)
    plan = queries.plans_of(session, agent_id, [goal_id]).get(goal_id)
    asked = asked_of(plan, goal.definition, agent_id) if plan else None
    if asked is None or asked.digest != phrased.digest:
        return False
    writes.keep_in_plan(session, goal_id, {WORDS: phrased.record(now)})
    return True


def _advised(plans: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next((each for each in plans if each["key"] == PlanKey.SAFE), plans[-1])


def _activities(plan: Mapping[str, Any]) -> str:
    return METRICS[plan["steps"][0]["key"]].words.counted(plan["activities"])


def _luck(plan: Mapping[str, Any]) -> Iterator[Fact]:
    luck = plan["average_luck"]
    if luck and luck["chance"] < 1:
        words = METRICS[plan["plans"][0]["steps"][0]["key"]].words.plural
        yield Fact(name="with average luck this many would do", figure=f"{luck['activities']:,}", words=words)
        yield Fact(name="but that is enough only so often", figure=chance_text(luck["chance"]))


def _chances(plans: Sequence[Mapping[str, Any]], advised: Mapping[str, Any]) -> Iterator[Fact]:
    for plan in plans:
        name = f"{plan['key'].replace('_', ' ')} plan{' (the advised one)' if plan is advised else ''}"
        yield Fact(name=name, words=f"{_activities(plan)}: the goal is reached {OFTEN[PlanKey(plan['key'])]}")
        yield Fact(name=f"chance of the {plan['key'].replace('_', ' ')} plan", figure=chance_text(plan["chance"]))


def _steps(plan: Mapping[str, Any]) -> Iterator[Fact]:
    for step in plan["steps"]:
        is_mine = step["controllable"]
        figure = number_text(round(step["expected"], 0 if is_mine else 1))
        name = "in your hands" if is_mine else "what clients decide, about, on average"
        yield Fact(name=name, figure=figure, words=step["name"].lower(), is_foreign=True)


def _worth(plan: Mapping[str, Any], currency: str) -> Iterator[Fact]:
    yield Fact(name="it takes about", figure=hours_text(plan["hours"], in_days=False))
    yield Fact(name="it costs", figure=money_text(plan["cost_minor"], currency))
    left = "on average it leaves" if plan["profit_minor"] >= 0 else "on average it loses"
    yield Fact(name=left, figure=money_text(abs(plan["profit_minor"]), currency))
    yield Fact(name="chance that it pays", figure=chance_text(plan["pays_chance"]))


def _defaults(assumptions: Sequence[Mapping[str, Any]]) -> Iterator[Fact]:
    usual = sum(each["source"] == Source.DEFAULT and each["key"].startswith("rate.") for each in assumptions)
    if usual:
        yield Fact(name="rates that are usual ones, not the person's own", figure=str(usual), words="rates")
