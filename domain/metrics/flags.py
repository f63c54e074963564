"""A finding worth a manager's attention, and what it is found in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.counters import Counters
from domain.metrics.pace import Aim


class FlagKind(StrEnum):
    """The situations, most pressing first where severities are equal."""

    QUIET = "quiet"
    BEHIND_PACE = "behind_pace"
    REVENUE_GAP = "revenue_gap"
    FALLEN = "fallen"
    BELOW_PEERS = "below_peers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is known about one agent in the period, and about their peers."""

    agent_id: int
    name: str
    now: Counters
    before: Counters | None
    """The same elapsed part of the period before; None where the data does not reach back."""
    peers: Counters
    """All other agents of the board that do the same kind of business."""
    peer_count: int
    aims: Mapping[str, Aim]
    quiet_days: int | None
    """Planned working days before today since their last activity; None when they have not begun or it is not their time."""
    active_peers: int
    """Peers who worked during these days."""
    workdays: int
    """Planned working days of the elapsed part of the period."""
    workdays_before: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something to look at. It is a question to ask, never a judgement of a person."""

    kind: FlagKind
    agent_id: int
    agent_name: str
    metric_key: str
    sentence: str
    """Kind and specific, without the agent's name."""
    evidence: str
    """The numbers behind it, with how many facts they rest on."""
    sample: int
    severity: float
    """From 0 to 1; orders the list."""


def flag(signals: Signals, kind: FlagKind, metric_key: str, sentence: str, evidence: str, *, sample: int, severity: float) -> Flag:
    """The finding about the signals' agent."""
    return Flag(
        kind=kind,
        agent_id=signals.agent_id,
        agent_name=signals.name,
        metric_key=metric_key,
        sentence=sentence,
        evidence=evidence,
        sample=sample,
        severity=severity,
    )
