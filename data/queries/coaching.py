"""What the coach said to agents, and how models did on its cases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AiEvaluation, CoachingSession
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.texts.evaluation import Evaluated, Score
from domain.coaching.texts.text import PRIVATE

_ROW = CoachingSession


def sessions_of(session: Session, scope: Scope, agent_id: int, reader_id: int | None, limit: int) -> list[CoachingSession]:
    """Of an agent's texts those the viewer may see, the latest first; the private ones for `reader_id` alone where it is their own."""
    open_to_all = or_(col(_ROW.kind).not_in(sorted(PRIVATE)), col(_ROW.agent_id) == reader_id)
    seen = visible(col(_ROW.agent_id), col(_ROW.shown_on), scope)
    rows = select(_ROW).where(col(_ROW.agent_id) == agent_id, seen, open_to_all).order_by(col(_ROW.shown_at).desc(), col(_ROW.id).desc())
    return list(session.scalars(rows.limit(limit)))


def said(session: Session, agent_id: int, kind: str, digest: str) -> list[CoachingSession]:
    """What was said to the agent of these very facts, by rules or by models, the latest first."""
    same = (col(_ROW.agent_id) == agent_id, col(_ROW.kind) == kind, col(_ROW.digest) == digest)
    return list(session.scalars(select(_ROW).where(*same).order_by(col(_ROW.shown_at).desc(), col(_ROW.id).desc())))


def evaluations(session: Session, model: str, cases_version: str, prompts: Mapping[Any, str]) -> dict[str, Evaluated]:
    """By purpose, of the model with the prompts' versions in `prompts` and these cases; others count for nothing."""
    row = AiEvaluation
    found = session.scalars(select(row).where(col(row.model) == model, col(row.cases_version) == cases_version))
    return {each.purpose: _evaluated(each) for each in found if prompts.get(each.purpose) == each.prompt_version}


def _evaluated(row: AiEvaluation) -> Evaluated:
    score = Score(cases=row.cases, usable=row.usable, sound=row.sound, rules_sound=row.rules_sound)
    return Evaluated(score=score, model=row.model, prompt_version=row.prompt_version, at=row.at)
