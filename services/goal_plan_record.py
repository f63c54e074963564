"""A goal's analysis as plain numbers and words: what is kept with the goal, and what programs are told."""

from typing import Any

from domain.goals.cost import Assumption, Worth
from domain.goals.plans import Analysis, Plan, PlanLink
from services.goal_studio import LinkNow, StudioView


def plan_record(view: StudioView) -> dict[str, Any]:
    """The whole of it; money in minor units, shares from 0 to 1, and no plan where the chain does not lead to the goal."""
    return {
        "currency": view.currency,
        "still_to_reach": view.still,
        "working_days_left": view.workdays_left,
        "verdict": view.analysis.verdict if view.analysis else None,
        "roi": view.analysis.roi if view.analysis else None,
        "sentences": list(view.sentences),
        "performance": {
            "from": view.lately.start.isoformat(),
            "to": view.lately.last_day.isoformat(),
            "steps": [_now(each) for each in view.links],
        },
        "average_luck": _naive(view.analysis) if view.analysis else None,
        "plans": [_plan(each, view.workdays_left) for each in view.analysis.plans] if view.analysis else [],
        "assumptions": [_assumption(each) for each in view.analysis.assumptions] if view.analysis else [],
    }


def _now(link: LinkNow) -> dict[str, Any]:
    return {
        "key": link.key,
        "name": link.name,
        "controllable": link.is_controllable,
        "count": link.count,
        "per_working_day": link.per_workday,
    }


def _naive(analysis: Analysis) -> dict[str, Any] | None:
    if analysis.naive is None or analysis.naive_chance is None:
        return None
    return {"activities": analysis.naive, "chance": analysis.naive_chance}


def _plan(plan: Plan, workdays: int) -> dict[str, Any]:
    return {
        "key": plan.key.value,
        "chance": plan.chance,
        "activities": plan.activities,
        "per_working_day": plan.activities / workdays if workdays else None,
        "steps": [_step(each) for each in plan.links],
        **_worth(plan.worth),
    }


def _step(link: PlanLink) -> dict[str, Any]:
    return {
        "key": link.key,
        "name": link.name,
        "controllable": link.is_controllable,
        "expected": round(link.expected, 4),
        "needed": link.needed,
    }


def _worth(worth: Worth) -> dict[str, Any]:
    return {
        "hours": worth.hours,
        "cost_minor": worth.cost_minor,
        "revenue_minor": worth.revenue_minor,
        "profit_minor": worth.profit_minor,
        "roi": worth.roi,
        "pays_chance": worth.chance,
        "verdict": worth.verdict.value,
    }


def _assumption(known: Assumption) -> dict[str, Any]:
    return {
        "key": known.key,
        "name": known.name,
        "value": known.value,
        "unit": known.unit.value,
        "source": known.source.value,
        "detail": known.detail,
    }
