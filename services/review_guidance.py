"""What a company asks of a model's reviews: style, what to look at first, how to judge. The product's rules stay, and each version is kept.

A version that was not evaluated is not asked with, so that nobody's wish makes reviews worse unnoticed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, ReviewGuidance
from domain.ai.facts import fenced
from domain.deals.review_cases.every import CASES
from domain.deals.review_facts import review_facts
from domain.errors import NotFoundError
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.ai_prompts import Prompt, Purpose, prompt
from services.audit import Action
from services.inputs import storable, validated

LONGEST: Final = 2_000
SHOWN: Final = 10
"""Versions to choose from."""
INTRODUCED: Final = "Guidelines of the company, as far as the rules above allow:"
GONE: Final = "There is no such version."


class GuidanceWords(BaseModel):
    """What an administrator writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST), AfterValidator(storable)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceVersion:
    """One version."""

    number: int
    words: str
    by: str
    """Empty where nobody is known any more."""
    at: datetime
    is_in_use: bool


def prompt_in_use(session: Session) -> Prompt:
    """The product's prompt with the company's guidelines; its version changes with either."""
    latest = session.scalar(select(ReviewGuidance).order_by(col(ReviewGuidance.id).desc()).limit(1))
    return _with(latest.words, latest.id or 0) if latest is not None and latest.words else prompt(Purpose.DEAL_REVIEW)


def versions(session: Session, viewer: Viewer) -> list[GuidanceVersion]:
    """The latest ones, the one in use first; for admins."""
    require_role(viewer, {Role.ADMIN})
    row = ReviewGuidance
    query = select(row, col(Person.name)).join(Person, col(Person.id) == col(row.created_by), isouter=True)
    found = session.execute(query.order_by(col(row.id).desc()).limit(SHOWN))
    return [
        GuidanceVersion(number=each.id or 0, words=each.words, by=name or "", at=each.created_at, is_in_use=not place)
        for place, (each, name) in enumerate(found)
    ]


def change(session: Session, viewer: Viewer, words: str, now: datetime) -> None:
    """Use other guidelines from now on, or none where there are no words; for admins, audited. The same words change nothing."""
    require_role(viewer, {Role.ADMIN})
    said = validated(GuidanceWords, {"words": words}).words
    known = versions(session, viewer)
    if said == (known[0].words if known else ""):
        return
    row = ReviewGuidance(words=said, created_by=viewer.author_id, created_at=now)
    session.add(row)
    session.flush()
    action = Action.REVIEW_GUIDANCE_CHANGED
    audit.record(session, person_id=viewer.author_id, action=action, subject=f"review_guidance:{row.id}", at=now)


def use_again(session: Session, viewer: Viewer, number: int, now: datetime) -> None:
    """Use an earlier version's words again, as a version of its own; for admins. Raises NotFoundError."""
    require_role(viewer, {Role.ADMIN})
    row = session.get(ReviewGuidance, number)
    if row is None:
        raise NotFoundError(GONE)
    change(session, viewer, row.words, now)


def preview(viewer: Viewer, words: str) -> tuple[str, str]:
    """What a model would be sent with these guidelines: its instructions, and an invented deal as data; for admins, nothing is asked."""
    require_role(viewer, {Role.ADMIN})
    said = validated(GuidanceWords, {"words": words}).words
    whole = _with(said, 0) if said else prompt(Purpose.DEAL_REVIEW)
    return whole.text, fenced(review_facts(CASES[0].basis).cleaned())


def _with(words: str, number: int) -> Prompt:
    own = prompt(Purpose.DEAL_REVIEW)
    return Prompt(purpose=own.purpose, version=f"{own.version}.{number}", text=f"{own.text.rstrip()}\n\n{INTRODUCED}\n{words}\n")
