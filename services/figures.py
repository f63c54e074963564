"""The sums behind a board: per agent, now, in the same part of the period before, and of late; read once, shared by every board."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries.daily import AgentTotals
from domain.access import Scope, Selection
from domain.counters import Counters, total
from domain.metrics.catalog import metric, on_screen
from domain.metrics.definition import Metric
from domain.metrics.pace import Aim
from domain.metrics.reading import RIPE_DAYS, Reading, read
from domain.periods import Period
from domain.profiles import headline
from services.lookups import Lookups
from services.roster import RECENT_DAYS, Roster, roster
from services.targets import Aims, aims

GRACE_DAYS: Final = 3
"""Data that begins up to three days into a week or longer (a weekend, a holiday) still covers it."""
UNASKED_SHARE: Final = 0.05
"""A manager's few calls do not spoil the team's target; another team's do."""
WEEK_DAYS: Final = 7
NOTHING: Final = Counters()
NO_AIMS: Final = Aims(together={}, by_agent={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the boards of one selection are made of. Agents without facts are absent from the sums."""

    selection: Selection
    today: date
    roster: Roster
    aims: Aims
    """None where categories are chosen: targets are for all of somebody's work, and a part of it would always look behind."""
    now: Mapping[int, AgentTotals]
    before: Mapping[int, AgentTotals]
    recent: Mapping[int, AgentTotals]
    """The four weeks before today, for the people but not the categories of the selection."""
    before_period: Period
    data_span: tuple[date, date] | None
    """The first and the last day with facts in the viewer's scope; None when there are none at all."""

    @property
    def knows_before(self) -> bool:
        """Whether the data reaches back far enough to compare with."""
        grace = timedelta(days=GRACE_DAYS if self.before_period.days >= WEEK_DAYS else 0)
        return self.data_span is not None and self.data_span[0] <= self.before_period.start + grace

    @property
    def agent_ids(self) -> list[int]:
        """Who is on the board: those who belong to the selection on some day and those with facts in it, by name."""
        return [agent_id for agent_id, agent in self.roster.agents.items() if agent.is_present or agent_id in self.now]

    @property
    def recent_workdays(self) -> int:
        """Planned working days of everybody on the board in the recent four weeks, added up."""
        start = self.today - timedelta(days=RECENT_DAYS)
        return sum(agent.holder.calendar.present.between(start, self.today) for agent in self.roster.agents.values())

    @property
    def is_ripe(self) -> bool:
        """Whether the period is over long enough to judge what became of its leads."""
        return self.today >= self.selection.period.end + timedelta(days=RIPE_DAYS)

    def of(self, agent_id: int) -> Counters:
        """The agent's sums of the period."""
        return self.now[agent_id].sums if agent_id in self.now else NOTHING

    def of_before(self, agent_id: int) -> Counters | None:
        """The agent's sums of the period before; None where the data does not reach back."""
        if not self.knows_before:
            return None
        return self.before[agent_id].sums if agent_id in self.before else NOTHING

    def readings(self, metrics: Iterable[Metric]) -> tuple[Reading, ...]:
        """All agents together."""
        now, before = _together(self.now), _together(self.before) if self.knows_before else None
        return tuple(read(each, now, before, self._aim(each, now), is_ripe=self.is_ripe) for each in metrics)

    def _aim(self, metric: Metric, now: Counters) -> Aim | None:
        """What all together are asked; None where people who are not asked bring a good part of the figure."""
        asked = self.aims.together.get(metric.key)
        whole = metric.measure(now).value
        if asked is None or not metric.prorated or not whole:
            return asked
        theirs = total(self.of(agent_id) for agent_id, each in self.aims.by_agent.items() if metric.key in each)
        return asked if (metric.measure(theirs).value or 0.0) >= (1 - UNASKED_SHARE) * whole else None

    def readings_of(self, agent_id: int, metrics: Iterable[Metric]) -> tuple[Reading, ...]:
        """One agent."""
        now, before, asked = self.of(agent_id), self.of_before(agent_id), self.aims.by_agent.get(agent_id, {})
        return tuple(read(each, now, before, asked.get(each.key), is_ripe=self.is_ripe) for each in metrics)


def figures(session: Session, scope: Scope, selection: Selection, today: date, known: Lookups | None = None) -> Figures:
    """Everything a board of this selection needs: one statement of facts, and four of people and targets unless these are known."""
    board = roster(session, scope, selection, today, known.staff if known else None)
    before_period = selection.period.previous(today)
    late = Selection(
        period=Period(today - timedelta(days=RECENT_DAYS), today),
        agent_ids=selection.agent_ids,
        team_ids=selection.team_ids,
    )
    (now, before, recent), span = daily.totals_and_span(session, scope, [selection, replace(selection, period=before_period), late])
    return Figures(
        selection=selection,
        today=today,
        roster=board,
        aims=NO_AIMS if selection.categories else aims(session, board, selection.period, today, known.rules if known else None),
        now=now,
        before=before,
        recent=recent,
        before_period=before_period,
        data_span=span,
    )


def metrics_for(board: Roster, screen: str) -> tuple[Metric, ...]:
    """The metrics of a screen: first the headline figures of the businesses on it, then what the screen always shows."""
    keys = dict.fromkeys((*headline(board.profiles), *(each.key for each in on_screen(screen))))
    return tuple(metric(key) for key in keys)


def _together(sums: Mapping[int, AgentTotals]) -> Counters:
    return total(each.sums for each in sums.values())
