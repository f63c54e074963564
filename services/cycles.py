"""An agent's 90-day cycle as the viewer may see it: its phases, start against now, milestones, the review of the last, the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import cycles as queries
from data.queries import daily, people
from domain.access import Selection
from domain.coaching.comparison import Compared, Stretch, compared
from domain.coaching.cycles import (
    LONGEST_OFFERED,
    PHASE_DAYS,
    PHASES,
    Cycle,
    CycleProposal,
    Focus,
    Gap,
    Phase,
    Review,
    Windows,
    gaps,
    may_be_focus,
    review,
    windows,
)
from domain.counters import Counters, total
from domain.metrics.catalog import metric
from domain.metrics.definition import Metric, View
from domain.metrics.reading import RIPE_DAYS
from domain.periods import Period
from domain.profiles import headline
from domain.working_days import WorkDays
from services.access import Viewer
from services.agents import agent_seen
from services.figures import figures, metrics_for
from services.roster import roster

SCREEN: Final = "monthly"
"""What a phase can be about is what this screen shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A phase with what it is about, and how that stands against the days before the cycle."""

    phase: Phase
    days: Period
    focus: Focus | None
    proposal: Focus | None
    is_open: bool
    """Whether its focus may still be named."""
    is_over: bool
    standing: Compared | None
    """Of the focus at the end of the phase, or today while it runs; None before it begins, and without a focus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleView:
    """A cycle on a day."""

    cycle: Cycle
    phase: Phase | None
    """The one that runs; None once the cycle is over."""
    windows: Windows
    workdays: tuple[int, int]
    """Planned working days so far, and of the whole cycle."""
    away: tuple[Period, ...]
    """Absences in it: they pause nothing."""
    figures: tuple[Compared, ...]
    milestones: tuple[Milestone, ...]

    @property
    def review(self) -> Review:
        """What moved clearly and what did not."""
        return review(self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleBoard:
    """What there is to see of an agent's cycles."""

    agent_id: int
    is_own: bool
    current: CycleView | None
    last: CycleView | None
    """The one that ended last."""
    past: tuple[Cycle, ...]
    """All that are over, the latest first."""
    proposal: CycleProposal | None
    """That the agent begins one: while it waits, and for a month after it was declined; None while a cycle runs."""
    gaps: tuple[Gap, ...]
    """What a phase may be about, the best reason first."""
    currency: str

    @property
    def offered(self) -> tuple[Gap, ...]:
        """Those to show at once."""
        return self.gaps[:LONGEST_OFFERED]


def cycle_board(session: Session, viewer: Viewer, agent_id: int, today: date) -> CycleBoard:
    """Raises NotFoundError for an agent the viewer may not see today."""
    agent_seen(session, viewer, agent_id, today)
    cycles = queries.cycles_of(session, viewer.scope, agent_id, today)
    current = next((each for each in cycles if today in each.days), None)
    past = tuple(each for each in cycles if each.days.end <= today)
    month = Period(today - timedelta(days=PHASE_DAYS), today)
    board = figures(session, viewer.scope, Selection(period=month, agent_ids=frozenset({agent_id})), today)
    readings = board.readings_of(agent_id, metrics_for(board.roster, SCREEN))
    return CycleBoard(
        agent_id=agent_id,
        is_own=viewer.person_id == agent_id and not viewer.is_program,
        current=_view(session, viewer, current, today) if current else None,
        last=_view(session, viewer, past[0], today) if past else None,
        past=past,
        proposal=None if current else _proposal(session, agent_id, today),
        gaps=gaps(readings),
        currency=board.roster.currency,
    )


def _proposal(session: Session, agent_id: int, today: date) -> CycleProposal | None:
    found = queries.last_proposal(session, agent_id)
    if found is None or (not found.is_waiting and not found.is_declined):
        return None
    is_old = found.decided_on is not None and found.decided_on + timedelta(days=PHASE_DAYS) <= today
    return None if is_old else found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    by_day: Mapping[date, Counters]
    present: WorkDays
    today: date

    def compared(self, each: Metric, span: Windows) -> Compared:
        """Too early also where most of what becomes of the leads of these days is still to come."""
        is_ripe = each.view is not View.COHORT or span.now.end + timedelta(days=RIPE_DAYS) <= self.today
        return compared(each, self._stretch(span.before), self._stretch(span.now), is_early=span.is_early or not is_ripe)

    def _stretch(self, days: Period) -> Stretch:
        sums = total(counters for day, counters in self.by_day.items() if day in days)
        return Stretch(sums=sums, workdays=self.present.between(days.start, days.end))


def _view(session: Session, viewer: Viewer, cycle: Cycle, today: date) -> CycleView:
    seen_until = min(cycle.days.end, today + timedelta(days=1))
    reach = Period(cycle.days.start - timedelta(days=PHASE_DAYS), cycle.whole.end)
    selection = Selection(period=reach, agent_ids=frozenset({cycle.agent_id}))
    board = roster(session, viewer.scope, selection, today)
    agent = board.agents.get(cycle.agent_id)
    present = agent.holder.calendar.present if agent else WorkDays(())
    work = _Work(by_day=daily.totals_by_day(session, viewer.scope, selection), present=present, today=today)
    span = windows(cycle.days.start, seen_until)
    away = people.absences(session, viewer.scope, cycle.days, agent_id=cycle.agent_id).get(cycle.agent_id, ())
    inside = (each.within(cycle.days) for each in away)
    return CycleView(
        cycle=cycle,
        phase=cycle.phase_on(today),
        windows=span,
        workdays=(present.between(cycle.days.start, seen_until), present.between(cycle.days.start, cycle.whole.end)),
        away=tuple(Period(each.start, each.end or cycle.days.end) for each in inside if each),
        figures=tuple(work.compared(each, span) for each in _followed(cycle, headline(board.profiles))),
        milestones=tuple(_milestone(cycle, phase, work, today) for phase in PHASES),
    )


def _followed(cycle: Cycle, keys: Sequence[str]) -> list[Metric]:
    """The focuses first, then the headline figures whose movement can be told from luck."""
    focuses = (each.metric_key for each in cycle.focuses if each.is_accepted)
    found = [metric(key) for key in dict.fromkeys((*focuses, *keys))]
    return [each for each in found if may_be_focus(each)]


def _milestone(cycle: Cycle, phase: Phase, work: _Work, today: date) -> Milestone:
    days, focus = cycle.phase_days(phase), cycle.focus(phase)
    end = min(days.end, cycle.days.end, today + timedelta(days=1))
    span = windows(cycle.days.start, end) if end > days.start else None
    return Milestone(
        phase=phase,
        days=days,
        focus=focus,
        proposal=cycle.proposal(phase),
        is_open=cycle.is_open(phase, today),
        is_over=days.end <= today,
        standing=work.compared(metric(focus.metric_key), span) if focus and span else None,
    )
