"""The rhythm of a month's work, without a judgement: on how many planned days something was logged, how much a day, how evenly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import Final

from domain.counters import Counters
from domain.formatting import number_text
from domain.reports.content import Section

FEWEST_DAYS: Final = 5
"""With less than a working week nothing can be said about how even the days are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What is known of some days that are over."""

    planned: int
    """Working days without public holidays and absences."""
    worked: int
    """Of these, the days with work logged."""
    activities: int
    """On planned days and on others."""
    middle: tuple[float, float] | None
    """Between what and what the middle half of the worked days had; None with too few of them."""

    @property
    def per_day(self) -> float | None:
        """Activities for each planned day; None without one."""
        return self.activities / self.planned if self.planned else None


def rhythm_of(planned: Sequence[date], by_day: Mapping[date, Counters]) -> Rhythm:
    """The rhythm of the planned days and what was logged in all."""
    counts = [count for day in planned if (count := by_day[day].activities if day in by_day else 0)]
    quarters = quantiles(counts, n=4, method="inclusive") if len(counts) >= FEWEST_DAYS else None
    return Rhythm(
        planned=len(planned),
        worked=len(counts),
        activities=sum(sums.activities for sums in by_day.values()),
        middle=(quarters[0], quarters[2]) if quarters else None,
    )


def days_words(rhythm: Rhythm) -> str:
    """On how many of the planned days work was logged, and how much a planned day."""
    days = f"{rhythm.planned} planned working day{'' if rhythm.planned == 1 else 's'}"
    return f"Work was logged on {rhythm.worked} of {days}, {number_text(rhythm.per_day or 0.0)} activities a planned day."


def work_rhythm(rhythm: Rhythm) -> Section:
    """The part of the report."""
    return Section(
        title="Work rhythm",
        note="Days that are over, without public holidays and absences. A rhythm is neither good nor bad: it is what the figures rest on.",
        lines=(days_words(rhythm), _steadiness(rhythm)) if rhythm.planned else (),
        empty="No working day of these days is over.",
    )


def _steadiness(rhythm: Rhythm) -> str:
    if rhythm.middle is None:
        return f"How even the days are is too early to say: work was logged on fewer than {FEWEST_DAYS} of them."
    low, high = (number_text(round(each)) for each in rhythm.middle)
    span = f"{low}" if low == high else f"{low} to {high}"
    return f"The middle half of the days with work had {span} activities (n = {rhythm.worked})."
