"""Service tokens made, used and revoked."""

from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import ApiToken


def add_token(session: Session, token: ApiToken) -> int:
    """Store the token and return its id."""
    session.add(token)
    session.flush()
    return token.id or 0


def touch_token(session: Session, token_id: int, at: datetime, *, unless_after: datetime) -> None:
    """The token was used just now; nothing is written when that is known already from after `unless_after`."""
    used = col(ApiToken.last_used_at)
    wanted = (col(ApiToken.id) == token_id, or_(used.is_(None), used <= unless_after))
    session.execute(update(ApiToken).where(*wanted).values(last_used_at=at))


def revoke_token(session: Session, token_id: int, at: datetime) -> bool:
    """End the token; whether there was one to end."""
    wanted = (col(ApiToken.id) == token_id, col(ApiToken.revoked_at).is_(None))
    return session.scalar(update(ApiToken).where(*wanted).values(revoked_at=at).returning(col(ApiToken.id))) is not None
