"""What a month's report about an agent adds to its figures: the coaching, by rules, each line with what it rests on."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from domain.coaching.patterns.words import ASSOCIATION, effect_text
from domain.coaching.patterns.words import sentence as pattern_sentence
from domain.facts import AgentChoice
from domain.formatting import day_text
from domain.local_time import local_time
from domain.metrics.reading import Reading
from domain.periods import Period
from domain.reports import coaching_parts as parts
from domain.reports.content import Section
from services import achievements, patterns
from services.access import Viewer
from services.progression import progression_of

MOST_PATTERNS: Final = 3


def opening(readings: Sequence[Reading], currency: str) -> tuple[Section, ...]:
    """What the report begins with."""
    return parts.went_well(readings, currency), parts.worth_attention(readings, currency)


def closing(
    session: Session, viewer: Viewer, agent: AgentChoice, days: Period, today: date, readings: Sequence[Reading]
) -> tuple[Section, ...]:
    """What it ends with: patterns, achievements, the level, what to do next, and for others than the agent what to talk about.

    Patterns of the agent's own work stay out: a report is made to be handed on.
    """
    found = progression_of(session, viewer, agent.agent_id, today)
    told = [each for each in patterns.patterns_of(session, viewer, agent.agent_id, today).told if each.whose.is_team][:MOST_PATTERNS]
    sections = (
        parts.patterns([f"{pattern_sentence(each)} That is {effect_text(each)}." for each in told], ASSOCIATION),
        parts.earned(list(_earned(session, viewer, agent, days, today))),
        parts.level(found.found),
        parts.next_steps(found.plan),
    )
    is_own = viewer.person_id == agent.agent_id
    return sections if is_own else (*sections, parts.questions(readings, found.plan))


def _earned(session: Session, viewer: Viewer, agent: AgentChoice, days: Period, today: date) -> Iterator[str]:
    for badge in achievements.gallery(session, viewer, agent.agent_id, today):
        for grant in badge.grants:
            on = local_time(grant.granted_at, agent.time_zone).on
            if on in days:
                yield f"{badge.achievement.name}, {day_text(on)}: {badge.achievement.about}"
