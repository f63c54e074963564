"""A review as plain words, to be kept and sent, and back again; who made it, and why it was asked for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from domain.deals.priority import DealPriority
from domain.deals.review import Action, DealReview, Urgency


class ReviewAuthor(StrEnum):
    """Who wrote a review."""

    RULES = "rules"
    MODEL = "model"


class ReviewsOf(StrEnum):
    """Which deals somebody asked to be reviewed."""

    DEAL = "deal"
    AGENT = "agent"
    ALL = "all"


class AskedState(StrEnum):
    """How far what was asked for has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


_LISTS = ("strengths", "concerns", "red_flags", "phrases", "plan")


def record_of(review: DealReview) -> dict[str, Any]:
    """The review as JSON has it."""
    actions = [{"what": each.what, "why": each.why, "how": each.how, "urgency": each.urgency.value} for each in review.actions]
    lists = {name: list(getattr(review, name)) for name in _LISTS}
    return {"situation": review.situation, "priority": review.priority.value, "actions": actions, **lists}


def review_of(record: Mapping[str, Any]) -> DealReview:
    """What was kept."""
    actions = (Action(what=each["what"], why=each["why"], how=each["how"], urgency=Urgency(each["urgency"])) for each in record["actions"])
    lists = {name: tuple(record[name]) for name in _LISTS}
    return DealReview(situation=record["situation"], priority=DealPriority(record["priority"]), actions=tuple(actions), **lists)
