"""Which three things an agent must do today: those that bring the most for the minute they take, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.counters import FAST_RESPONSE_SECONDS

MOST: Final = 3
"""Three things are remembered and done; a list of ten is read and left."""
SPEED_GOAL: Final = timedelta(minutes=5)
"""Whoever asks is still there within five minutes: the goal of a first contact."""
SPEED_LIMIT: Final = timedelta(seconds=FAST_RESPONSE_SECONDS)
"""The same hour that makes a response a fast one."""
LONG_WAIT: Final = timedelta(days=1)


class MustDoKind(StrEnum):
    """What there can be to do."""

    NEW_LEAD = "new_lead"
    CALL_BACK = "call_back"
    FOLLOW_UP = "follow_up"
    """A call planned for today, or an entry of the days before of which nobody said what became of it."""
    APPOINTMENT = "appointment"
    """One of today, to be prepared."""
    DEAL = "deal"
    """One that has gone quiet and can be saved: a rescue."""
    PROSPECTING = "prospecting"
    """The day's part of a running goal."""


MINUTES: Final[Mapping[MustDoKind, int]] = MappingProxyType(
    {
        MustDoKind.NEW_LEAD: 5,
        MustDoKind.CALL_BACK: 6,
        MustDoKind.FOLLOW_UP: 6,
        MustDoKind.APPOINTMENT: 15,
        MustDoKind.DEAL: 10,
    }
)
"""What each takes, by default: a call as in the chains of the goals, a look at what is known before it where there is a history."""
STAGE: Final[Mapping[MustDoKind, float]] = MappingProxyType(
    {MustDoKind.NEW_LEAD: 1.0, MustDoKind.CALL_BACK: 2.0, MustDoKind.FOLLOW_UP: 2.0, MustDoKind.APPOINTMENT: 3.0}
)
"""How many times as likely as any new lead somebody is to buy who has been spoken to, or has agreed to meet."""
LOST_IF_LEFT: Final[Mapping[MustDoKind, float]] = MappingProxyType(
    {MustDoKind.CALL_BACK: 0.3, MustDoKind.FOLLOW_UP: 0.2, MustDoKind.APPOINTMENT: 0.2, MustDoKind.DEAL: 0.1}
)
"""The part of the chance that is gone when it is left undone today, by default. A promise that is not kept costs most."""
UNANSWERED: Final = ((SPEED_GOAL, 0.9), (SPEED_LIMIT, 0.5), (LONG_WAIT, 0.2))
"""The same for a new lead by how long it has waited: most of what a quick answer is worth is gone after the first hour."""
UNANSWERED_LONG: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """What the agent's own history says of leads and deals, drawn towards the usual while there is little of it."""

    lead_share: float
    """How many of a hundred leads become customers, as a share."""
    deal_share: float
    """How many of the deals that close are won."""
    sale_minor: float
    """What a sale brings, in minor units; 1 where nobody knows an amount, so that all sales weigh the same."""
    unit_shares: Mapping[str, float]
    """For a kind of work, by metric: the part of a sale that one of it is worth, all sales spread over all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for the agent, as the records have it."""

    kind: MustDoKind
    record_id: int
    """Of the lead, entry, deal or goal it is about, as the kind says."""
    name: str
    since: datetime
    """Assigned, agreed, planned or last touched; for what is still to come when it begins."""
    lead_id: int | None = None
    deal_id: int | None = None
    event_id: int | None = None
    goal_id: int | None = None
    amount_minor: int | None = None
    came_at: datetime | None = None
    """When it came to the agent; None for what was there all along."""
    metric_key: str | None = None
    asked: int = 0
    """For prospecting: how many the goal needs today."""
    reached: int = 0
    """How many it has."""
    minutes_each: float = 0.0

    @property
    def key(self) -> str:
        """The same for the same thing on every look: what makes a must-do unique in its day."""
        return f"{self.kind}.{self.record_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something to do with what it is likely to bring."""

    waiting: Waiting
    effect: float
    """The chance, from 0 to 1, that doing it today brings a sale that would be lost otherwise."""
    value_minor: float
    minutes: int

    @property
    def score(self) -> float:
        """Expected minor units a minute: P(effect) · value ÷ minutes."""
        return self.effect * self.value_minor / self.minutes

    @property
    def kind(self) -> MustDoKind:
        """What it is."""
        return self.waiting.kind


def candidates(waiting: Iterable[Waiting], odds: Odds, now: datetime) -> tuple[Candidate, ...]:
    """Everything that waits with its worth, the best first; of several things with one lead the best only."""
    ranked = sorted((_candidate(each, odds, now) for each in waiting), key=_order)
    return tuple(_one_per_lead(ranked))


def must_dos(ranked: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The top three, the best first: one rescue and one piece of prospecting among them where there are any."""
    best = list(ranked)
    kept = [first for kind in (MustDoKind.DEAL, MustDoKind.PROSPECTING) if (first := _first(best, kind)) is not None]
    others = [each for each in best if each not in kept]
    return tuple(sorted((*kept, *others[: MOST - len(kept)]), key=_order))


def _candidate(waiting: Waiting, odds: Odds, now: datetime) -> Candidate:
    minutes = MINUTES.get(waiting.kind) or max(1, round(waiting.asked * waiting.minutes_each))
    value = waiting.amount_minor or odds.sale_minor
    return Candidate(waiting=waiting, effect=min(1.0, _effect(waiting, odds, now)), value_minor=value, minutes=minutes)


def _effect(waiting: Waiting, odds: Odds, now: datetime) -> float:
    match waiting.kind:
        case MustDoKind.NEW_LEAD:
            return odds.lead_share * _lost_unanswered(now - waiting.since)
        case MustDoKind.DEAL:
            return odds.deal_share * LOST_IF_LEFT[waiting.kind]
        case MustDoKind.PROSPECTING:
            return odds.unit_shares.get(waiting.metric_key or "", 0.0) * waiting.asked
        case _:
            return min(1.0, odds.lead_share * STAGE[waiting.kind]) * LOST_IF_LEFT[waiting.kind]


def _lost_unanswered(waited: timedelta) -> float:
    return next((lost for limit, lost in UNANSWERED if waited <= limit), UNANSWERED_LONG)


def _order(candidate: Candidate) -> tuple[float, int, datetime, int]:
    """Best first; what is worth the same in the kinds' order, then what waits longest: never by chance."""
    waiting = candidate.waiting
    return -candidate.score, list(MustDoKind).index(candidate.kind), waiting.since, waiting.record_id


def _first(ranked: Iterable[Candidate], kind: MustDoKind) -> Candidate | None:
    return next((each for each in ranked if each.kind is kind), None)


def _one_per_lead(ranked: Iterable[Candidate]) -> Iterable[Candidate]:
    seen = set[int]()
    for each in ranked:
        lead_id = each.waiting.lead_id
        if lead_id is None or lead_id not in seen:
            yield each
        if lead_id is not None:
            seen.add(lead_id)
