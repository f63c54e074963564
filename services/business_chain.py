"""How a business works: the chain from first contact to sale, as the product knows it and as an admin has changed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import chain_links as queries
from data.writes import chain_links as writes
from domain.errors import InputError
from domain.goals.chain import CHAINS, Chain, LinkEdit
from domain.goals.cost import MOST_MINOR
from domain.records import Profile, Role
from services.access import Viewer, require_role
from services.audit import Action, record

LONGEST_NAME: Final = 80
MOST_MINUTES: Final = 10_000
"""A week of a link: more is a slip of the keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessChain:
    """A profile's chain, and whether an admin has described it."""

    chain: Chain
    is_own: bool


def chain_of(session: Session, profile: Profile) -> Chain:
    """The profile's chain with what an admin has changed of it."""
    return CHAINS[profile].edited(queries.edits(session, profile))


def described(session: Session, viewer: Viewer, profile: Profile) -> BusinessChain:
    """The profile's chain for who may change it: admins."""
    require_role(viewer, {Role.ADMIN})
    edits = queries.edits(session, profile)
    return BusinessChain(chain=CHAINS[profile].edited(edits), is_own=bool(edits))


def change(session: Session, viewer: Viewer, profile: Profile, edits: Sequence[LinkEdit], now: datetime) -> None:
    """Describe the profile's links; raises InputError for what no link can be. The first link has no rate: it is where one begins."""
    require_role(viewer, {Role.ADMIN})
    before = chain_of(session, profile)
    after = before.edited([_checked(edit, before) for edit in edits])
    if not after.links[0].is_controllable:
        raise InputError("A chain begins with something an agent can decide to do.", code="first_link_in_hand")
    changed = [new.key for old, new in zip(before.links, after.links, strict=True) if old != new]
    if changed:
        writes.replace_links(session, profile, after.links)
        _note(session, viewer, profile, {"links": changed}, now)


def reset(session: Session, viewer: Viewer, profile: Profile, now: datetime) -> None:
    """Put the product's own links back."""
    require_role(viewer, {Role.ADMIN})
    if queries.edits(session, profile):
        writes.replace_links(session, profile, ())
        _note(session, viewer, profile, {"links": "default"}, now)


def _checked(edit: LinkEdit, chain: Chain) -> LinkEdit:
    if edit.key not in chain.keys:
        raise InputError(f"There is no link “{edit.key[:40]}” in this chain.", code="unknown_link")
    name = edit.name.strip() if edit.name is not None else None
    if name is not None and not 0 < len(name) <= LONGEST_NAME:
        raise InputError(f"A link's name has 1 to {LONGEST_NAME} characters.", code="link_name")
    if edit.rate is not None and not 0 < edit.rate <= 1:
        raise InputError(f"{name or edit.key}: name a share above 0 and up to 100 %.", code="link_rate")
    if edit.minutes is not None and not 0 <= edit.minutes <= MOST_MINUTES:
        raise InputError(f"{name or edit.key}: name minutes from 0 to {MOST_MINUTES:,}.", code="link_minutes")
    if edit.spend_minor is not None and not 0 <= edit.spend_minor <= MOST_MINOR:
        raise InputError(f"{name or edit.key}: name a cost from 0.", code="link_cost")
    return LinkEdit(
        key=edit.key, name=name, is_controllable=edit.is_controllable, rate=edit.rate, minutes=edit.minutes, spend_minor=edit.spend_minor
    )


def _note(session: Session, viewer: Viewer, profile: Profile, details: Mapping[str, object], now: datetime) -> None:
    author = None if viewer.is_program else viewer.person_id
    record(session, person_id=author, action=Action.CHAIN_CHANGED, subject=f"chain:{profile}", details=details, at=now)
