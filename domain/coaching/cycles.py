"""The 90-day cycle: three phases of thirty days, each with a focus, and how the figures stand against those from before it began."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.coaching.comparison import Compared, has_interval
from domain.coaching.patterns.pattern import Tier
from domain.formatting import value_text
from domain.metrics.definition import Definition, Direction
from domain.metrics.reading import Reading
from domain.metrics.status import SHORT
from domain.periods import Period
from domain.records import Decision

PHASE_DAYS: Final = 30
LONGEST_OFFERED: Final = 4
"""A choice among more is put off."""


class Phase(StrEnum):
    """A third of the cycle."""

    FOUNDATION = "foundation"
    BUILD = "build"
    CONSOLIDATE = "consolidate"

    @property
    def about(self) -> str:
        """What it is for."""
        return _ABOUT[self]


_ABOUT: Final = {
    Phase.FOUNDATION: "Do the one thing that holds most back every working day, whatever else happens.",
    Phase.BUILD: "Do more of it or better, now that it is a habit; the next weak link may take its place.",
    Phase.CONSOLIDATE: "Keep it up with less attention, and see what stays.",
}
PHASES: Final = tuple(Phase)
CYCLE_DAYS: Final = PHASE_DAYS * len(PHASES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What a phase is about: one figure."""

    phase: Phase
    metric_key: str
    is_accepted: bool
    """Whether the agent chose it; somebody else's proposal waits for that."""
    named_by: str
    """Who proposed it; empty for the agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """Ninety days of somebody's, or fewer where they ended it."""

    id: int
    agent_id: int
    days: Period
    focuses: tuple[Focus, ...] = ()

    @property
    def whole(self) -> Period:
        """The ninety days as they were begun."""
        return Period(self.days.start, self.days.start + timedelta(days=CYCLE_DAYS))

    def phase_days(self, phase: Phase) -> Period:
        """The phase's thirty days."""
        start = self.days.start + timedelta(days=PHASE_DAYS * PHASES.index(phase))
        return Period(start, start + timedelta(days=PHASE_DAYS))

    def phase_on(self, today: date) -> Phase | None:
        """The phase of the day; None where the cycle does not run."""
        return next((phase for phase in PHASES if today in self.phase_days(phase)), None) if today in self.days else None

    def focus(self, phase: Phase) -> Focus | None:
        """What the agent chose for the phase."""
        return next((each for each in self.focuses if each.phase is phase and each.is_accepted), None)

    def proposal(self, phase: Phase) -> Focus | None:
        """What somebody else proposed for it, not taken on yet."""
        return next((each for each in self.focuses if each.phase is phase and not each.is_accepted), None)

    def is_open(self, phase: Phase, today: date) -> bool:
        """Whether its focus may still be named."""
        return today in self.days and self.phase_days(phase).end > today


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleProposal:
    """Somebody's proposal that an agent begins ninety days."""

    metric_key: str
    """What the first phase would be about."""
    proposed_by: str
    proposed_on: date
    decision: Decision | None
    """None while it waits."""
    decided_on: date | None

    @property
    def is_waiting(self) -> bool:
        """Whether the agent has not answered."""
        return self.decision is None

    @property
    def is_declined(self) -> bool:
        """Whether the agent did not want it."""
        return self.decision is Decision.DECLINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Two stretches of the same number of days: before the cycle began, and the last of it."""

    before: Period
    now: Period

    @property
    def is_early(self) -> bool:
        """Whether they are shorter than the thirty days a comparison takes."""
        return self.now.days < PHASE_DAYS


def windows(start: date, end: date) -> Windows:
    """The last thirty days up to `end` (not included) against the thirty before the start, or as many as have passed since."""
    days = min(PHASE_DAYS, (end - start).days)
    return Windows(before=Period(start - timedelta(days=days), start), now=Period(end - timedelta(days=days), end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What became of the figures in the cycle."""

    better: tuple[Compared, ...]
    worse: tuple[Compared, ...]
    same: tuple[Compared, ...]
    """Looked at with enough facts, and no movement beyond luck."""
    too_early: tuple[Compared, ...]


def review(figures: Iterable[Compared]) -> Review:
    """The figures by what may be said of them."""
    found = list(figures)
    return Review(
        better=tuple(each for each in found if each.is_good is True),
        worse=tuple(each for each in found if each.is_good is False),
        same=tuple(each for each in found if each.is_good is None and each.tier is not Tier.TOO_EARLY),
        too_early=tuple(each for each in found if each.tier is Tier.TOO_EARLY),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A figure that may be a focus, with what speaks for it."""

    metric: Definition
    why: str
    is_measured: bool
    """Whether it is short of what was asked, or went down by more than luck."""


def may_be_focus(metric: Definition) -> bool:
    """Whether a phase can be about it: it has a good way, and its movement can be told from luck."""
    return metric.direction is not Direction.NEUTRAL and has_interval(metric)


def gaps(readings: Sequence[Reading]) -> tuple[Gap, ...]:
    """The focuses to offer, the largest shortfall first, then what fell by more than luck, then the rest as the business lists it."""
    fitting = [each for each in readings if may_be_focus(each.metric)]
    short = sorted((each for each in fitting if each.status in SHORT), key=_reached)
    fell = [each for each in fitting if each not in short and each.is_judged and each.change.is_good is False]
    rest = [each for each in fitting if each not in short and each not in fell]
    return tuple([_short(each) for each in short] + [_fell(each) for each in fell] + [_other(each) for each in rest])


def _reached(reading: Reading) -> float:
    due = _due(reading)
    return (reading.value or 0.0) / due if due else 1.0


def _due(reading: Reading) -> float:
    return reading.expected or reading.target or 0.0


def _short(reading: Reading) -> Gap:
    value, due = value_text(reading.metric, reading.value), value_text(reading.metric, _due(reading))
    return Gap(metric=reading.metric, why=f"{value} in the last 30 days, {due} asked (n = {reading.now.sample:,})", is_measured=True)


def _fell(reading: Reading) -> Gap:
    before = reading.before.value if reading.before else None
    figures = f"{value_text(reading.metric, reading.value)}, {value_text(reading.metric, before)} in the 30 days before"
    return Gap(metric=reading.metric, why=f"{figures}: more than luck (n = {reading.now.sample:,})", is_measured=True)


def _other(reading: Reading) -> Gap:
    return Gap(metric=reading.metric, why=f"{value_text(reading.metric, reading.value)} in the last 30 days", is_measured=False)
