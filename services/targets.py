"""What is asked of agents and teams: targets resolved per day, summed over people, and the ones a new team starts with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Final, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import KpiTarget, Team
from data.queries.targets import targets_within, teams_with_targets
from data.writes.targets import add_team_targets
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Metric, Unit
from domain.metrics.pace import Aim
from domain.money import to_minor
from domain.periods import Period
from domain.profiles import PROFILES
from domain.targets import Holder, TargetRule, TeamSpan, aim
from domain.working_days import Span
from services.roster import BoardAgent, Roster

NOBODY: Final = 0
"""Stands for a team or the organisation where a rule is looked up that no single agent has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What is asked in a period, by metric key: of everybody together and of each agent."""

    together: Mapping[str, Aim]
    by_agent: Mapping[int, Mapping[str, Aim]]


Rules: TypeAlias = Mapping[str, Sequence[TargetRule]]
"""What is asked of anybody, by metric key."""


def rules_within(session: Session, period: Period, currency: str) -> Rules:
    """All targets that apply to some day of the period, in one statement."""
    return _rules(targets_within(session, period), currency)


def aims(session: Session, roster: Roster, period: Period, today: date, known: Rules | None = None) -> Aims:
    """The aims of the roster's agents in the period; nothing is read where the rules are known.

    Together: the sum over agents for pro-rated metrics, so that joiners and absences count; for averages and ratios the
    target of the one team (or agent) on the roster, else the organisation's.
    """
    rules = rules_within(session, period, roster.currency) if known is None else known
    by_agent = _by_agent(rules, roster, period, today)
    summed = {metric.key: _summed(metric, by_agent.values()) for metric in METRICS.values() if metric.prorated}
    held = {metric.key: _held(metric, rules, roster, period, today) for metric in METRICS.values() if not metric.prorated}
    return Aims(together={key: each for key, each in (summed | held).items() if each is not None}, by_agent=by_agent)


def aims_by_period(
    session: Session, roster: Roster, key: str, periods: Sequence[Period], today: date, known: Rules | None = None
) -> list[Aim | None]:
    """What the roster's agents are asked for together of one metric in each of the periods; oldest period first.

    One statement, none where the rules are known.
    """
    found = rules_within(session, Period(periods[0].start, periods[-1].end), roster.currency) if known is None else known
    rules = {name: each for name, each in found.items() if name == key}
    asked = METRICS[key]
    if not asked.prorated:
        return [_held(asked, rules, roster, period, today) for period in periods]
    return [_summed(asked, _by_agent(rules, roster, period, today).values()) for period in periods]


def seed_default_targets(session: Session, from_on: date) -> int:
    """Give every team without targets those of its kind of business, from a day on; return how many teams got some.

    Called when the organisation or a team is created; repeating it changes nothing. The caller owns the transaction.
    """
    known = teams_with_targets(session)
    new = [team for team in session.scalars(select(Team).order_by(col(Team.id))) if team.id not in known and team.id is not None]
    for team in new:
        add_team_targets(session, team.id or NOBODY, PROFILES[team.profile].targets, from_on=from_on)
    return len(new)


def _rules(stored: Sequence[KpiTarget], currency: str) -> dict[str, list[TargetRule]]:
    """The stored targets by metric key; those of a metric that no longer exists are left out."""
    found: dict[str, list[TargetRule]] = {}
    for row in stored:
        if row.metric_key in METRICS:
            found.setdefault(row.metric_key, []).append(_rule(row, METRICS[row.metric_key], currency))
    return found


def _rule(row: KpiTarget, metric: Metric, currency: str) -> TargetRule:
    return TargetRule(
        metric_key=row.metric_key,
        grain=row.grain,
        target=_in_unit(row.target, metric, currency),
        from_on=row.from_on,
        until_on=row.until_on,
        team_id=row.team_id,
        agent_id=row.agent_id,
    )


def _in_unit(target: Decimal, metric: Metric, currency: str) -> float:
    return float(to_minor(target, currency) if metric.unit is Unit.MONEY else target)


def _by_agent(rules: Rules, roster: Roster, period: Period, today: date) -> dict[int, dict[str, Aim]]:
    """Every present agent's aims; agents with the same calendar and teams and no target of their own share one computation."""
    special = {rule.agent_id for each in rules.values() for rule in each if rule.agent_id is not None}
    shared: dict[tuple[object, ...], dict[str, Aim]] = {}
    found = {}
    for agent in roster.agents.values():
        if not agent.is_present:
            continue
        own = agent.agent_id if agent.agent_id in special else None
        key = (id(agent.holder.calendar), agent.holder.teams, own)
        if key not in shared:
            shared[key] = _aims_of(rules, agent.holder, period, today)
        found[agent.agent_id] = shared[key]
    return found


def _aims_of(rules: Rules, holder: Holder, period: Period, today: date) -> dict[str, Aim]:
    found = {key: aim(METRICS[key], each, holder, period, today) for key, each in rules.items()}
    return {key: each for key, each in found.items() if each is not None}


def _summed(metric: Metric, by_agent: Iterable[Mapping[str, Aim]]) -> Aim | None:
    parts = [each[metric.key] for each in by_agent if metric.key in each]
    return reduce(add, parts) if parts else None


def _held(metric: Metric, rules: Rules, roster: Roster, period: Period, today: date) -> Aim | None:
    present = [agent for agent in roster.agents.values() if agent.is_present]
    return aim(metric, rules.get(metric.key, []), _speaker(present), period, today) if present else None


def _speaker(present: Sequence[BoardAgent]) -> Holder:
    """Whose target stands for all: the only agent's; the team's where all are on one; else only the organisation's."""
    first = present[0].holder
    if len(present) == 1:
        return first
    teams = {agent.team.team_id if agent.team else NOBODY for agent in present}
    shared = tuple(TeamSpan(team_id=team_id, span=Span(date.min)) for team_id in teams) if len(teams) == 1 else ()
    return replace(first, agent_id=NOBODY, teams=shared)
