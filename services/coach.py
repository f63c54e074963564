"""What the coach says to an agent who asks: the text of their facts, what was said of them, and whether it was useful.

A text is asked for by its agent alone. Managers read later what was said of the plan, the team's patterns and posts; what rests on facts
that only the agent sees stays with the agent. Rules decide what there is to say; a model may only phrase it (services.ai).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import CoachingSession
from data.queries import coaching as queries
from data.writes import coaching as writes
from domain.ai.facts import Facts
from domain.coaching.texts.day import day_text
from domain.coaching.texts.energy import energy_text
from domain.coaching.texts.patterns import patterns_text
from domain.coaching.texts.text import CoachKind, CoachText
from domain.errors import AccessError, NotFoundError
from domain.local_time import local_time
from services import daily_plan, energy, patterns
from services.access import Viewer
from services.agents import agent_seen
from services.ai import Asked, Phrased
from services.ai_consent import ENERGY
from services.ai_prompts import Purpose
from services.vision_board import is_own

MOST: Final = 20
"""Texts listed, the latest: some weeks of them."""
OWN_ONLY: Final = "The coach answers the agent whose work it is about."
GONE: Final = "There is no such text among those the coach said to you."
_PURPOSES: Final = {
    CoachKind.DAY_PLAN: Purpose.DAY_PLAN,
    CoachKind.PATTERNS: Purpose.PATTERNS,
    CoachKind.OWN_PATTERNS: Purpose.PATTERNS,
    CoachKind.CONTENT: Purpose.CONTENT,
    CoachKind.ENERGY: Purpose.ENERGY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text as it was read."""

    id: int
    kind: CoachKind
    sentences: tuple[str, ...]
    is_by_ai: bool
    shown_at: datetime
    is_useful: bool | None


def text_of(session: Session, viewer: Viewer, agent_id: int, kind: CoachKind, now: datetime) -> CoachText | None:
    """What there is to say to the agent now; None where there is nothing. Raises NotFoundError, and AccessError for anybody else's.

    For the plan, patterns and energy; a draft of a post is made of its suggestion.
    """
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    _require_own(viewer, agent_id)
    today = local_time(now, agent.time_zone).on
    if kind is CoachKind.DAY_PLAN:
        plan = daily_plan.plan_of(session, viewer, agent_id, today, now)
        return day_text(plan.must_dos) if plan else None
    if kind is CoachKind.ENERGY:
        return energy_text(energy.energy_of(session, viewer, now).pattern)
    return patterns_text(patterns.patterns_of(session, viewer, agent_id, today).told)


def asked_of(text: CoachText, agent_id: int) -> Asked:
    """The text as a question to a model; what somebody feels is told only where they agreed to it."""
    consent = ENERGY if text.kind is CoachKind.ENERGY else ""
    return Asked(purpose=_PURPOSES[text.kind], facts=text.facts, rules=text.sentences, agent_id=agent_id, consent=consent)


def keep_shown(session: Session, viewer: Viewer, agent_id: int, text: CoachText, phrased: Phrased, now: datetime) -> Told:
    """Keep that the agent read these words, once; what was kept. Raises as `text_of`."""
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    _require_own(viewer, agent_id)
    writes.keep(
        session,
        {
            "agent_id": agent_id,
            "kind": text.kind,
            "about": text.about,
            "digest": phrased.digest,
            "sentences": list(phrased.sentences),
            "evidence": _evidence(text.facts, text.because_of),
            "model": phrased.model,
            "prompt_version": phrased.prompt_version,
            "call_id": phrased.call_id,
            "shown_at": now,
            "shown_on": local_time(now, agent.time_zone).on,
        },
    )
    rows = queries.said(session, agent_id, text.kind, phrased.digest)
    return next(_told(row) for row in rows if row.model == phrased.model)


def kept_words(session: Session, viewer: Viewer, text: CoachText, digest: str) -> Phrased | None:
    """What a model said to the viewer of these very facts before, so that it is not paid twice."""
    rows = queries.said(session, viewer.person_id, text.kind, digest)
    return next((_phrased(row) for row in rows if row.model), None)


def answer(session: Session, viewer: Viewer, session_id: int, now: datetime, *, is_useful: bool) -> None:
    """Keep whether a text was useful to the viewer; the last answer counts. Raises NotFoundError for a text that was not said to them."""
    if viewer.is_program or not writes.answer(session, viewer.person_id, session_id, is_useful=is_useful, now=now):
        raise NotFoundError(GONE)


def sessions_of(session: Session, viewer: Viewer, agent_id: int, today: date) -> list[Told]:
    """What the coach said to an agent, the latest first, without what is the agent's alone unless the viewer is the agent.

    Raises NotFoundError for an agent the viewer may not see.
    """
    agent_seen(session, viewer, agent_id, today)
    return [_told(row) for row in queries.sessions_of(session, viewer.scope, agent_id, viewer.author_id, MOST)]


def _require_own(viewer: Viewer, agent_id: int) -> None:
    if not is_own(viewer, agent_id):
        raise AccessError(OWN_ONLY)


def _evidence(facts: Facts, because_of: Sequence[str]) -> dict[str, Any]:
    told = [{"about": each.name, "figure": each.figure, "words": each.words} for each in facts.facts]
    return {"facts": told, "rests_on": list(because_of)}


def _told(row: CoachingSession) -> Told:
    return Told(
        id=row.id or 0,
        kind=row.kind,
        sentences=tuple(row.sentences),
        is_by_ai=bool(row.model),
        shown_at=row.shown_at,
        is_useful=row.is_useful,
    )


def _phrased(row: CoachingSession) -> Phrased:
    said = {"sentences": row.sentences, "digest": row.digest, "model": row.model, "prompt_version": row.prompt_version, "call": row.call_id}
    return Phrased.kept(said)
