"""Cards: one figure with its name, its status, how it moved, and on hover everything that explains it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import streamlit as st

from domain.formatting import NOTHING, change_text, interval_text, signed_text, value_text
from domain.metrics.change import ChangeKind, in_points
from domain.metrics.definition import Definition, Direction, Unit
from domain.metrics.measures import Measure, Total, Weighted
from domain.metrics.reading import Reading
from domain.metrics.status import Tone
from ui import links
from ui.wording import BadgeColor, counted, plain, status_text, tone_color

MAX_COLUMNS: Final = 4
MIN_CARD_WIDTH: Final = 160
"""Two cards fit side by side on a phone of 390 pixels."""
WHOLE_FROM: Final = 10
"""Above it a tenth of an event says nothing; below, 0.3 of a sale and none are not the same."""
_ARROWS: Final = {ChangeKind.UP: "arrow_upward", ChangeKind.DOWN: "arrow_downward", ChangeKind.NEW: "arrow_upward"}


def metric_cards(
    readings: Iterable[Reading], *, compared_with: str, currency: str = "USD", params: Mapping[str, str] | None = None
) -> None:
    """A wall of cards without one alone in the last row, two columns on a phone; `params` are the screen's, for links to the records."""
    shown = list(readings)
    columns = MAX_COLUMNS + (len(shown) % MAX_COLUMNS == 1 < len(shown))
    with st.grid(columns, min_column_width=MIN_CARD_WIDTH, gap="small", key="cards"):
        for reading in shown:
            metric_card(reading, compared_with=compared_with, currency=currency, params=params)


def telling_first(readings: Iterable[Reading]) -> list[Reading]:
    """The figures in their order, those without a target that are and were empty last: an import of deals starts with deals."""
    return sorted(readings, key=lambda reading: not is_telling(reading))


def is_telling(reading: Reading) -> bool:
    """Whether there is a figure, now or before, or a target."""
    return bool(reading.value or reading.target or (reading.before and reading.before.value))


def metric_card(
    reading: Reading,
    *,
    compared_with: str,
    currency: str = "USD",
    params: Mapping[str, str] | None = None,
    name: str = "",
    note: str = "",
) -> None:
    """One figure; a status is shown as icon, word and colour, and grey where too little stands behind it.

    `name` tells the card from another of the same figure on the screen; `note` is a line of its own below it.
    """
    metric = reading.metric
    with st.container(border=True, key=f"card-{name or metric.key}", height="stretch", gap="xsmall"):
        st.metric(metric.name, plain(shown_value(reading, currency)), help=explanation(metric, reading=reading, currency=currency))
        st.markdown(f"{standing(reading, currency)}  \n{movement_text(reading, compared_with, currency)}")
        if note:
            st.caption(plain(note))
        if params is not None:
            links.records_link(metric.key, params)


def shown_value(reading: Reading, currency: str) -> str:
    """The figure as a card shows it."""
    return value_text(reading.metric, reading.value, currency, compact=True)


def movement_text(reading: Reading, compared_with: str, currency: str = "USD") -> str:
    """The change in words: arrow and figure in the colour of good or bad news, then what it is compared with."""
    has_moved = reading.change.kind in {ChangeKind.UP, ChangeKind.DOWN}
    if has_moved and reading.is_early and reading.metric.direction is not Direction.NEUTRAL:
        return ":small[:gray[too early to compare: these leads need time]]"
    moved = movement(reading, currency)
    if moved is None:
        return ":small[:gray[nothing to compare with]]"
    icon = _ARROWS.get(reading.change.kind, "trending_flat")
    if reading.change.kind is ChangeKind.NEW:
        return f":small[:{movement_color(reading)}[:material/{icon}: **{plain(moved)}**] :gray[none before ({plain(compared_with)})]]"
    return f":small[:{movement_color(reading)}[:material/{icon}: **{plain(moved)}**] :gray[vs {plain(compared_with)}]]"


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


def standing(reading: Reading, currency: str) -> str:
    """The status as a badge, and what the figure is held against: "On track · of target 60, 40 by now"; without one what it rests on."""
    metric = reading.metric
    if reading.target is None:
        return f":small[:gray[{sample_text(reading)}]]"
    words = f"of target {asked_text(metric, reading.target, currency)}"
    if metric.prorated and reading.expected is not None and reading.expected < reading.target:
        words += f", {asked_text(metric, reading.expected, currency)} by now"
    return f"{status_text(reading.status)} :small[:gray[{plain(words)}]]"


def asked_text(metric: Definition, figure: float, currency: str) -> str:
    """A target, or the part of it due; counts without decimals once they are larger than ten, because nobody makes 14.7 calls."""
    is_whole = metric.unit is Unit.COUNT and figure > WHOLE_FROM
    return value_text(metric, round(figure) if is_whole else figure, currency, compact=True)


def sample_text(reading: Reading) -> str:
    """What a figure rests on, and that it is little where it is."""
    sample = reading.now.sample
    if not sample:
        return "nothing to measure in these days" if reading.value is None else "none in these days"
    if is_count(reading.now):
        return "no target set"
    words = f"from {counted(sample, 'record')}"
    return words if reading.is_judged else f"{words}, too few for a verdict"


def is_count(measure: Measure) -> bool:
    """Whether the figure is itself the number of its records, so that saying how many there are would only repeat it."""
    return isinstance(measure, Total | Weighted)


def explanation(metric: Definition, *, reading: Reading | None = None, currency: str = "USD") -> str:
    """A metric's tooltip from the catalogue: question, formula, what counts; with a reading also its n, interval and comparison."""
    lines = [f"**{plain(metric.question)}**", f"= {plain(metric.formula)}", plain(metric.counts, limit=600)]
    return "\n\n".join([*lines, *(_facts(reading, currency) if reading is not None else [])])


def _facts(reading: Reading, currency: str) -> Sequence[str]:
    metric, before = reading.metric, reading.before
    facts = [] if is_count(reading.now) else [f"from {counted(reading.now.sample, 'record')}"]
    if in_points(metric) and (spread := interval_text(metric, reading.now.interval(), currency)):
        facts.append(f"likely {plain(spread)}")
    if before is not None and before.value is not None:
        facts.append(f"before: {plain(value_text(metric, before.value, currency))} ({plain(change_text(metric, reading.change))})")
    if reading.value is None:
        facts.append(f"{NOTHING} means that there was nothing to measure")
    return [" · ".join(facts)] if facts else []
