"""What an administrator sees and decides about the language model: on or off, what it used, and whether it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Organisation
from data.queries import ai_calls as queries
from domain.ai.facts import Fact, Facts
from domain.ai.outcome import Outcome
from domain.errors import ConflictError
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.ai import Asked, Assistant, Phrased, is_on, phrase, today_since
from services.ai_prompts import Purpose
from services.audit import Action

TRIAL: Final = Asked(
    purpose=Purpose.TRIAL,
    facts=Facts(facts=(Fact(name="invented, to try the connection", figure="7", words="calls"),), must_say=("7 calls",)),
    rules=("7 calls.",),
    is_invented=True,
)
"""Holds nothing of anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AiUse:
    """How the model stands; tokens of the company's day."""

    is_set_up: bool
    is_on: bool
    model: str
    tokens_used: int
    tokens_a_day: int
    tokens_a_day_each: int
    outcomes: Mapping[Outcome, int]
    """How today's questions ended."""


def use(session: Session, viewer: Viewer, assistant: Assistant, now: datetime) -> AiUse:
    """For admins."""
    require_role(viewer, {Role.ADMIN})
    since = today_since(session, now)
    return AiUse(
        is_set_up=assistant.is_set_up,
        is_on=is_on(session),
        model=assistant.model.name,
        tokens_used=queries.used(session, viewer.person_id, since).by_all,
        tokens_a_day=assistant.tokens_a_day,
        tokens_a_day_each=assistant.tokens_a_day_each,
        outcomes=queries.outcomes(session, since),
    )


def switch(session: Session, viewer: Viewer, now: datetime, *, on: bool) -> None:
    """Let facts go to the model, or nothing from now on. For admins; audited."""
    require_role(viewer, {Role.ADMIN})
    company = session.get(Organisation, 1, with_for_update=True)
    if company is None:
        raise ConflictError("The company is not set up yet.")
    if company.uses_ai == on:
        return
    company.uses_ai = on
    action = Action.AI_SWITCHED_ON if on else Action.AI_SWITCHED_OFF
    audit.record(session, person_id=viewer.person_id, action=action, subject="organisation:1", at=now)


def trial(database: Database, assistant: Assistant, viewer: Viewer, now: datetime) -> Phrased:
    """Whether the model answers, also before it is switched on; it gets one invented fact. For admins; counts as any question."""
    require_role(viewer, {Role.ADMIN})
    return phrase(database, assistant, viewer, TRIAL, now)
