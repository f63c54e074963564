"""What moved, as a part of a month's report: the change of the sales with its parts, and the trends that are told."""

from collections.abc import Sequence
from typing import Final

from domain.coaching.funnel_change import FunnelChange
from domain.coaching.movement_words import (
    ASSOCIATION,
    change_sentence,
    part_amount,
    part_figures,
    part_name,
    part_sure,
    trend_evidence,
    trend_text,
)
from domain.coaching.trends import Trend
from domain.formatting import period_text
from domain.periods import Period
from domain.reports.content import Row, Section, Table

TITLE: Final = "What moved"
NONE: Final = "No figure moved beyond luck over the months, and there is no change of the sales to take apart yet."


def what_moved(change: tuple[Period, Period, FunnelChange] | None, trends: Sequence[Trend], currency: str) -> Section:
    """The part of the report; `change` is between two stretches of days, earlier first."""
    told = [f"{trend_text(each, currency)} {trend_evidence(each, currency)}" for each in trends if each.tier.is_told]
    if change is None:
        return Section(title=TITLE, lines=tuple(told), empty=NONE)
    before, now, parts = change
    lines = (change_sentence(parts, before, now, currency), *told)
    return Section(title=TITLE, note=ASSOCIATION, lines=lines, table=_parts(before, now, parts, currency))


def _parts(before: Period, now: Period, change: FunnelChange, currency: str) -> Table:
    rows = [(part_name(each), *part_figures(each, currency), part_amount(change, each, currency), part_sure(each)) for each in change.parts]
    return Table(
        columns=("Part", period_text(before), period_text(now), "Of the change", "Moved?"), rows=tuple(Row(cells=each) for each in rows)
    )
