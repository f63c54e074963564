"""What happened to a deal, dated by the days it was noted for, so that it can be seen again as it was at the end of any of them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import Final, TypeVar

from domain.deals.as_of import DealAsOf
from domain.deals.win_chances import YOUNGEST_DAYS
from domain.deals.win_model import Example

LATELY: Final = timedelta(days=7)
LOOKED_AT: Final = (0, 3)
"""Mondays and Thursdays: often enough to meet short deals, seldom enough that a week tells something new."""
NEARLY_ALL: Final = 0.9
"""Deals open on a day whose stage has to be known for the day to count; some histories always begin late."""
MOST_LOOKS: Final = 10_000
"""More tell a model of a few hundred weights nothing that these do not, and take memory the machine may not have."""


class WorkKind(StrEnum):
    """What was done, as far as a model tells it apart."""

    CALL = "call"
    WRITTEN = "written"
    PLANNED = "planned"
    """Tasks and meetings."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """So many pieces of work of a kind on a day."""

    on: date
    kind: WorkKind
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The deal entered a stage."""

    on: date
    stage: str
    is_end: bool = False
    """A stage that means won or lost."""
    is_first_seen: bool = False
    """It was found there at a day's end, and nobody knows since when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """What the deal was worth from a day's end on; None for unknown."""

    on: date
    amount: float | None


Noted = TypeVar("Noted", Entered, Work, Valued)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealHistory:
    """A deal's life; everything in it is in order of its days."""

    deal_id: int
    created_on: date
    closed_on: date | None = None
    """None while it is open."""
    won: bool = False
    entered: tuple[Entered, ...] = ()
    work: tuple[Work, ...] = ()
    valued: tuple[Valued, ...] = ()

    def is_old_enough(self, day: date) -> bool:
        """Whether so much time has gone by that something may be said of it."""
        return (day - self.created_on).days >= YOUNGEST_DAYS

    def is_won_within(self, day: date, horizon_days: int) -> bool:
        """Whether it was won after the day and within so many days of it."""
        return self.won and self.closed_on is not None and day < self.closed_on <= day + timedelta(days=horizon_days)


def as_of(history: DealHistory, day: date, *, stage: str | None = None) -> DealAsOf | None:
    """The deal at the end of a day, from what had been noted by then; days count from the day something happened.

    `stage` is where it stands when no move was ever noted, for a deal of which that is known now; without it such a deal is None, and so is
    one that stood in a stage that means its end.
    """
    moves = _until(history.entered, day)
    if moves and moves[-1].is_end:
        return None
    now_in = moves[-1].stage if moves else stage
    if now_in is None:
        return None
    done, values = _until(history.work, day), _until(history.valued, day)
    return DealAsOf(
        stage=now_in,
        age_days=_days(history.created_on, day),
        days_in_stage=_days(moves[-1].on, day) if moves and not moves[-1].is_first_seen else None,
        quiet_days=_days(done[-1].on, day) if done else None,
        moves=float(len(moves)) if moves and not moves[0].is_first_seen else None,
        calls=_count(done, WorkKind.CALL),
        calls_7d=_count(lately := [each for each in done if each.on > day - LATELY], WorkKind.CALL),
        messages_7d=_count(lately, WorkKind.WRITTEN),
        tasks_7d=_count(lately, WorkKind.PLANNED),
        amount=values[-1].amount if values else None,
    )


def examples(histories: Sequence[DealHistory], days: Sequence[date], horizon_days: int) -> Iterator[Example]:
    """Every deal on every one of the days it was open at the end of, old enough, and in a stage somebody had noted.

    Where stages are only known of deals as they stand today, those that were won are missing, and the rest would teach that nothing is won:
    a day counts only where the stages of nearly all deals open then are known, of those won since and of the others.
    """
    for day in days:
        asked = [each for each in histories if _is_open(each, day) and each.is_old_enough(day)]
        if _are_told([each for each in asked if each.won], day) and _are_told([each for each in asked if not each.won], day):
            for history in asked:
                if (deal := as_of(history, day)) is not None:
                    yield Example(deal_id=history.deal_id, on=day, deal=deal, won=history.is_won_within(day, horizon_days))


def look_days(histories: Sequence[DealHistory], first: date, last: date) -> list[date]:
    """Mondays and Thursdays from the first day to the last; every second, third … of them where there would be too many looks."""
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    days = [day for day in span if day.weekday() in LOOKED_AT]
    looks = sum(_open_days(history, days) for history in histories)
    return days[:: -max(1, ceil(looks / MOST_LOOKS))][::-1]


def _open_days(history: DealHistory, days: Sequence[date]) -> int:
    begun = bisect_right(days, history.created_on + timedelta(days=YOUNGEST_DAYS - 1))
    over = len(days) if history.closed_on is None else bisect_right(days, history.closed_on - timedelta(days=1))
    return max(0, over - begun)


def _is_open(history: DealHistory, day: date) -> bool:
    return history.closed_on is None or day < history.closed_on


def _are_told(histories: Sequence[DealHistory], day: date) -> bool:
    told = sum(bool(history.entered) and history.entered[0].on <= day for history in histories)
    return told >= NEARLY_ALL * len(histories)


def _until(noted: Sequence[Noted], day: date) -> Sequence[Noted]:
    return noted[: bisect_right(noted, day, key=lambda each: each.on)]


def _days(since: date, day: date) -> float:
    return float((day - since).days)


def _count(done: Sequence[Work], kind: WorkKind) -> float:
    return float(sum(each.count for each in done if each.kind is kind))
