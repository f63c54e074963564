"""The ways out of this installation, made from its settings by whoever sends: the jobs process, and a screen's test button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from data.models import ChannelKind
from integrations.apprise_sender import AppriseSender
from integrations.null import NullSender
from integrations.sender import Sender
from integrations.slack import SlackSender
from integrations.telegram import TelegramSender
from services.delivery_rules import PACE
from services.sealing import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """A sender for each kind of channel, and what all of them need."""

    by_kind: Mapping[ChannelKind, Sender]
    seal: Seal
    product_address: str
    """Where people open the product; links in messages begin with it."""
    pace: Mapping[ChannelKind, timedelta] = field(default_factory=lambda: PACE)
    """The least time between two messages to one channel."""

    def has(self, kind: ChannelKind) -> bool:
        """Whether this installation can send by this kind of channel."""
        return kind in self.by_kind


def senders(*, secret: str, product_address: str, slack_base: str, telegram_base: str, telegram_token: str | None) -> Senders:
    """The senders these settings allow: Telegram needs a bot's token."""
    by_kind: dict[ChannelKind, Sender] = {
        ChannelKind.SLACK: SlackSender(slack_base),
        ChannelKind.APPRISE: AppriseSender(),
        ChannelKind.NULL: NullSender(),
    }
    if telegram_token:
        by_kind[ChannelKind.TELEGRAM] = TelegramSender(telegram_base, telegram_token)
    return Senders(by_kind=by_kind, seal=Seal(secret), product_address=product_address.rstrip("/"))
