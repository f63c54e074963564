"""What becomes of leads by where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from domain.metrics.measures import Ratio

Source: TypeAlias = str | None
"""As the lead has it; empty where nobody said, None for deals that have neither a lead nor a source of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSales:
    """Deals won in a period."""

    sales: int
    """All of them, also those whose amount is unknown."""
    revenue_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source: its leads as a cohort, and what was sold in the period, whenever those leads were assigned."""

    source: Source
    conversion: Ratio
    """Of the leads assigned in the period, those converted by now."""
    sales: int
    revenue_minor: int

    @property
    def leads(self) -> int:
        """Assigned in the period."""
        return self.conversion.whole


NO_LEADS: Final = Ratio(0, 0)
NO_SALES: Final = SourceSales(sales=0, revenue_minor=0)


def source_rows(conversions: Mapping[Source, Ratio], sold: Mapping[Source, SourceSales]) -> tuple[SourceRow, ...]:
    """A row per source that has leads or sales: most leads first, then most revenue, then by name.

    Revenue is dated by the sale and conversion by the assignment, so that the revenue column adds up to the period's Revenue and a
    rate has its own leads below the line.
    """
    rows = (
        SourceRow(
            source=source,
            conversion=conversions.get(source, NO_LEADS),
            sales=sold.get(source, NO_SALES).sales,
            revenue_minor=sold.get(source, NO_SALES).revenue_minor,
        )
        for source in {*conversions, *sold}
    )
    return tuple(sorted(rows, key=lambda row: (-row.leads, -row.revenue_minor, row.source is None, row.source or "")))
