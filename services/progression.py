"""An agent's progression at this moment, and a team's ladder from the stored assessments."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.queries import agents, daily
from data.queries import progression as queries
from domain.progression.assessment import LevelFound
from domain.progression.levels import RANKS, next_level
from domain.progression.outlook import Outlook
from domain.progression.plan import PlanItem
from domain.progression.skills import SkillScore
from services.access import Viewer
from services.agents import agent_seen
from services.assessments import Assessed, assess_one, assessed
from services.progression_facts import facts_of, year_to

StoredAssessment: TypeAlias = queries.StoredAssessment
HISTORY: Final = 24
"""Months of history: two years show where somebody came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progression:
    """An agent's level, how far the next one is, what they are good at, and what to do next."""

    agent_id: int
    name: str
    today: date
    since: date | None
    """The first day on which the level was found in the stored assessments; None before the first of them."""
    assessed: Assessed | None
    """None where the viewer may see only some of the days and no assessment is stored yet."""
    history: tuple[StoredAssessment, ...]
    """The last of each month, newest first; none of those of which the viewer may see only some of the days they were made from."""
    is_partly_seen: bool
    """Whether the viewer may not see every day of the last twelve months: the level is then the stored one, and there is no progress."""

    @property
    def found(self) -> LevelFound | None:
        """The level and its requirements."""
        return self.assessed.found if self.assessed else None

    @property
    def skills(self) -> tuple[SkillScore, ...]:
        """Every skill in the order of the chain."""
        return self.assessed.skills if self.assessed else ()

    @property
    def plan(self) -> tuple[PlanItem, ...]:
        """What to do next."""
        return self.assessed.plan if self.assessed else ()

    @property
    def outlook(self) -> Outlook | None:
        """How long the next level takes."""
        return self.assessed.outlook if self.assessed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One agent on the team's ladder, as of their newest assessment."""

    agent_id: int
    name: str
    stored: StoredAssessment | None
    """None before the first one."""
    is_partly_seen: bool = False
    """Whether the viewer may not see every day it was made from: then only the level is told."""

    @property
    def progress_share(self) -> float | None:
        """How far the weakest requirement of the next level was."""
        return self.stored.progress_share if self.stored and not self.is_partly_seen else None

    @property
    def is_at_risk(self) -> bool:
        """Whether the sales were below the level."""
        return bool(self.stored and self.stored.is_at_risk and not self.is_partly_seen)

    @property
    def sales_12_months(self) -> int | None:
        """The sales of the twelve months up to that day."""
        return self.stored.inputs.get("sales_12_months") if self.stored and not self.is_partly_seen else None

    @property
    def has_further(self) -> bool:
        """Whether there is a next level, and enough is seen to speak of it."""
        return self.stored is not None and not self.is_partly_seen and next_level(self.stored.level) is not None

    @property
    def outlook(self) -> Outlook | None:
        """How long the next level takes, as it was found then; None at the highest, and where the sales are there already."""
        found = self.stored.inputs.get("outlook") if self.stored and not self.is_partly_seen else None
        return Outlook(**found) if found else None


def progression_of(session: Session, viewer: Viewer, agent_id: int, today: date) -> Progression:
    """The agent as the facts the viewer may see show them now; raises NotFoundError for an agent they may not see today."""
    name = agent_seen(session, viewer, agent_id, today).name
    in_part = bool(daily.partly_hidden(session, viewer.scope, {agent_id}, year_to(today)))
    before = queries.standings(session, {agent_id}, today).get(agent_id)
    facts = facts_of(session, viewer.scope, {agent_id}, today).get(agent_id)
    found = assessed(session, facts, before, today, in_part=in_part) if facts else None
    level_kept = before is not None and found is not None and found.found.level is before.level
    return Progression(
        agent_id=agent_id,
        name=name,
        today=today,
        since=before.since if before is not None and level_kept else (today if found and before else None),
        assessed=found,
        history=_history(session, viewer, agent_id, today),
        is_partly_seen=in_part,
    )


def _history(session: Session, viewer: Viewer, agent_id: int, today: date) -> tuple[StoredAssessment, ...]:
    """The months back to the first one that was found from days the viewer may not see."""
    found = queries.history(session, viewer.scope, agent_id, today, limit=HISTORY)
    return tuple(takewhile(lambda each: not daily.partly_hidden(session, viewer.scope, {agent_id}, year_to(each.day)), found))


def reassess(session: Session, viewer: Viewer, agent_id: int, today: date, now: datetime) -> Progression:
    """Assess the agent now, keep it as the day's assessment and tell a promotion; raises NotFoundError as `progression_of`."""
    agent_seen(session, viewer, agent_id, today)
    assess_one(session, agent_id, today, now)
    return progression_of(session, viewer, agent_id, today)


def ladder(session: Session, viewer: Viewer, today: date) -> tuple[Rung, ...]:
    """Everybody the viewer looks after today, highest level first, then by progress; from stored assessments alone."""
    people = agents.agents_on(session, viewer.scope, today)
    ids = [each.agent_id for each in people]
    stored, hidden = queries.newest(session, viewer.scope, today, ids), daily.partly_hidden(session, viewer.scope, ids, year_to(today))
    rungs = [
        Rung(agent_id=each.agent_id, name=each.name, stored=stored.get(each.agent_id), is_partly_seen=each.agent_id in hidden)
        for each in people
    ]
    return tuple(sorted(rungs, key=_place))


def _place(rung: Rung) -> tuple[int, float, str]:
    if rung.stored is None:
        return 1, 0.0, rung.name
    return -RANKS[rung.stored.level], -(rung.progress_share or 0.0), rung.name
