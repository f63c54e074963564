"""Which target applies to whom on which day, and how much of it a span of days may be asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Final

from domain.metrics.definition import Metric
from domain.metrics.pace import Aim
from domain.periods import Grain, Period, buckets
from domain.working_days import Calendar, Span

SHORT_GRAINS: Final = frozenset({Grain.DAY, Grain.WEEK})
"""A target per day or week is a rate for a normal week: a public holiday in it lowers it. One per month, quarter or year is
set with its holidays in mind and stays as it was set."""
RAMP: Final = ((0, Decimal("0.5")), (28, Decimal("0.75")), (56, Decimal(1)))
"""What a joiner is asked for from which day on, as a share: half of it while they learn, all of it after eight weeks."""
GRAIN_ORDER: Final = tuple(Grain)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRule:
    """A target per agent and grain: for one agent, a team's agents, or everybody (neither id)."""

    metric_key: str
    grain: Grain
    target: float
    """In the metric's unit; money in minor units."""
    from_on: date
    until_on: date | None = None
    team_id: int | None = None
    agent_id: int | None = None

    def applies_on(self, day: date) -> bool:
        """Whether it applies on this day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def narrowness(self) -> int:
        """2 for one agent, 1 for a team, 0 for everybody."""
        return 2 if self.agent_id is not None else int(self.team_id is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSpan:
    """The days somebody belonged to a team."""

    team_id: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom targets are resolved for."""

    agent_id: int
    teams: tuple[TeamSpan, ...]
    calendar: Calendar


def ramp(target: Decimal, from_on: date) -> list[tuple[date, Decimal]]:
    """The steps that lead a joiner to the target, each a whole number, from which day on; equal ones are one."""
    steps: list[tuple[date, Decimal]] = []
    for days, share in RAMP:
        step = (target * share).to_integral_value(ROUND_CEILING)
        if not steps or steps[-1][1] != step:
            steps.append((from_on + timedelta(days=days), step))
    return steps


def rule_on(rules: Iterable[TargetRule], holder: Holder, day: date, grain: Grain | None = None) -> TargetRule | None:
    """The rule for the holder on this day: agent before team before organisation, then `grain`, then the shortest."""
    teams = {each.team_id for each in holder.teams if day in each.span}
    valid = [
        rule
        for rule in rules
        if rule.applies_on(day) and rule.agent_id in {None, holder.agent_id} and (rule.team_id is None or rule.team_id in teams)
    ]
    return max(valid, key=lambda rule: (rule.narrowness, rule.grain == grain, -GRAIN_ORDER.index(rule.grain)), default=None)


def aim(metric: Metric, rules: Sequence[TargetRule], holder: Holder, period: Period, today: date) -> Aim | None:
    """What the holder is asked for in the period, and by today; None without a target for any of their days.

    `rules` are those of the metric.
    """
    teams = {each.team_id for each in holder.teams}
    own = [rule for rule in rules if rule.agent_id in {None, holder.agent_id} and (rule.team_id is None or rule.team_id in teams)]
    if metric.prorated:
        return _summed_aim(own, holder, period, today)
    rule = rule_on(own, holder, min(period.last_day, max(today, period.start)), period.grain)
    return held_aim(rule.target, period, today) if rule else None


def held_aim(target: float, period: Period, today: date) -> Aim:
    """The aim of an average, a ratio or what is better when lower: all of it, from the first day on."""
    return Aim(target=target, expected=target, due_with_today=target, days_gone=0, days_planned=0, is_finished=today >= period.end)


def _summed_aim(rules: Sequence[TargetRule], holder: Holder, period: Period, today: date) -> Aim | None:
    present = holder.calendar.present
    due = min(max(today, period.start), period.end)
    tonight = min(max(today + timedelta(days=1), period.start), period.end)
    stretches = ((period.start, due), (due, tonight), (tonight, period.end))
    parts = [_asked(rules, holder, period, start, end) for start, end in stretches]
    if all(part is None for part in parts):
        return None
    gone, now, later = (part or 0.0 for part in parts)
    return Aim(
        target=gone + now + later,
        expected=gone,
        due_with_today=gone + now,
        days_gone=present.between(period.start, due),
        days_planned=present.between(period.start, period.end),
        is_finished=today >= period.end,
    )


def _asked(rules: Sequence[TargetRule], holder: Holder, period: Period, start: date, end: date) -> float | None:
    """Σ over the planned days from start to end of each day's part of its rule's target; None where no rule applied."""
    asked = None
    for stretch_start, stretch_end in _stretches(rules, holder, start, end):
        rule = rule_on(rules, holder, stretch_start, period.grain)
        if rule is None:
            continue
        asked = (asked or 0.0) + _part(rule, holder.calendar, Period(stretch_start, stretch_end))
    return asked


def _stretches(rules: Sequence[TargetRule], holder: Holder, start: date, end: date) -> Iterable[tuple[date, date]]:
    """The days from start to end cut wherever the applying rule may change."""
    turns = [(rule.from_on, rule.until_on) for rule in rules] + [(each.span.start, each.span.end) for each in holder.teams]
    changes = {day for turn in turns for day in turn if day is not None and start < day < end}
    cuts = sorted({start, end} | changes)
    return pairwise(cuts)


def _part(rule: TargetRule, calendar: Calendar, stretch: Period) -> float:
    """The rule's target times planned days present ÷ planned days of the unit, summed over the units the stretch touches."""
    usual = calendar.regular if rule.grain in SHORT_GRAINS else calendar.normal
    asked = 0.0
    for unit in buckets(stretch, rule.grain):
        planned = usual.between(unit.start, unit.end)
        here = calendar.present.between(max(unit.start, stretch.start), min(unit.end, stretch.end))
        asked += rule.target * here / planned if planned else 0.0
    return asked
