"""What a month's report about an agent adds to its figures: the coaching, by rules, each line with what it rests on."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Selection
from domain.coaching.patterns.words import ASSOCIATION, effect_text
from domain.coaching.patterns.words import sentence as pattern_sentence
from domain.facts import AgentChoice
from domain.formatting import day_text
from domain.metrics.reading import Reading
from domain.periods import Period, add_months
from domain.reports import coaching_parts as parts
from domain.reports import movement_part
from domain.reports.content import Section
from domain.reports.held_back import USUAL_MONTHS, held_back
from domain.reports.work_rhythm import Rhythm, rhythm_of, work_rhythm
from domain.success.conversion import Conversion, conversions
from services import achievements, patterns
from services.access import Viewer
from services.figures import Figures
from services.movements import what_moved
from services.progression import progression_of

MOST_PATTERNS: Final = 3


def opening(
    session: Session, viewer: Viewer, agent_id: int, found: Figures, readings: Sequence[Reading], currency: str
) -> tuple[Section, ...]:
    """What the report begins with: the month in short, good news, what is worth attention, held back and moved, and the work's rhythm."""
    steps, rhythm = _steps(session, viewer, agent_id, found), _rhythm(session, viewer, agent_id, found)
    return (
        parts.in_short(readings, steps, rhythm, currency),
        parts.went_well(readings, currency),
        parts.worth_attention(readings, currency),
        held_back(steps),
        _moved(session, viewer, found),
        work_rhythm(rhythm),
    )


def _moved(session: Session, viewer: Viewer, found: Figures) -> Section:
    """The same facts as *What moved* on Monthly."""
    moved = what_moved(session, viewer, found.selection, found.today)
    change = (moved.change.before, moved.change.now, moved.change.parts) if moved.change else None
    return movement_part.what_moved(change, moved.trends, moved.currency)


def _steps(session: Session, viewer: Viewer, agent_id: int, found: Figures) -> tuple[Conversion, ...]:
    """The steps of the month against the agent's months before, of what the viewer may see."""
    start = found.selection.period.start
    usual = Period(add_months(start, -USUAL_MONTHS), start)
    before = daily.totals(session, viewer.scope, Selection(period=usual, agent_ids=frozenset({agent_id})))
    return conversions(found.of(agent_id), before, is_ripe=found.is_ripe)


def _rhythm(session: Session, viewer: Viewer, agent_id: int, found: Figures) -> Rhythm:
    """Of the days that are over: today is only half a day."""
    over, agent = found.selection.period.elapsed(found.today - timedelta(days=1)), found.roster.agents.get(agent_id)
    if over is None or agent is None:
        return rhythm_of((), {})
    planned = [day for day in agent.holder.calendar.present.days if day in over]
    return rhythm_of(planned, daily.totals_by_day(session, viewer.scope, Selection(period=over, agent_ids=frozenset({agent_id}))))


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
            if grant.earned_on in days:
                yield f"{badge.achievement.name}, {day_text(grant.earned_on)}: {badge.achievement.about}"
