"""Lead sources as a sheet: the rows of the card, with the range their rate likely lies in."""

from typing import Final

from sqlalchemy.orm import Session

from domain.metrics.catalog import METRICS
from domain.metrics.sources import SourceRow
from domain.money import from_minor
from services.export_words import Asked, about
from services.lead_sources import lead_sources
from services.roster import currency_of
from services.sheets import Cell, Column, Kind, Sheet

UNKNOWN: Final = "Source unknown"
WITHOUT_LEAD: Final = "Sold without a lead"
METRICS_SHOWN: Final = tuple(METRICS[key] for key in ("leads_assigned", "conversion_rate", "deals_won", "revenue"))


def sources_sheet(session: Session, asked: Asked) -> Sheet:
    """A row per source, most leads first."""
    currency = currency_of(session)
    columns = (
        Column(name="Source"),
        Column(name="Leads", kind=Kind.NUMBER),
        Column(name="Converted", kind=Kind.NUMBER),
        Column(name="Conversion rate", kind=Kind.SHARE),
        Column(name="Likely from", kind=Kind.SHARE),
        Column(name="Likely to", kind=Kind.SHARE),
        Column(name="Sales", kind=Kind.NUMBER),
        Column(name=f"Revenue ({currency})", kind=Kind.MONEY),
    )
    rows = [_cells(row, currency) for row in lead_sources(session, asked.viewer, asked.selection)]
    return Sheet(title="Lead sources", columns=columns, rows=rows, about=about(asked, METRICS_SHOWN))


def name_of(row: SourceRow) -> str:
    """The source, or why there is none."""
    return WITHOUT_LEAD if row.source is None else row.source or UNKNOWN


def _cells(row: SourceRow, currency: str) -> tuple[Cell, ...]:
    low, high = row.conversion.interval() or (None, None)
    money = from_minor(row.revenue_minor, currency)
    return name_of(row), row.leads, row.conversion.part, row.conversion.value, low, high, row.sales, money
