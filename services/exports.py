"""Every view that can be downloaded: who may, and the sheet it makes of the same board the screen shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from domain.errors import NotFoundError
from domain.features import Feature
from domain.records import Role
from services import alert_sheets, board_sheets, deal_sheets, pipeline_sheets, record_sheets, source_sheets, target_sheets
from services.access import Viewer
from services.choices import filter_choices, within
from services.export_words import Asked
from services.filters import selection_from
from services.sheets import Sheet

Maker: TypeAlias = Callable[[Session, Asked], Sheet]
EVERYBODY: Final = frozenset(Role)
LEADS: Final = frozenset({Role.MANAGER, Role.ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A downloadable view; its key is part of the address."""

    roles: frozenset[Role]
    make: Maker
    feature: Feature | None = None
    """What must be switched on for somebody to have it."""

    def is_for(self, viewer: Viewer) -> bool:
        """Whether the viewer may have it."""
        return viewer.role in self.roles and (self.feature is None or viewer.may_use(self.feature))


VIEWS: Final[Mapping[str, View]] = MappingProxyType(
    {
        "overview": View(roles=LEADS, make=board_sheets.overview_sheet),
        "agents": View(roles=LEADS, make=board_sheets.agents_sheet),
        "alerts": View(roles=LEADS, make=alert_sheets.alerts_sheet, feature=Feature.ALERTS),
        "leaderboard": View(roles=EVERYBODY, make=board_sheets.leaderboard_sheet),
        "heatmap": View(roles=EVERYBODY, make=board_sheets.heatmap_sheet),
        "heatmap-agents": View(roles=LEADS, make=board_sheets.heatmap_agents_sheet),
        "trend": View(roles=EVERYBODY, make=board_sheets.trend_sheet),
        "weekly": View(roles=EVERYBODY, make=board_sheets.weekly_sheet),
        "monthly": View(roles=EVERYBODY, make=board_sheets.monthly_sheet),
        "pipeline": View(roles=EVERYBODY, make=pipeline_sheets.pipeline_sheet, feature=Feature.PIPELINE),
        "pipeline-agents": View(roles=EVERYBODY, make=pipeline_sheets.agents_sheet, feature=Feature.PIPELINE),
        "pipeline-volume": View(roles=EVERYBODY, make=pipeline_sheets.volume_sheet, feature=Feature.PIPELINE),
        "pipeline-ahead": View(roles=EVERYBODY, make=pipeline_sheets.ahead_sheet, feature=Feature.PIPELINE),
        "pipeline-changes": View(roles=EVERYBODY, make=pipeline_sheets.changes_sheet, feature=Feature.PIPELINE),
        "pipeline-conversions": View(roles=EVERYBODY, make=pipeline_sheets.conversions_sheet, feature=Feature.PIPELINE),
        "deals": View(roles=EVERYBODY, make=deal_sheets.deals_sheet),
        "targets": View(roles=LEADS, make=target_sheets.targets_sheet),
        "sources": View(roles=EVERYBODY, make=source_sheets.sources_sheet),
        "records": View(roles=EVERYBODY, make=record_sheets.records_sheet),
        "timeline": View(roles=EVERYBODY, make=record_sheets.timeline_sheet),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A download that may be made."""

    key: str
    asked: Asked

    @property
    def file_name(self) -> str:
        """Without the ending; only letters, digits, dots and dashes."""
        period = self.asked.selection.period
        return f"pacesetter-{self.key}-{period.start}-{period.last_day}"

    def sheet(self, session: Session) -> Sheet:
        """The rows within the viewer's scope; long lists are read while they are written. Raises InputError for unusable parameters."""
        offered = filter_choices(session, self.asked.viewer, self.asked.selection.period)
        allowed = within(self.asked.selection, offered)
        return VIEWS[self.key].make(session, self.asked.narrowed(allowed, offered))


def export_of(viewer: Viewer, key: str, params: Mapping[str, str], today: date, now: datetime) -> Export:
    """The download of a view with the parameters of its page.

    Raises NotFoundError for a view that does not exist for the viewer, InputError for parameters that cannot be read.
    """
    view = VIEWS.get(key)
    if view is None or not view.is_for(viewer):
        raise NotFoundError("There is no such download.")
    return Export(key=key, asked=Asked(viewer=viewer, selection=selection_from(params, today), params=params, today=today, now=now))
