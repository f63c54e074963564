"""What the activity analytics are answered with: every rate with its counts and its range, every comparison with how sure it is."""

from typing import Self

from api.v1.analytics_bodies import DaysOut, percent
from api.v1.fields import Shown
from domain.activity_analytics.evidence import Finding, Verdict
from domain.activity_analytics.report import TimeFound, TypeReport
from domain.activity_analytics.score import Score, ScorePart
from domain.activity_analytics.weeks import Week
from domain.metrics.measures import Ratio
from domain.records import ActivityType, Skill
from services.activity_analytics import ActivityAnalytics


class RateOut(Shown):
    """A share in percent with what it rests on."""

    percent: float | None
    """Null where there was nothing to measure."""
    part: int
    whole: int
    low: float | None
    """Where the share behind the luck lies with 80 % probability."""
    high: float | None

    @classmethod
    def of(cls, rate: Ratio) -> Self:
        """The rate as an answer."""
        low, high = rate.interval() or (None, None)
        return cls(percent=percent(rate.value), part=rate.part, whole=rate.whole, low=percent(low), high=percent(high))


class FindingOut(Shown):
    """Two figures held against each other. Tell the difference only where `verdict` is `clear` or `likely`."""

    verdict: Verdict
    is_better: bool
    lift_percent: float | None
    """The difference relative to what it is held against."""
    sample: int
    compared_sample: int
    missing: int
    """Activities still needed before it can be told."""

    @classmethod
    def of(cls, found: Finding) -> Self:
        """The finding as an answer."""
        return cls(
            verdict=found.verdict,
            is_better=found.is_better,
            lift_percent=percent(found.lift),
            sample=found.one.sample,
            compared_sample=found.other.sample,
            missing=found.missing,
        )


class BestTimeOut(FindingOut):
    """The best hour or weekday; named only where the finding is told."""

    at: int | None
    """The local hour, 0 to 23, or the ISO weekday, Monday 1; null where luck may explain it."""

    @classmethod
    def at_time(cls, found: TimeFound) -> Self:
        """The time as an answer."""
        told = found.at if found.finding.verdict.is_told else None
        return cls(at=told, **FindingOut.of(found.finding).model_dump())


class WeekOut(Shown):
    """One calendar week, cut to the days asked for."""

    days: DaysOut
    volume: int
    success: RateOut
    conversion: RateOut
    unfinished: bool

    @classmethod
    def of(cls, week: Week) -> Self:
        """The week as an answer."""
        return cls(
            days=DaysOut.of(week.days),
            volume=week.volume,
            success=RateOut.of(week.success),
            conversion=RateOut.of(week.conversion),
            unfinished=week.is_unfinished,
        )


class TypeOut(Shown):
    """One type of activity."""

    type: ActivityType
    metric_key: str
    """What counts it, as in docs/metrics.md."""
    volume: int
    volume_before: int | None
    success: RateOut
    conversion: RateOut
    """Of those with an outcome: a new appointment, or interest."""
    success_before: RateOut | None
    conversion_before: RateOut | None
    best_hour: BestTimeOut
    best_weekday: BestTimeOut
    volume_trend: FindingOut
    """Per working day."""
    success_trend: FindingOut
    against_team: FindingOut | None
    """The success rate of calls against the rest of the team; null for other types and where it would tell about single colleagues."""
    against_own: FindingOut | None
    """The conversion against that of the agent's other work of the same kind; null for work without a customer."""
    weeks: list[WeekOut]

    @classmethod
    def of(cls, found: TypeReport, weeks: tuple[Week, ...]) -> Self:
        """The type as an answer."""
        return cls(
            type=found.practice.type,
            metric_key=found.practice.metric_key,
            volume=found.volume,
            volume_before=found.volume_before,
            success=RateOut.of(found.success),
            conversion=RateOut.of(found.conversion),
            success_before=RateOut.of(found.success_before) if found.success_before else None,
            conversion_before=RateOut.of(found.conversion_before) if found.conversion_before else None,
            best_hour=BestTimeOut.at_time(found.hour),
            best_weekday=BestTimeOut.at_time(found.weekday),
            volume_trend=FindingOut.of(found.volume_trend),
            success_trend=FindingOut.of(found.success_trend),
            against_team=FindingOut.of(found.against_team) if found.against_team else None,
            against_own=FindingOut.of(found.against_own) if found.against_own else None,
            weeks=[WeekOut.of(week) for week in weeks],
        )


class ToDevelopOut(Shown):
    """Something there is a lot of and that works less well."""

    type: ActivityType
    skill: Skill
    advice: str

    @classmethod
    def of(cls, found: TypeReport) -> Self:
        """The area as an answer."""
        return cls(type=found.practice.type, skill=found.practice.skill, advice=found.practice.advice)


class ScorePartOut(Shown):
    """One line of the score's account: units × points per unit, at most half as much again as the target asks."""

    metric_key: str
    units: int
    target: float
    """What was due so far."""
    weight: float
    points_per_unit: float
    points: float
    is_capped: bool

    @classmethod
    def of(cls, part: ScorePart) -> Self:
        """The line as an answer."""
        return cls(
            metric_key=part.metric_key,
            units=part.units,
            target=round(part.target, 2),
            weight=round(part.weight, 4),
            points_per_unit=round(part.points_per_unit, 4),
            points=round(part.points, 2),
            is_capped=part.is_capped,
        )


class ScoreOut(Shown):
    """The performance score, 0 to 100."""

    value: float
    total_points: float
    parts: list[ScorePartOut]

    @classmethod
    def of(cls, score: Score) -> Self:
        """The score as an answer."""
        parts = [ScorePartOut.of(part) for part in score.parts]
        return cls(value=round(score.value, 1), total_points=round(score.total, 1), parts=parts)


class ActivityPerformanceOut(Shown):
    """An agent's activities of some days."""

    agent_id: int
    days: DaysOut
    """What was looked at: the days asked for up to today, at most the last 92."""
    compared_with: DaysOut | None
    team_days: DaysOut
    """The weeks in which calls are held against the team's."""
    best: list[ActivityType]
    to_develop: list[ToDevelopOut]
    score: ScoreOut | None
    """Null where no target for work was due in these days."""
    types: list[TypeOut]

    @classmethod
    def of(cls, found: ActivityAnalytics) -> Self:
        """The analytics as an answer."""
        return cls(
            agent_id=found.agent_id,
            days=DaysOut.of(found.days),
            compared_with=DaysOut.of(found.compared_with) if found.compared_with else None,
            team_days=DaysOut.of(found.team_days),
            best=[each.practice.type for each in found.strengths],
            to_develop=[ToDevelopOut.of(each) for each in found.gaps],
            score=ScoreOut.of(found.score) if found.score else None,
            types=[TypeOut.of(each, found.weeks[each.practice.type]) for each in found.types],
        )
