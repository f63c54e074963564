"""How an agent's progression is shown; shares as percentages."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from api.v1.analytics_bodies import percent
from api.v1.fields import Shown
from domain.progression.assessment import LevelFound
from domain.progression.levels import STEPS
from domain.progression.outlook import Outlook
from domain.progression.plan import Horizon, PlanItem
from domain.progression.requirements import Kind, Requirement
from domain.progression.skills import SkillScore, Verdict
from domain.progression.wording import requirement_name
from domain.records import Level, Skill
from services.progression import Progression, StoredAssessment

Count = Annotated[int, Field(ge=0)]


class RequirementOut(Shown):
    """One thing the next level asks; at the highest one of its own."""

    kind: Kind
    name: str
    metric_key: str
    """The figure whose records stand behind the value, a key of docs/metrics.md."""
    needed: float
    """Counts a week or month, sales in twelve months, or a share from 0 to 1."""
    value: float | None
    """Null where too little could be measured."""
    percent: float | None
    """Value ÷ needed, at most 100."""
    held: bool

    @classmethod
    def of(cls, asked: Requirement) -> Self:
        """The requirement as an answer."""
        return cls(
            kind=asked.kind,
            name=requirement_name(asked),
            metric_key=asked.metric_key,
            needed=asked.needed,
            value=asked.value,
            percent=percent(asked.share),
            held=asked.is_held,
        )


class SkillOut(Shown):
    """A skill, seen in one rate, against others."""

    skill: Skill
    name: str
    formula: str
    verdict: Verdict
    high_volume: bool
    """Whether there is as much of what goes in as a peer has."""
    rate: float | None
    low: float | None
    high: float | None
    """Where the rate behind the luck lies, four times out of five."""
    sample: Count
    others_rate: float | None
    """All others of the level together, else of every level; null under five of them."""
    others_of_level: bool
    score: float | None
    """Own rate against the others': 100 is like them."""

    @classmethod
    def of(cls, found: SkillScore) -> Self:
        """The skill as an answer."""
        low, high = found.own.interval() or (None, None)
        return cls(
            skill=found.skill,
            name=found.link.name,
            formula=found.link.formula,
            verdict=found.verdict,
            high_volume=found.is_high_volume,
            rate=found.own.value,
            low=low,
            high=high,
            sample=found.own.sample,
            others_of_level=found.is_of_level,
            others_rate=found.peers.value if found.peers else None,
            score=found.score,
        )


class PlanItemOut(Shown):
    """Something to do, and what put it there."""

    horizon: Horizon
    text: str
    evidence: str
    skill: Skill | None
    metric_key: str | None
    module_id: int | None


class OutlookOut(Shown):
    """In how many months the sales of the next level are there at the pace of thirteen weeks; null is not within two years."""

    too_early: bool
    soonest: int | None
    likely: int | None
    latest: int | None

    @classmethod
    def of(cls, found: Outlook) -> Self:
        """The outlook as an answer."""
        return cls(too_early=found.is_early, soonest=found.soonest, likely=found.likely, latest=found.latest)


class PastOut(Shown):
    """The last assessment of a month, as it was then."""

    day: date
    level: Level
    progress_percent: float | None
    at_risk: bool

    @classmethod
    def of(cls, stored: StoredAssessment) -> Self:
        """The assessment as an answer."""
        return cls(day=stored.day, level=stored.level, progress_percent=percent(stored.progress_share), at_risk=stored.is_at_risk)


class LevelOut(Shown):
    """A level and its name."""

    level: Level
    name: str
    from_sales: Count
    """Sales of the trailing twelve months from which it begins."""
    below_sales: int | None
    """Where the next one begins; null at the highest."""

    @classmethod
    def of(cls, level: Level) -> Self:
        """The level as an answer."""
        step = STEPS[level]
        return cls(level=level, name=step.name, from_sales=step.from_sales, below_sales=step.below_sales)


class ProgressionOut(Shown):
    """An agent's level, how far the next one is, skills and plan."""

    agent_id: int
    agent_name: str
    level: LevelOut | None
    """Null where the caller may see only some of the days and nothing is stored yet."""
    since: date | None
    next_level: LevelOut | None
    progress_percent: float | None
    """How far the weakest requirement is."""
    at_risk: bool
    sales_12_months: int | None
    lifetime_sales: int | None
    months_held: Count
    """In how many of the last three whole months four fifths of what is asked were held."""
    requirements: list[RequirementOut]
    skills: list[SkillOut]
    strengths: list[Skill]
    to_develop: list[Skill]
    plan: list[PlanItemOut]
    outlook: OutlookOut | None
    history: list[PastOut]
    partly_seen: bool
    """Whether days of the last twelve months are hidden from the caller; the level is the stored one then, and there is no progress."""

    @classmethod
    def of(cls, found: Progression) -> Self:
        """The progression as an answer."""
        level: LevelFound | None = found.found
        facts = found.assessed.facts if found.assessed and not found.is_partly_seen else None
        return cls(
            agent_id=found.agent_id,
            agent_name=found.name,
            level=LevelOut.of(level.level) if level else None,
            since=found.since,
            next_level=LevelOut.of(level.following) if level and level.following else None,
            progress_percent=percent(level.progress_share) if level else None,
            at_risk=bool(level and level.is_at_risk),
            sales_12_months=facts.ladder.sales_12_months if facts else None,
            lifetime_sales=facts.lifetime_sales if facts else None,
            months_held=level.months_held if level else 0,
            requirements=[RequirementOut.of(each) for each in level.requirements] if level else [],
            skills=[SkillOut.of(each) for each in found.skills],
            strengths=_of(found, Verdict.STRENGTH),
            to_develop=_of(found, Verdict.GAP),
            plan=[_item(each) for each in found.plan],
            outlook=OutlookOut.of(found.outlook) if found.outlook else None,
            history=[PastOut.of(each) for each in found.history],
            partly_seen=found.is_partly_seen,
        )


def _of(found: Progression, verdict: Verdict) -> list[Skill]:
    return [each.skill for each in found.skills if each.verdict is verdict]


def _item(each: PlanItem) -> PlanItemOut:
    return PlanItemOut.model_validate(each)
