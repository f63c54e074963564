"""Cards: one figure with its name, its status, how it moved, and on hover everything that explains it."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import streamlit as st

from domain.formatting import NOTHING, change_text, interval_text, signed_text, value_text
from domain.metrics.change import ChangeKind, in_points
from domain.metrics.definition import Metric
from domain.metrics.reading import Reading
from domain.metrics.status import Status, Tone
from ui.wording import BadgeColor, counted, plain, status_text, tone_color

MIN_CARD_WIDTH: Final = 160
"""Two cards fit side by side on a phone of 390 pixels."""
_ARROWS: Final[dict[ChangeKind, Literal["up", "down"]]] = {ChangeKind.UP: "up", ChangeKind.DOWN: "down", ChangeKind.NEW: "up"}


def metric_cards(readings: Iterable[Reading], *, compared_with: str, currency: str = "USD") -> None:
    """A wall of cards, two columns on a phone."""
    with st.grid(min_column_width=MIN_CARD_WIDTH, gap="small"):
        for reading in readings:
            metric_card(reading, compared_with=compared_with, currency=currency)


def metric_card(reading: Reading, *, compared_with: str, currency: str = "USD") -> None:
    """One figure; a status is shown as icon, word and colour, and grey where too little stands behind it."""
    metric = reading.metric
    with st.container(border=True, key=f"card-{metric.key}", height="stretch", gap="xsmall"):
        st.metric(
            metric.name,
            value_text(metric, reading.value, currency, compact=True),
            delta=movement(reading, currency),
            delta_color=movement_color(reading),
            delta_arrow=_ARROWS.get(reading.change.kind, "off"),
            delta_description=f"vs {compared_with}" if _is_compared(reading) else None,
            help=explanation(metric, reading=reading, currency=currency),
        )
        st.markdown(standing(reading, currency))


def movement(reading: Reading, currency: str) -> str | None:
    """The change as a figure with its sign; None where there is nothing to compare with."""
    change = reading.change
    if change.kind in {ChangeKind.UP, ChangeKind.DOWN} and change.difference is not None:
        if in_points(reading.metric):
            return change_text(reading.metric, change)
        return signed_text(reading.metric, change.difference, currency)
    return None if change.kind is ChangeKind.UNKNOWN else change_text(reading.metric, change)


def movement_color(reading: Reading) -> BadgeColor:
    """Green for good news, red for bad, grey where there is no verdict; the arrow alone follows the direction."""
    tones = {True: Tone.GOOD, False: Tone.BAD, None: Tone.QUIET}
    return tone_color(tones[reading.change.is_good])


def _is_compared(reading: Reading) -> bool:
    return reading.change.kind is not ChangeKind.UNKNOWN


def standing(reading: Reading, currency: str) -> str:
    """The status as a badge, and what the figure is held against: "On track · of 60, 40 by now"."""
    if reading.status is Status.NO_TARGET or reading.target is None:
        return f":small[:gray[{sample_text(reading.metric, reading.now.sample)}]]"
    metric = reading.metric
    words = f"of {value_text(metric, reading.target, currency, compact=True)}"
    if metric.prorated and reading.expected is not None and reading.expected < reading.target:
        words += f", {value_text(metric, reading.expected, currency, compact=True)} by now"
    return f"{status_text(reading.status)} :small[:gray[{plain(words)}]]"


def sample_text(metric: Metric, sample: int) -> str:
    """What a figure rests on, and that it is little where it is."""
    if not sample:
        return "no data yet"
    words = f"from {counted(sample, 'fact')}"
    return words if sample >= metric.min_sample else f"{words}: too few for a verdict"


def explanation(metric: Metric, *, reading: Reading | None = None, currency: str = "USD") -> str:
    """A metric's tooltip from the catalogue: question, formula, what counts; with a reading also its n, interval and comparison."""
    lines = [f"**{plain(metric.question)}**", f"= {plain(metric.formula)}", plain(metric.counts, limit=600)]
    return "\n\n".join([*lines, *(_facts(reading, currency) if reading is not None else [])])


def _facts(reading: Reading, currency: str) -> Sequence[str]:
    metric, before = reading.metric, reading.before
    facts = [f"n = {reading.now.sample:,}"]
    if in_points(metric) and (spread := interval_text(metric, reading.now.interval(), currency)):
        facts.append(f"likely {plain(spread)}")
    if before is not None and before.value is not None:
        facts.append(f"before: {plain(value_text(metric, before.value, currency))} ({plain(change_text(metric, reading.change))})")
    if reading.value is None:
        facts.append(f"{NOTHING} means that there was nothing to measure")
    return [" · ".join(facts)]
