"""Activities page by page, for programs."""

from sqlalchemy.orm import Session

from data.queries import activities as queries
from data.queries.activities import ActivityFilter, Cursor
from domain.errors import NotFoundError
from domain.facts import ActivityEntry
from services.access import Viewer

__all__ = ["ActivityFilter", "Cursor", "activities", "activity"]


def activities(session: Session, viewer: Viewer, wanted: ActivityFilter, *, after: Cursor | None, limit: int) -> list[ActivityEntry]:
    """Up to `limit` activities the viewer may see, newest first, from behind the cursor on."""
    return queries.listed(session, viewer.scope, wanted, after=after, limit=limit)


def activity(session: Session, viewer: Viewer, activity_id: int) -> ActivityEntry:
    """One activity; NotFoundError when there is none or the viewer may not see it."""
    found = queries.visible_entry(session, viewer.scope, activity_id)
    if found is None:
        raise NotFoundError("There is no such activity.")
    return found
