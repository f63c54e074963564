"""What only a team's report has: who stands where, with ties admitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.formatting import NOTHING, number_text, value_text
from domain.metrics.catalog import metric
from domain.metrics.measures import Measure
from domain.metrics.ranking import Place
from domain.metrics.reading import Reading
from domain.reports.content import Row, Section, Table
from domain.reports.parts import words

COLUMNS: Final = ("calls", "conversion_rate", "deals_won", "revenue")
"""Metric keys beside the place and the index."""
NOTE: Final = (
    "A place such as “2–4 of 9” is shared: luck alone could swap these agents. The index counts calls, agreements, lists and sales, "
    "{against}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An agent of the team."""

    name: str
    place: Place | None
    score: Measure | None
    """What the place follows; None for somebody without any target where places follow targets."""
    readings: Sequence[Reading]
    """Those of `COLUMNS`."""


def standings(lines: Sequence[Line], currency: str, *, by_target: bool) -> Section:
    """Everybody's place by the performance index, best first."""
    against = "each against what was due of the agent by now" if by_target else "as points"
    names = [metric(key).name for key in COLUMNS]
    return Section(
        title="Standings",
        note=NOTE.format(against=against),
        table=Table(columns=("Agent", "Place", "Index", *names), rows=tuple(_row(each, currency) for each in lines)),
        empty="Nobody was on the team in these days.",
    )


def _row(line: Line, currency: str) -> Row:
    score = line.score.value if line.score else None
    figures = (words(_figure(each, currency)) for each in line.readings)
    place = line.place.text if line.place else NOTHING
    return Row(cells=(line.name, place, NOTHING if score is None else number_text(score), *figures))


def _figure(reading: Reading, currency: str) -> str:
    """A rate says of how many, because one of two is 50 % too."""
    shown = value_text(reading.metric, reading.value, currency)
    return shown if reading.metric.prorated or reading.value is None else f"{shown} of {reading.now.sample:,}"
