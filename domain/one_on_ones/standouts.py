"""Two strengths and one gap, each beyond luck and with what it rests on; where there are none, why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from domain.metrics.work import SMALL_SHARE
from domain.progression.skills import AT_PAR, SkillScore, Verdict
from domain.progression.wording import skill_evidence

MOST_STRENGTHS: Final = 2
"""Two are remembered, and a talk that begins with them is heard to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standout:
    """A skill that differs from the others of the level by more than luck."""

    name: str
    evidence: str
    """Its rate with n, between what it likely lies, and the others' rate."""
    skill: str
    """Its key, for the exercise that belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standouts:
    """What a talk may begin with and what it may be about."""

    strengths: tuple[Standout, ...]
    gap: Standout | None
    untold: tuple[str, ...]
    """What cannot be told, and why: too few facts, too few others, no difference beyond luck."""


def standouts(scores: Sequence[SkillScore]) -> Standouts:
    """The two strongest, and of the gaps the one with most volume behind it: there the same work brings most more."""
    strong = sorted(_with(scores, Verdict.STRENGTH), key=lambda each: -(each.score or AT_PAR))
    gaps = sorted(_with(scores, Verdict.GAP), key=lambda each: (not each.is_high_volume, each.score or AT_PAR))
    return Standouts(
        strengths=tuple(map(_standout, strong[:MOST_STRENGTHS])),
        gap=_standout(gaps[0]) if gaps else None,
        untold=tuple(_untold(scores)),
    )


def _untold(scores: Sequence[SkillScore]) -> Iterator[str]:
    if early := _with(scores, Verdict.TOO_EARLY):
        yield f"Too early to tell, from {SMALL_SHARE} on: {', '.join(f'{each.link.name} (n = {each.own.sample:,})' for each in early)}."
    if alike := _with(scores, Verdict.LIKE_OTHERS):
        yield f"No difference beyond luck: {_names(alike)}."
    if alone := _with(scores, Verdict.ALONE):
        yield f"Too few others to compare with: {_names(alone)}."


def _with(scores: Sequence[SkillScore], verdict: Verdict) -> list[SkillScore]:
    return [each for each in scores if each.verdict is verdict]


def _names(scores: Sequence[SkillScore]) -> str:
    return ", ".join(each.link.name for each in scores)


def _standout(score: SkillScore) -> Standout:
    return Standout(name=score.link.name, evidence=skill_evidence(score), skill=score.skill.value)
