"""How skills grew: the same agents' rates at their first and at their last assessment of a period, everybody's parts added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from domain.metrics.change import beyond_luck
from domain.metrics.measures import Measure, Rate, Ratio
from domain.metrics.ranking import MIN_PEERS
from domain.metrics.work import SMALL_SHARE
from domain.records import Skill

APART: Final = timedelta(days=90)
"""An assessment looks back up to a quarter: nearer ones would compare the same days with themselves."""
PER_EVENT: Final = frozenset({Skill.APPOINTMENT_SETTING, Skill.PRESENTATION})
"""Skills whose rate may exceed one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFound:
    """A skill's rate as an assessment kept it."""

    rate: float
    sample: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The skills of one assessment."""

    agent_id: int
    day: date
    skills: Mapping[Skill, SkillFound]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillChange:
    """A skill of everybody who was assessed twice, long enough apart."""

    skill: Skill
    agents: int
    then: Measure
    now: Measure

    @property
    def is_early(self) -> bool:
        """Whether there are too few agents or facts to tell."""
        return self.agents < MIN_PEERS or min(self.then.sample, self.now.sample) < SMALL_SHARE

    @property
    def has_moved(self) -> bool:
        """Whether it changed by more than luck."""
        return not self.is_early and self.now.value != self.then.value and beyond_luck(self.now, self.then)


def skills_of(inputs: Mapping[str, Any]) -> dict[Skill, SkillFound]:
    """What an assessment kept of skills; one that was not measured then, or is not known any more, is left out."""
    kept = inputs.get("skills")
    entries = [each for each in kept if isinstance(each, Mapping)] if isinstance(kept, list) else []
    known = {skill.value: skill for skill in Skill}
    return {
        known[each["skill"]]: SkillFound(rate=float(each["rate"]), sample=int(each["sample"]))
        for each in entries
        if each.get("skill") in known and isinstance(each.get("rate"), int | float) and each.get("sample")
    }


def skill_changes(pairs: Sequence[tuple[Assessed, Assessed]]) -> tuple[SkillChange, ...]:
    """Every skill, from (first, last) assessments per agent; pairs less than a quarter apart do not count."""
    apart = [(first, last) for first, last in pairs if last.day - first.day >= APART]
    return tuple(
        _change(skill, [(one.skills[skill], two.skills[skill]) for one, two in apart if _in_both(skill, one, two)]) for skill in Skill
    )


def _in_both(skill: Skill, one: Assessed, two: Assessed) -> bool:
    return skill in one.skills and skill in two.skills


def _change(skill: Skill, found: Sequence[tuple[SkillFound, SkillFound]]) -> SkillChange:
    then, now = ([each[place] for each in found] for place in (0, 1))
    return SkillChange(skill=skill, agents=len(found), then=_together(skill, then), now=_together(skill, now))


def _together(skill: Skill, found: Sequence[SkillFound]) -> Measure:
    events, whole = sum(round(each.rate * each.sample) for each in found), sum(each.sample for each in found)
    return Rate(events, whole) if skill in PER_EVENT else Ratio(events, whole)
