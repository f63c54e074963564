"""A plan towards the next level: this week, this month, three months, training and practice; each item says what put it there."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final

from domain.metrics.catalog import METRICS
from domain.progression.assessment import MONTHS_HELD, MONTHS_LOOKED_AT, LevelFound
from domain.progression.levels import STEPS
from domain.progression.practice import DRILLS, SKILL_BEHIND
from domain.progression.requirements import Kind, Requirement
from domain.progression.skills import SkillScore, Verdict
from domain.progression.wording import WEEKLY, rate_text, requirement_days, requirement_name, requirement_value, skill_evidence
from domain.records import Level, Skill

MOST_WEEKLY: Final = 2
"""Two changes at a time are kept up; five are forgotten by Wednesday."""
MOST_LESSONS: Final = 3
MOST_EXERCISES: Final = 2


class Horizon(StrEnum):
    """By when something of the plan is for."""

    WEEK = "week"
    MONTH = "month"
    THREE_MONTHS = "three_months"
    TRAINING = "training"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A training module as the plan needs it."""

    module_id: int
    title: str
    skill: Skill
    minutes: int
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """Something to do, and the evidence that put it there."""

    horizon: Horizon
    text: str
    evidence: str
    skill: Skill | None = None
    metric_key: str | None = None
    """The metric whose records stand behind the evidence."""
    module_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What a plan is made from."""

    found: LevelFound
    gaps: Sequence[SkillScore]
    """Those with high volume first: there the same work brings most more."""
    lessons: Collection[Lesson]
    leaving: int
    """Sales of now that will be older than twelve months when three months are over."""

    @property
    def aim(self) -> Level:
        """The next level, or at the highest the level itself."""
        return self.found.following or self.found.level

    @property
    def short(self) -> list[Requirement]:
        """What the aim asks and is not held, weakest first."""
        return [each for each in self.found.requirements if not each.is_held and each.value is not None]

    @property
    def skills(self) -> dict[Skill, str]:
        """The skills to work on with the reason for each: gaps first, then what is behind the weakest requirements."""
        reasons = {gap.skill: skill_evidence(gap) for gap in self.gaps}
        for asked in self.short:
            reasons.setdefault(SKILL_BEHIND[asked.kind], _shortfall(asked, self.aim))
        return reasons


def plan(found: LevelFound, scores: Sequence[SkillScore], lessons: Collection[Lesson], *, leaving: int = 0) -> tuple[PlanItem, ...]:
    """Everything worth doing, in the order of the horizons; at least one item for the week.

    `leaving` are sales that count now and will not when three months are over: they have to be made up for as well.
    """
    gaps = sorted((each for each in scores if each.verdict is Verdict.GAP), key=lambda each: not each.is_high_volume)
    ground = _Ground(found=found, gaps=gaps, lessons=lessons, leaving=leaving)
    parts: tuple[Callable[[_Ground], Iterator[PlanItem]], ...] = (_week, _month, _three_months, _training, _practice)
    return tuple(item for part in parts for item in part(ground))


def _week(ground: _Ground) -> Iterator[PlanItem]:
    weekly = [each for each in ground.short if each.kind in WEEKLY][:MOST_WEEKLY]
    for asked in weekly:
        words = METRICS[asked.metric_key].words
        text = f"{ceil(asked.needed)} {words.plural} this week, as {STEPS[ground.aim].name} asks."
        evidence = _shortfall(asked, ground.aim)
        yield PlanItem(horizon=Horizon.WEEK, text=text, evidence=evidence, skill=SKILL_BEHIND[asked.kind], metric_key=asked.metric_key)
    for gap in ground.gaps[:1]:
        yield _about(gap, Horizon.WEEK, DRILLS[gap.skill].this_week)
    if not weekly and not ground.gaps:
        held = [each for each in ground.found.requirements if each.kind in WEEKLY and each.is_held]
        text = "Keep the week as it is." if held else "Log what you do this week: there is too little to plan from."
        shown = ", ".join(f"{requirement_name(each)} {requirement_value(each, each.value)}" for each in held)
        yield PlanItem(horizon=Horizon.WEEK, text=text, evidence=shown or "Nothing to measure in the last four weeks.")


def _month(ground: _Ground) -> Iterator[PlanItem]:
    found, name = ground.found, STEPS[ground.aim].name
    for asked in ground.short:
        if asked.kind in {Kind.CONVERSION, Kind.SALES_PER_MONTH}:
            text = f"{requirement_name(asked)}: reach {requirement_value(asked, asked.needed)}."
            evidence = _shortfall(asked, ground.aim)
            yield PlanItem(horizon=Horizon.MONTH, text=text, evidence=evidence, skill=SKILL_BEHIND[asked.kind], metric_key=asked.metric_key)
    if found.months_held < MONTHS_HELD:
        held = f"Held in {found.months_held} of the last {found.months_known} whole months with work; {MONTHS_HELD} of "
        text = f"Do four fifths of what {name} asks through a whole month."
        yield PlanItem(horizon=Horizon.MONTH, text=text, evidence=f"{held}{MONTHS_LOOKED_AT} are needed.", metric_key="activities")


def _three_months(ground: _Ground) -> Iterator[PlanItem]:
    found, own = ground.found, STEPS[ground.found.level]
    if found.is_at_risk:
        text = f"Bring the twelve months back to {own.from_sales} sales, and {own.name} is safe."
        evidence = "The sales of the twelve months up to today are below the level; it changes only after two quarters below."
        yield PlanItem(horizon=Horizon.THREE_MONTHS, text=text, evidence=evidence, skill=Skill.CLOSING, metric_key="deals_won")
    for asked in ground.short:
        if asked.kind is Kind.SALES and not found.is_at_risk and asked.value is not None:
            missing = ceil(asked.needed - asked.value) + ground.leaving
            when = "in the next three months" if ground.leaving else "within twelve months"
            text = f"{missing} more {'sale' if missing == 1 else 'sales'} {when} for {STEPS[ground.aim].name}."
            evidence = _shortfall(asked, ground.aim) + _leaving_text(ground.leaving)
            yield PlanItem(horizon=Horizon.THREE_MONTHS, text=text, evidence=evidence, skill=Skill.CLOSING, metric_key="deals_won")
    for gap in ground.gaps:
        if gap.peers is not None:
            yield _about(gap, Horizon.THREE_MONTHS, f"{gap.link.name}: come from {rate_text(gap.own)} to {rate_text(gap.peers)}.")


def _leaving_text(leaving: int) -> str:
    return f" By then {leaving} of the sales of now will be older than twelve months." if leaving else ""


def _training(ground: _Ground) -> Iterator[PlanItem]:
    """Modules still to do for the skills to work on, in their order."""
    wanted = [
        (lesson, reason)
        for skill, reason in ground.skills.items()
        for lesson in sorted(ground.lessons, key=lambda each: (each.minutes, each.module_id))
        if lesson.skill is skill and not lesson.is_done
    ]
    for lesson, reason in wanted[:MOST_LESSONS]:
        text = f"{lesson.title} ({lesson.minutes} min)"
        yield PlanItem(horizon=Horizon.TRAINING, text=text, evidence=reason, skill=lesson.skill, module_id=lesson.module_id)


def _practice(ground: _Ground) -> Iterator[PlanItem]:
    for skill, reason in list(ground.skills.items())[:MOST_EXERCISES]:
        yield PlanItem(horizon=Horizon.PRACTICE, text=DRILLS[skill].exercise, evidence=reason, skill=skill)


def _about(gap: SkillScore, horizon: Horizon, text: str) -> PlanItem:
    return PlanItem(horizon=horizon, text=text, evidence=skill_evidence(gap), skill=gap.skill, metric_key=gap.link.metric_key)


def _shortfall(asked: Requirement, aim: Level) -> str:
    now, needed = requirement_value(asked, asked.value), requirement_value(asked, asked.needed)
    return f"{requirement_name(asked)}: {now}; {STEPS[aim].name} asks {needed} ({requirement_days(asked)})."
