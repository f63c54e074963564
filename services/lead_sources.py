"""Which sources bring leads, customers and revenue."""

from sqlalchemy.orm import Session

from data.queries import sources
from domain.access import Selection
from domain.metrics.sources import SourceRow, source_rows
from services.access import Viewer


def lead_sources(session: Session, viewer: Viewer, selection: Selection) -> tuple[SourceRow, ...]:
    """A row per source of what the viewer may see of the selection, most leads first, in two statements."""
    return source_rows(
        sources.conversions_by_source(session, viewer.scope, selection), sources.sales_by_source(session, viewer.scope, selection)
    )
