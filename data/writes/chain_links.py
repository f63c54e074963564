"""The links of a business's chain as an admin describes them."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import ChainLink
from domain.goals.chain import Link
from domain.records import Profile


def replace_links(session: Session, profile: Profile, links: Sequence[Link]) -> None:
    """These links instead of those there are; none puts the product's own back."""
    session.execute(delete(ChainLink).where(col(ChainLink.profile) == profile))
    session.add_all(_row(profile, position, link) for position, link in enumerate(links))
    session.flush()


def _row(profile: Profile, position: int, link: Link) -> ChainLink:
    return ChainLink(
        profile=profile,
        key=link.key,
        position=position,
        name=link.name,
        is_controllable=link.is_controllable,
        rate=Decimal(str(round(link.rate, 6))),
        minutes=Decimal(str(round(link.minutes, 2))),
        cost_minor=link.spend_minor,
    )
