"""Everybody, their absences and targets for the parts of one screen: read by the first that asks, kept for the others."""

from services.access import Viewer
from services.lookups import Lookups, lookups
from ui.filters import Chosen
from ui.kept import kept


def looked_up(viewer: Viewer, chosen: Chosen) -> Lookups:
    """For the days chosen."""
    selection, today = chosen.selection, chosen.today
    return kept(
        viewer,
        selection.agent_ids,
        ("lookups", selection.period, today),
        lambda session: lookups(session, viewer.scope, selection, today),
    )
