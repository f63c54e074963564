"""Channels: where messages reach people, teams and administrators outside the product.

A person looks after their own and nobody else does, managers after their teams', admins after every team's and the installation's.
"""

from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import case, func, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, ChannelKind, DeliveryResult, MessageStatus, OutboxMessage, Team
from data.queries import channels as queries
from data.queries import choices
from domain.errors import AccessError, ConflictError, NotFoundError
from domain.records import Role
from services import audit
from services.access import Viewer
from services.audit import Action
from services.channel_input import ChannelDetails, NewChannel, require_usable
from services.sealing import Seal
from services.senders import Senders

__all__ = ["LOG_LINES", "MOST", "ChannelEntry", "ChannelKind", "DeliveryResult", "LogLine"]
ChannelEntry: TypeAlias = queries.ChannelEntry
LogLine: TypeAlias = queries.LogLine
MOST: Final = 10
"""Channels an owner may have; more would be a mistake, or somebody else's way to be flooded."""
LOG_LINES: Final = 25


def own(session: Session, viewer: Viewer, seal: Seal) -> list[ChannelEntry]:
    """The viewer's own channels."""
    return queries.entries(session, queries.personal(viewer.scope), seal.opens)


def shared(session: Session, viewer: Viewer, seal: Seal) -> list[ChannelEntry]:
    """Channels of teams, and for admins of the installation, that the viewer looks after."""
    return queries.entries(session, queries.shared(viewer.scope), seal.opens)


def teams(session: Session, viewer: Viewer) -> dict[int, str]:
    """The teams the viewer may give a channel to: names by id."""
    return choices.teams_in_scope(session, viewer.scope)


def log(session: Session, viewer: Viewer, channel_id: int) -> list[LogLine]:
    """The last tries by a channel, newest first; NotFoundError for one that is not the viewer's to see."""
    _visible(session, viewer, channel_id)
    return queries.log(session, viewer.scope, channel_id, limit=LOG_LINES)


def add(session: Session, viewer: Viewer, senders: Senders, new: NewChannel, now: datetime) -> int:
    """Add a channel and return its id; its address is sealed and cannot be read again."""
    _require_owner(session, viewer, new)
    require_usable(viewer, senders, new.kind, new.address)
    if queries.count_of(session, person_id=new.person_id, team_id=new.team_id) >= MOST:
        raise ConflictError(f"There are {MOST} channels here already. Remove one first.", code="too_many_channels")
    made = Channel(
        kind=new.kind,
        person_id=new.person_id,
        team_id=new.team_id,
        label=new.label,
        sealed_address=senders.seal.close(new.address),
        created_at=now,
    )
    session.add(made)
    session.flush()
    channel_id = made.id or 0
    _note(session, viewer, Action.CHANNEL_ADDED, channel_id, now, kind=new.kind.value, person=new.person_id, team=new.team_id)
    return channel_id


def change(session: Session, viewer: Viewer, channel_id: int, details: ChannelDetails, now: datetime) -> None:
    """Rename a channel, or switch it off or on; what waits for one that is off stays until it expires."""
    channel = _locked(session, viewer, channel_id)
    changed = [field for field, value in details.model_dump().items() if getattr(channel, field) != value]
    channel.label, channel.active = details.label, details.active
    if changed:
        _note(session, viewer, Action.CHANNEL_CHANGED, channel_id, now, fields=changed)


def mend(session: Session, viewer: Viewer, senders: Senders, channel_id: int, *, address: str | None, now: datetime) -> None:
    """Send by the channel again, to another address when one is given; what waits goes out now, each with fresh tries.

    What is typed shows nothing about whose it is: a chat that had been connected is not any more.
    """
    channel = _locked(session, viewer, channel_id)
    if address is not None:
        require_usable(viewer, senders, channel.kind, address)
        channel.sealed_address, channel.chat_digest = senders.seal.close(address), None
    take_up_again(session, channel, now)
    _note(session, viewer, Action.CHANNEL_CHANGED, channel_id, now, fields=["address"] if address is not None else ["broken"])


def take_up_again(session: Session, channel: Channel, now: datetime) -> None:
    """The channel works: forget why it did not, and try what waits at once; what is held back for quiet hours stays held back."""
    channel.broken_at, channel.broken_reason, channel.not_before = None, "", None
    waiting = (col(OutboxMessage.channel_id) == channel.id) & (col(OutboxMessage.status) == MessageStatus.WAITING)
    at = case((col(OutboxMessage.attempts) > 0, now), else_=func.greatest(col(OutboxMessage.try_at), now))
    session.execute(update(OutboxMessage).where(waiting).values(attempts=0, try_at=at))


def remove(session: Session, viewer: Viewer, channel_id: int, now: datetime) -> None:
    """Take a channel away, with what waits for it and its log."""
    session.delete(_locked(session, viewer, channel_id))
    _note(session, viewer, Action.CHANNEL_REMOVED, channel_id, now)


def _require_owner(session: Session, viewer: Viewer, new: NewChannel) -> None:
    """Raise unless the viewer may add a channel for this owner, and the owner exists."""
    is_admin = viewer.role is Role.ADMIN
    if new.person_id is not None and new.team_id is not None:
        raise ConflictError("A channel belongs to a person or to a team, not to both.")
    if new.person_id is not None:
        if new.person_id != viewer.person_id:
            raise NotFoundError("There is no such person.")
    elif new.team_id is not None:
        if new.team_id not in viewer.team_ids and not (is_admin and session.get(Team, new.team_id) is not None):
            raise NotFoundError("There is no such team.")
    elif not is_admin:
        raise AccessError("Only administrators add channels for the whole company.")


def _visible(session: Session, viewer: Viewer, channel_id: int) -> Channel:
    return _found(queries.channel(session, viewer.scope, channel_id))


def _locked(session: Session, viewer: Viewer, channel_id: int) -> Channel:
    return _found(queries.channel(session, viewer.scope, channel_id, lock=True))


def _found(channel: Channel | None) -> Channel:
    if channel is None:
        raise NotFoundError("There is no such channel.")
    return channel


def _note(session: Session, viewer: Viewer, action: Action, channel_id: int, now: datetime, **details: object) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"channel:{channel_id}", details=details, at=now)
