"""An agent at their desk: whose dice are thrown, on which days they work, and small choices everybody makes alike."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log
from typing import Final

import numpy as np
from numpy.random import Generator

from data.demo.business import BUSINESSES, Business, Source
from data.demo.cast import Player
from data.demo.rhythm import Moment, Span, effort, fortune, moment, pick, steps, workdays
from domain.records import Outcome, Profile

SEED: Final = 20_240_229
"""Makes the company what it is; another number would be another company."""
AHEAD_DAYS: Final = 120
"""Planned days are known this far ahead, for what is booked and due."""
OPENS: Final = 8 * 3600
CLOSES: Final = 19 * 3600
CATEGORY_SHARES: Final = steps((0.62, 0.26, 0.12))
"""Everybody does mostly their team's main kind of business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One person in one team for a span of days."""

    number: int
    player: Player
    profile: Profile
    business: Business
    dice: Generator
    span: Span
    today: date
    days: list[date]
    """Planned working days of the span, and beyond it while the person is still there."""

    @property
    def past_days(self) -> list[date]:
        """The working days up to today."""
        return self.days[: bisect_left(self.days, min(self.span.end, self.today + timedelta(days=1)))]

    def workday(self, day: date) -> date:
        """The first planned working day from this one on."""
        position = bisect_left(self.days, day)
        return self.days[position] if position < len(self.days) else day + timedelta(days=365)

    def at(self, day: date, seconds: float) -> Moment:
        """A moment of the day on the person's own clock."""
        return moment(day, seconds, self.player.zone)

    def working_moment(self, local: datetime) -> Moment:
        """The same time if it falls into working hours, else soon after the next opening."""
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        day = local.date() if seconds < CLOSES else local.date() + timedelta(days=1)
        planned = self.workday(day)
        if planned != local.date() or seconds < OPENS:
            seconds = OPENS + int(self.dice.exponential(2400))
        return self.at(planned, min(seconds, CLOSES - 1))

    def effort(self, day: date) -> float:
        """How much the person does on the day, compared with usual."""
        return effort(self.player.story, (self.today - day).days)

    def fortune(self, day: date) -> float:
        """How well their work of the day ends: skill times story."""
        return self.player.skill * fortune(self.player.story, (self.today - day).days)

    def spread(self, median: float, sigma: float) -> float:
        """A log-normal value around the median."""
        return float(self.dice.lognormal(log(median), sigma))

    def happens(self, share: float) -> bool:
        """Whether something with this chance does."""
        return bool(self.dice.random() < share)

    def category(self) -> str:
        """One of the team's kinds of business."""
        return self.business.categories[pick(self.dice, CATEGORY_SHARES)]

    def source(self) -> Source:
        """Where the next lead comes from."""
        return self.business.sources[pick(self.dice, steps(source.share for source in self.business.sources))]

    def amount_minor(self) -> int:
        """What a sale brings, in minor units, rounded to whole dollars."""
        return round(self.spread(self.business.amount, self.business.amount_spread)) * 100


REACHED: Final = (
    (Outcome.CONNECTED, 0.5),
    (Outcome.CALL_BACK, 0.17),
    (Outcome.NOT_INTERESTED, 0.22),
    (Outcome.APPOINTMENT_SET, 0.06),
    (Outcome.INTERESTED, 0.05),
)
MISSED: Final = ((Outcome.NO_ANSWER, 0.58), (Outcome.LEFT_MESSAGE, 0.3), (Outcome.BUSY, 0.08), (Outcome.WRONG_NUMBER, 0.04))
REACHED_STEPS: Final = steps(share for _, share in REACHED)
MISSED_STEPS: Final = steps(share for _, share in MISSED)


def call_outcome(desk: Desk, answered_share: float) -> Outcome:
    """How a call ends."""
    if desk.happens(answered_share):
        return REACHED[pick(desk.dice, REACHED_STEPS)][0]
    return MISSED[pick(desk.dice, MISSED_STEPS)][0]


def call_seconds(desk: Desk, outcome: Outcome) -> int:
    """How long a call lasts: minutes when somebody was spoken to, seconds when not."""
    spoken = outcome in {word for word, _ in REACHED} or outcome is Outcome.COMPLETED
    return max(4, round(desk.spread(230 if spoken else 22, 0.7)))


def sit_down(number: int, player: Player, profile: Profile, span: Span, today: date) -> Desk:
    """A desk with its own dice, which depend on nothing but the person and the team."""
    ahead = span.end if span.end <= today else today + timedelta(days=AHEAD_DAYS)
    return Desk(
        number=number,
        player=player,
        profile=profile,
        business=BUSINESSES[profile],
        dice=np.random.default_rng([SEED, number, list(Profile).index(profile)]),
        span=span,
        today=today,
        days=list(workdays(player, number, Span(span.start, ahead), today)),
    )
