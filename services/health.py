"""Whether the database answers and has every migration."""

from sqlalchemy.orm import Session

from data import migrate


def has_every_migration(session: Session) -> bool:
    """Whether the schema is what this code expects; raises when the database does not answer."""
    return migrate.is_at_head(session.connection())
