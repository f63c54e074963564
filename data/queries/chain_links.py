"""How an admin describes the links of a business's chain."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import ChainLink
from domain.goals.chain import LinkEdit
from domain.records import Profile


def edits(session: Session, profile: Profile) -> list[LinkEdit]:
    """What was changed of the profile's links, in order."""
    rows = session.scalars(select(ChainLink).where(col(ChainLink.profile) == profile).order_by(col(ChainLink.position)))
    return [
        LinkEdit(
            key=row.key,
            name=row.name,
            is_controllable=row.is_controllable,
            rate=float(row.rate),
            minutes=float(row.minutes),
            spend_minor=row.cost_minor,
        )
        for row in rows
    ]
