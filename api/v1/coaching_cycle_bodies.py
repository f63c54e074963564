"""What the routes of the 90-day cycle take and answer with."""

from datetime import date
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from api.v1.analytics_bodies import DaysOut
from api.v1.fields import Body, Shown, Words
from domain.coaching.comparison import Compared, is_per_day
from domain.coaching.cycles import CycleProposal, Gap, Phase
from domain.coaching.patterns.pattern import Tier
from services.cycles import CycleBoard, CycleView, Milestone

MetricKey = Annotated[Words, Field(min_length=1, max_length=40, description="The key of a metric, such as `calls`.")]


class CycleIn(Body):
    """Begin ninety days."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"metric": "calls"}]})

    metric: MetricKey
    """What the first phase is about."""


class FocusIn(Body):
    """What a phase is about."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"phase": "build", "metric": "conversation_rate"}]})

    phase: Phase
    metric: MetricKey


class StandingOut(Shown):
    """A figure before the cycle began and now."""

    metric: str
    per_workday: bool
    """Whether it is a count, told per planned working day."""
    before: float | None
    now: float | None
    facts: tuple[int, int]
    """What it rests on, then and now."""
    sure: Tier
    """Whether it moved: `clear`, `likely`, `nothing` beyond luck, or `too_early`."""
    is_good: bool | None

    @classmethod
    def of(cls, found: Compared) -> Self:
        """The figure as an answer."""
        return cls(
            metric=found.metric.key,
            per_workday=is_per_day(found.metric),
            before=found.before.value,
            now=found.now.value,
            facts=found.facts,
            sure=found.tier,
            is_good=found.is_good,
        )


class PhaseOut(Shown):
    """A phase of the cycle."""

    phase: Phase
    days: DaysOut
    focus: str | None
    """The metric its agent chose."""
    proposal: str | None
    """What somebody else proposes; naming it as the focus takes it on."""
    proposed_by: str
    is_open: bool
    """Whether its focus may still be named."""
    is_over: bool
    standing: StandingOut | None

    @classmethod
    def of(cls, found: Milestone) -> Self:
        """The phase as an answer."""
        return cls(
            phase=found.phase,
            days=DaysOut.of(found.days),
            focus=found.focus.metric_key if found.focus else None,
            proposal=found.proposal.metric_key if found.proposal else None,
            proposed_by=found.proposal.named_by if found.proposal else "",
            is_open=found.is_open,
            is_over=found.is_over,
            standing=StandingOut.of(found.standing) if found.standing else None,
        )


class CycleOut(Shown):
    """A cycle on a day."""

    starts_on: date
    last_on: date
    phase: Phase | None
    """The one that runs; null once the cycle is over."""
    workdays_done: int
    workdays: int
    before_days: DaysOut
    now_days: DaysOut
    figures: list[StandingOut]
    phases: list[PhaseOut]
    away: list[DaysOut]

    @classmethod
    def of(cls, view: CycleView) -> Self:
        """The cycle as an answer."""
        done, planned = view.workdays
        return cls(
            starts_on=view.cycle.days.start,
            last_on=view.cycle.days.last_day,
            phase=view.phase,
            workdays_done=done,
            workdays=planned,
            before_days=DaysOut.of(view.windows.before),
            now_days=DaysOut.of(view.windows.now),
            figures=[StandingOut.of(each) for each in view.figures],
            phases=[PhaseOut.of(each) for each in view.milestones],
            away=[DaysOut.of(each) for each in view.away],
        )


class GapOut(Shown):
    """A metric a phase may be about."""

    metric: str
    why: str
    is_measured: bool
    """Whether it is short of what was asked or fell by more than luck."""

    @classmethod
    def of(cls, gap: Gap) -> Self:
        """The gap as an answer."""
        return cls(metric=gap.metric.key, why=gap.why, is_measured=gap.is_measured)


class CycleProposalOut(Shown):
    """That somebody proposes ninety days to the agent."""

    metric: str
    """What the first phase would be about."""
    proposed_by: str
    proposed_on: date
    is_declined: bool
    """Whether the agent declined it, rather than still having to answer."""

    @classmethod
    def of(cls, found: CycleProposal) -> Self:
        """The proposal as an answer."""
        return cls(metric=found.metric_key, proposed_by=found.proposed_by, proposed_on=found.proposed_on, is_declined=found.is_declined)


class CyclesOut(Shown):
    """An agent's 90-day cycles."""

    agent_id: int
    current: CycleOut | None
    last: CycleOut | None
    """The one that ended last: its review."""
    past: list[DaysOut]
    proposal: CycleProposalOut | None
    """That the agent begins one: waiting for an answer, or declined within the last thirty days."""
    may_be_focus: list[GapOut]
    """What a phase may be about, the best reason first."""

    @classmethod
    def of(cls, board: CycleBoard) -> Self:
        """The board as an answer."""
        return cls(
            agent_id=board.agent_id,
            current=CycleOut.of(board.current) if board.current else None,
            last=CycleOut.of(board.last) if board.last else None,
            past=[DaysOut.of(each.days) for each in board.past],
            proposal=CycleProposalOut.of(board.proposal) if board.proposal else None,
            may_be_focus=[GapOut.of(each) for each in board.gaps],
        )
