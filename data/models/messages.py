"""What people are told: the inbox, the channels it goes out by, the outbox and every try to deliver."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of


class Urgency(StrEnum):
    """How much a message presses."""

    INFO = "info"
    WARNING = "warning"
    URGENT = "urgent"


class ChannelKind(StrEnum):
    """The ways out. `apprise` stands for e-mail, ntfy, Pushover, Discord and Teams; `null` swallows everything, for development."""

    SLACK = "slack"
    TELEGRAM = "telegram"
    APPRISE = "apprise"
    NULL = "null"


class MessageStatus(StrEnum):
    """Where a message stands. `expired` was not worth sending any more; `refused` will never be accepted by its channel."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    EXPIRED = "expired"
    REFUSED = "refused"


class DeliveryResult(StrEnum):
    """How one try to deliver ended. `lost` is a try whose worker died: the message may have arrived."""

    SENT = "sent"
    RETRY = "retry"
    REFUSED = "refused"
    EXPIRED = "expired"
    LOST = "lost"


class Notification(SQLModel, table=True):
    """Something one person should know, kept in their inbox; written in the transaction of its cause."""

    __tablename__: ClassVar[str] = "notification"
    __table_args__ = (
        CheckConstraint(one_of("urgency", Urgency), name="known_urgency"),
        Index("uq_notification_dedupe", "dedupe_key", unique=True),
        Index("ix_notification_person", "person_id", text("id DESC")),
        Index("ix_notification_unread", "person_id", postgresql_where=text("read_at IS NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    kind: str = Field(max_length=40)
    urgency: Urgency = Field(default=Urgency.INFO, sa_column=Column(Word(Urgency), nullable=False))
    title: str = Field(max_length=200)
    body: str = blank(4_000)
    link: str = blank(300)
    """The address inside the product it leads to, such as `/overview?team=3`."""
    dedupe_key: str = Field(max_length=200)
    """Names the cause and the recipient; the same cause told twice is one notification."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Channel(SQLModel, table=True):
    """A way to reach a person, a team, or (with neither) the administrators, outside the product."""

    __tablename__: ClassVar[str] = "channel"
    __table_args__ = (
        CheckConstraint(one_of("kind", ChannelKind), name="known_kind"),
        CheckConstraint("person_id IS NULL OR team_id IS NULL", name="one_owner"),
        Index("ix_channel_person", "person_id"),
        Index("ix_channel_team", "team_id"),
        Index("uq_channel_chat", "chat_digest", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: ChannelKind = Field(sa_column=Column(Word(ChannelKind), nullable=False))
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    label: str = Field(max_length=120)
    """What its owner calls it; shows no part of the address that would let somebody send."""
    sealed_address: str = blank(4_000)
    """Webhook, chat or Apprise URL, encrypted with the installation's secret."""
    chat_digest: str | None = Field(default=None, max_length=64)
    """A keyed hash of the chat in Telegram that showed itself to be the person's; None where an address was only typed."""
    active: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    broken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when the other side refuses for good; nothing is sent until somebody mends it."""
    broken_reason: str = blank(200)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The other side asked for a pause until then."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class OutboxMessage(SQLModel, table=True):
    """A message on its way out by one channel; written in the transaction of its cause, sent by the jobs process."""

    __tablename__: ClassVar[str] = "outbox_message"
    __table_args__ = (
        CheckConstraint(one_of("status", MessageStatus), name="known_status"),
        CheckConstraint(one_of("urgency", Urgency), name="known_urgency"),
        CheckConstraint("(status = 'sending') = (owner IS NOT NULL AND lease_until IS NOT NULL)", name="sending_is_owned"),
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sending_dated"),
        Index("uq_outbox_message_dedupe", "dedupe_key", unique=True),
        Index("ix_outbox_message_pending", "channel_id", "id", postgresql_where=text("status IN ('waiting', 'sending')")),
        Index("ix_outbox_message_expiring", "expires_at", postgresql_where=text("status IN ('waiting', 'sending')")),
        Index("ix_outbox_message_channel", "channel_id", "id"),
        Index("ix_outbox_message_created", "created_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    channel_id: int = Field(foreign_key="channel.id", ondelete="CASCADE")
    notification_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="notification.id", ondelete="SET NULL", index=True)
    dedupe_key: str = Field(max_length=240)
    kind: str = Field(max_length=40)
    urgency: Urgency = Field(default=Urgency.INFO, sa_column=Column(Word(Urgency), nullable=False))
    title: str = Field(max_length=200)
    body: str = blank(20_000)
    link: str = blank(300)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    """What the kind of channel can show beyond words, such as Slack's fields."""
    status: MessageStatus = Field(default=MessageStatus.WAITING, sa_column=Column(Word(MessageStatus), nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    try_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    owner: str | None = Field(default=None, max_length=80)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Delivery(SQLModel, table=True):
    """One try to deliver a message, and what the other side said."""

    __tablename__: ClassVar[str] = "delivery"
    __table_args__ = (
        CheckConstraint(one_of("result", DeliveryResult), name="known_result"),
        Index("ix_delivery_message", "message_id", "id"),
        Index("ix_delivery_attempted", "attempted_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    message_id: int = Field(sa_type=BigInteger, foreign_key="outbox_message.id", ondelete="CASCADE")
    attempted_at: datetime = Field(sa_type=UtcDateTime)
    result: DeliveryResult = Field(sa_column=Column(Word(DeliveryResult), nullable=False))
    detail: str = blank(200)
    """The other side's status and word, such as `429` or `404 no_service`; never an address."""
    took_ms: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
