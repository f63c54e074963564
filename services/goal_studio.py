"""A goal before it is set: where somebody stands, what it takes, how sure that is, what it costs and whether it is worth it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Scope, Selection
from domain.goals.chain import link_counts
from domain.goals.chance import Chance
from domain.goals.entry import GoalEntry, asked_days, known_type
from domain.goals.plans import Analysis, analyse
from domain.goals.progress import GoalFacts, GoalProgress, progress
from domain.goals.target import checked_target
from domain.goals.way import target_of
from domain.goals.words import analysis_sentences, time_text
from domain.metrics.definition import Definition
from domain.periods import Period
from domain.records import GoalPeriod
from services.access import Viewer
from services.agents import agent_seen
from services.goal_chances import chances_of
from services.goal_company import Company
from services.goal_known import Known, known_of
from services.goals import facts_of, in_unit
from services.roster import currency_of

LATELY: Final = timedelta(days=90)
"""What is called the present performance: a quarter."""
NOBODY_SAID: Final[Mapping[str, float]] = MappingProxyType({})
UNSAVED: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A goal somebody thinks about."""

    type: str
    target: Decimal
    """In the metric's unit, money in major units."""
    period: GoalPeriod
    day: date
    deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkNow:
    """How much of a link there was lately."""

    key: str
    name: str
    is_controllable: bool
    count: int
    """In the last `LATELY`."""
    per_workday: float | None
    """None where no working days are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioView:
    """A goal seen from all sides; money in minor units."""

    progress: GoalProgress
    """As if it were set: what is there already counts."""
    currency: str
    lately: Period
    links: tuple[LinkNow, ...]
    """The present performance; empty where the chain does not lead to the goal."""
    workdays_left: int
    still: float
    """What is left to reach."""
    analysis: Analysis | None
    """Of what is left; None where nothing is, or where the chain does not lead to the goal."""
    sentences: tuple[str, ...] = ()
    chance: Chance | None = field(default=None)
    """Going on as lately; None for what has no such chance, or before its first day."""

    @property
    def definition(self) -> Definition:
        """What the goal is about."""
        return self.progress.definition

    @property
    def too_much(self) -> str:
        """Why the advised plan does not fit into its working days; empty where it does, or there is none."""
        plan = self.analysis.advised if self.analysis else None
        return time_text(plan, self.workdays_left) if plan else ""


def studio(
    session: Session, viewer: Viewer, agent_id: int, draft: Draft, today: date, said: Mapping[str, float] = NOBODY_SAID
) -> StudioView:
    """The draft by the facts the viewer may see; `said` are assumptions somebody overrides, by key.

    Raises NotFoundError for an agent the viewer may not see today, InputError for what cannot be a goal or an assumption.
    """
    agent_seen(session, viewer, agent_id, today)
    definition, currency = known_type(draft.type), currency_of(session)
    days = asked_days(draft.period, draft.day, draft.deadline, today)
    entry = GoalEntry(
        id=UNSAVED,
        agent_id=agent_id,
        period=draft.period,
        type=definition.key,
        target=float(checked_target(definition, draft.target, currency)),
        starts_on=days.start,
        ends_on=days.end,
        version=1,
    )
    return studio_of(session, viewer.scope, in_unit(entry, currency), today, said)


def studio_of(session: Session, scope: Scope, goal: GoalEntry, today: date, said: Mapping[str, float] = NOBODY_SAID) -> StudioView:
    """The same for a goal, set or not, with money in minor units; who may see the agent was asked already."""
    since = min(goal.starts_on, today - LATELY)
    facts, currency = facts_of(session, scope, goal.agent_id, Period(since, max(goal.ends_on, today + timedelta(days=1))), today)
    found, known = progress(goal, facts, today), known_of(session, scope, goal.agent_id, today)
    still = max(0.0, goal.target - (found.value or 0.0)) if goal.definition.prorated else goal.target
    analysis = _analysis(goal, known, still, said)
    lately = Period(today - LATELY, today)
    first = max(today, goal.starts_on)
    return StudioView(
        progress=found,
        currency=currency,
        lately=lately,
        links=_links(session, scope, goal.agent_id, known, facts, lately) if known.chain.cut(goal.type) else (),
        workdays_left=facts.work_days.without(goal.left_out).between(first, max(first, goal.ends_on)),
        still=still,
        analysis=analysis,
        sentences=analysis_sentences(analysis, currency) if analysis else (),
        chance=chances_of(session, scope, goal.agent_id, [found], Company(session=session, today=today)).get(goal.id),
    )


def currency_seen(session: Session, viewer: Viewer, agent_id: int, today: date) -> str:
    """What the agent's amounts are in; raises NotFoundError as `studio`."""
    agent_seen(session, viewer, agent_id, today)
    return currency_of(session)


def _analysis(goal: GoalEntry, known: Known, still: float, said: Mapping[str, float]) -> Analysis | None:
    target = target_of(known.chain, goal.type, still)
    return analyse(known.chain, target, known.rates, known.values, said) if target and still else None


def _links(session: Session, scope: Scope, agent_id: int, known: Known, facts: GoalFacts, lately: Period) -> tuple[LinkNow, ...]:
    sums = daily.totals(session, scope, Selection(period=lately, agent_ids=frozenset({agent_id})))
    counts, days = link_counts(known.chain, sums), facts.work_days.between(lately.start, lately.end)
    return tuple(
        LinkNow(
            key=link.key,
            name=link.name,
            is_controllable=link.is_controllable,
            count=counts[link.key],
            per_workday=counts[link.key] / days if days else None,
        )
        for link in known.chain.links
    )
