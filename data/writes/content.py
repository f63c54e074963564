"""Posts planned, changed, published, dismissed and taken away; a change names the version it saw."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import ContentPost
from domain.coaching.content_kinds import PostIdea, PostState

_ONCE: Final[Mapping[str, Any]] = {
    "index_elements": ("agent_id", "suggestion"),
    "index_where": col(ContentPost.suggestion).is_not(None),
}


def insert_post(session: Session, values: Mapping[str, Any]) -> int | None:
    """Store a post, planned and its agent's own unless told otherwise; its id, or None where this suggestion was dealt with already."""
    fresh = insert(ContentPost).values(**{"idea": PostIdea.OWN, "state": PostState.PLANNED, **values}).on_conflict_do_nothing(**_ONCE)
    return session.scalar(fresh.returning(col(ContentPost.id)))


def change_post(session: Session, post_id: int, seen_version: int, fields: Mapping[str, Any]) -> bool:
    """Change a post unless somebody did since the version seen; whether it was changed."""
    wanted = (col(ContentPost.id) == post_id, col(ContentPost.version) == seen_version)
    changed = update(ContentPost).where(*wanted).values(**fields, version=ContentPost.version + 1)
    return session.execute(changed.returning(col(ContentPost.id))).one_or_none() is not None


def remove_post(session: Session, post_id: int) -> None:
    """Take a post away; the activity that was logged for it stays."""
    session.execute(delete(ContentPost).where(col(ContentPost.id) == post_id))
