"""Channels within the viewer's scope, how they fare, and the log of what was tried by them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, ChannelKind, Delivery, DeliveryResult, MessageStatus, OutboxMessage, Team
from domain.access import Scope
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEntry:
    """A channel as its owner sees it; the address is not part of it."""

    channel_id: int
    kind: ChannelKind
    label: str
    person_id: int | None
    team_id: int | None
    team_name: str | None
    active: bool
    broken_at: datetime | None
    broken_reason: str
    waiting: int
    """Messages that have not gone out yet."""
    is_readable: bool
    """False when the address was sealed with another secret than the present one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One try to deliver one message."""

    attempted_at: datetime
    title: str
    result: DeliveryResult
    detail: str
    took_ms: int


def within(scope: Scope) -> ColumnElement[bool]:
    """Whether a channel is the viewer's to see and change: their own, those of teams they manage, for admins all that is nobody's own.

    Whoever could turn somebody's own channel elsewhere, or read its log, would read their inbox.
    """
    match scope.role:
        case Role.ADMIN:
            return or_(col(Channel.person_id) == scope.viewer_id, col(Channel.person_id).is_(None))
        case Role.MANAGER:
            return or_(col(Channel.person_id) == scope.viewer_id, col(Channel.team_id).in_(sorted(scope.team_ids)))
        case Role.AGENT:
            return col(Channel.person_id) == scope.viewer_id
    return false()


def personal(scope: Scope) -> ColumnElement[bool]:
    """The viewer's own channels."""
    return col(Channel.person_id) == scope.viewer_id


def shared(scope: Scope) -> ColumnElement[bool]:
    """Channels of teams and of the installation, as far as the viewer looks after them."""
    return within(scope) & col(Channel.person_id).is_(None)


def entries(session: Session, wanted: ColumnElement[bool], can_open: Callable[[str], bool]) -> list[ChannelEntry]:
    """The channels: the installation's, then team by team, in the order they were added; `can_open` tries a sealed address."""
    pending = (
        select(func.count())
        .where(
            col(OutboxMessage.channel_id) == col(Channel.id), col(OutboxMessage.status).in_((MessageStatus.WAITING, MessageStatus.SENDING))
        )
        .correlate(Channel)
        .scalar_subquery()
    )
    query = select(Channel, col(Team.name), pending).outerjoin(Team, col(Team.id) == col(Channel.team_id)).where(wanted)
    rows = session.execute(query.order_by(col(Team.name).nulls_first(), col(Channel.id)))
    return [_entry(channel, team_name, waiting, is_readable=can_open(channel.sealed_address)) for channel, team_name, waiting in rows]


def channel(session: Session, scope: Scope, channel_id: int, *, lock: bool = False) -> Channel | None:
    """One channel within the scope, locked against other changes when it is to be changed."""
    query = select(Channel).where(col(Channel.id) == channel_id, within(scope))
    return session.scalar(query.with_for_update(key_share=True) if lock else query)


def count_of(session: Session, *, person_id: int | None, team_id: int | None) -> int:
    """How many channels an owner has."""
    owner = col(Channel.person_id).is_not_distinct_from(person_id) & col(Channel.team_id).is_not_distinct_from(team_id)
    return session.scalar(select(func.count()).select_from(Channel).where(owner)) or 0


def log(session: Session, scope: Scope, channel_id: int, *, limit: int) -> list[LogLine]:
    """The last tries of a channel within the scope, newest first."""
    recent = (
        select(col(OutboxMessage.id), col(OutboxMessage.title))
        .join(Channel, col(Channel.id) == col(OutboxMessage.channel_id))
        .where(col(OutboxMessage.channel_id) == channel_id, within(scope))
        .order_by(col(OutboxMessage.id).desc())
        .limit(limit)
        .subquery("recent")
    )
    query = select(Delivery, recent.c.title).join(recent, recent.c.id == col(Delivery.message_id))
    return [
        LogLine(attempted_at=row.attempted_at, title=title, result=row.result, detail=row.detail, took_ms=row.took_ms)
        for row, title in session.execute(query.order_by(col(Delivery.id).desc()).limit(limit))
    ]


def _entry(channel: Channel, team_name: str | None, waiting: int, *, is_readable: bool) -> ChannelEntry:
    return ChannelEntry(
        channel_id=channel.id or 0,
        kind=channel.kind,
        label=channel.label,
        person_id=channel.person_id,
        team_id=channel.team_id,
        team_name=team_name,
        active=channel.active,
        broken_at=channel.broken_at,
        broken_reason=channel.broken_reason,
        waiting=waiting,
        is_readable=is_readable,
    )
