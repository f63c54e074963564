"""An agent's activities of some days, type by type: how much, how well, when best, and what stands out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.activity_analytics.best_times import BestTime, best_time, by_hour, by_weekday
from domain.activity_analytics.evidence import Comparison, Finding, compare, day_spread, findings
from domain.activity_analytics.practice import PRACTICES, Kind, Practice
from domain.activity_analytics.tally import NOTHING, Tally, conversion, success, success_by
from domain.activity_analytics.volume import volume_trend
from domain.counters import Counters
from domain.metrics.measures import Ratio
from domain.records import ActivityType

MUCH: Final = 40
"""Fewer of a type are not a habit somebody should work on."""
MUCH_SHARE: Final = 0.2
"""Of the work of its kind: what takes less of somebody's day is not where to begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    """What a report is made of; the spans compared are equally far along."""

    now: Mapping[ActivityType, Sequence[Tally]]
    before: Mapping[ActivityType, Sequence[Tally]] | None
    """None where the data does not reach back."""
    by_day: Mapping[date, Counters]
    """The roll-up's sums of every day with facts in both spans."""
    days_now: Sequence[date]
    """The days the volume counts in."""
    days_before: Sequence[date]
    work_days_now: Sequence[date] = ()
    """Planned working days that are over, and other days with work."""
    work_days_before: Sequence[date] = ()
    own_calls: Ratio = NOTHING
    """Conversations of the agent's calls in the weeks for which the team's are known."""
    team_calls: Ratio | None = None
    """The same of everybody else on the team; None where it may not or cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFound:
    """The best hour or weekday of a type, and how sure it is; `at` is only to be told when the finding says so."""

    at: int | None
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeReport:
    """One type of activity."""

    practice: Practice
    volume: int
    """As the metric of the type counts them: of what was agreed with a customer, only what took place."""
    volume_before: int | None
    success: Ratio
    success_before: Ratio | None
    conversion: Ratio
    conversion_before: Ratio | None
    hour: TimeFound
    weekday: TimeFound
    volume_trend: Finding
    success_trend: Finding
    against_team: Finding | None
    """The success rate against the rest of the team; calls only, because only their outcomes are summed for everybody."""
    against_own: Finding | None
    """The conversion against that of the agent's other work of the same kind; None for desk work."""
    has_volume: bool
    """Whether there is enough of it, and it is enough of the work of its kind, to be worth working on."""

    @property
    def compared(self) -> tuple[Finding, ...]:
        """What it was held against."""
        return tuple(each for each in (self.against_team, self.against_own) if each is not None)

    @property
    def is_strength(self) -> bool:
        """Whether it clearly or likely works better than what it was held against, and not worse than anything."""
        told = [each for each in self.compared if each.verdict.is_told]
        return bool(told) and all(each.is_better for each in told)

    @property
    def is_gap(self) -> bool:
        """Whether there is a lot of it and it clearly or likely works less well."""
        return self.has_volume and any(each.verdict.is_told and not each.is_better for each in self.compared)


def report(facts: ActivityFacts) -> tuple[TypeReport, ...]:
    """Every type that was done or tried in the days, in the order of `PRACTICES`; all comparisons are judged together."""
    done = [each for each in PRACTICES.values() if each.type in facts.now or _volume(each, facts, facts.days_now)]
    spreads = {practice.type: _spread(practice, facts) for practice in done}
    comparisons = {name: each for practice in done for name, each in _comparisons(practice, facts, spreads[practice.type]).items()}
    times = {practice.type: _times(practice, facts, spreads[practice.type]) for practice in done}
    timed = {f"{type_}:{name}": each.comparison for type_, pair in times.items() for name, each in pair.items()}
    judged = findings(comparisons | timed)
    return tuple(_type_report(practice, facts, times[practice.type], judged) for practice in done)


def _type_report(practice: Practice, facts: ActivityFacts, times: Mapping[str, BestTime], judged: Mapping[str, Finding]) -> TypeReport:
    name, now = practice.type.value, facts.now.get(practice.type, ())
    before = None if facts.before is None else facts.before.get(practice.type, ())
    return TypeReport(
        practice=practice,
        volume=_volume(practice, facts, facts.days_now),
        volume_before=None if before is None else _volume(practice, facts, facts.days_before),
        success=success(practice, now),
        success_before=None if before is None else success(practice, before),
        conversion=conversion(practice, now),
        conversion_before=None if before is None else conversion(practice, before),
        hour=TimeFound(at=times["hour"].at, finding=judged[f"{name}:hour"]),
        weekday=TimeFound(at=times["weekday"].at, finding=judged[f"{name}:weekday"]),
        volume_trend=judged[f"{name}:volume"],
        success_trend=judged[f"{name}:success"],
        against_team=judged.get(f"{name}:team"),
        against_own=judged.get(f"{name}:own"),
        has_volume=_has_volume(practice, facts),
    )


def _comparisons(practice: Practice, facts: ActivityFacts, spread: float) -> dict[str, Comparison]:
    """What the type is held against: itself before, the team, the agent's other work of its kind."""
    now, earlier = facts.now.get(practice.type, ()), (facts.before or {}).get(practice.type, ())
    found = {
        "volume": volume_trend(_daily(practice, facts, facts.work_days_now), _daily(practice, facts, facts.work_days_before)),
        "success": compare(success(practice, now), success(practice, earlier), spread=spread),
    }
    if practice.type is ActivityType.CALL and facts.team_calls is not None:
        found["team"] = compare(facts.own_calls, facts.team_calls, spread=spread)
    if practice.converts:
        found["own"] = compare(conversion(practice, now), _others(practice, facts), spread=spread)
    return {f"{practice.type.value}:{name}": each for name, each in found.items()}


def _times(practice: Practice, facts: ActivityFacts, spread: float) -> dict[str, BestTime]:
    """Hours and weekdays by how often the type succeeds in them."""
    now = facts.now.get(practice.type, ())
    return {
        "hour": best_time(practice, now, by_hour, spread=spread),
        "weekday": best_time(practice, now, by_weekday, spread=spread),
    }


def _spread(practice: Practice, facts: ActivityFacts) -> float:
    return day_spread(success_by(practice, facts.now.get(practice.type, ()), lambda tally: tally.on).values())


def _others(practice: Practice, facts: ActivityFacts) -> Ratio:
    """The conversion of the agent's other work of the same kind, all together."""
    return sum((conversion(each, facts.now.get(each.type, ())) for each in _kin(practice.kind) if each is not practice), NOTHING)


def _kin(kind: Kind) -> list[Practice]:
    return [each for each in PRACTICES.values() if each.kind is kind]


def _has_volume(practice: Practice, facts: ActivityFacts) -> bool:
    volume = _volume(practice, facts, facts.days_now)
    kin = sum(_volume(each, facts, facts.days_now) for each in _kin(practice.kind))
    return volume >= MUCH and volume >= MUCH_SHARE * kin


def _volume(practice: Practice, facts: ActivityFacts, days: Iterable[date]) -> int:
    return sum(_daily(practice, facts, days))


def _daily(practice: Practice, facts: ActivityFacts, days: Iterable[date]) -> list[int]:
    return [int(getattr(facts.by_day[day], practice.metric_key)) if day in facts.by_day else 0 for day in days]
