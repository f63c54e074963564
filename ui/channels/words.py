"""How channels and tries are called on screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.channels import ChannelEntry, ChannelKind, DeliveryResult


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """A kind of channel as people know it."""

    name: str
    icon: str
    field: str
    """What its address is called."""
    placeholder: str
    how: str
    """Where the address comes from."""


KINDS: Final[Mapping[ChannelKind, KindWords]] = {
    ChannelKind.SLACK: KindWords(
        name="Slack",
        icon="tag",
        field="Webhook",
        placeholder="The address Slack shows for the webhook",
        how="In Slack, add an incoming webhook to the channel you want and paste its address here.",
    ),
    ChannelKind.TELEGRAM: KindWords(
        name="Telegram",
        icon="send",
        field="Chat",
        placeholder="123456789",
        how="For a chat of your own press “Connect Telegram” on Your account instead. For a group, let your company's bot in and enter the "
        "group's number.",
    ),
    ChannelKind.APPRISE: KindWords(
        name="Phone, e-mail, Discord, Teams",
        icon="notifications_active",
        field="Address",
        placeholder="ntfys://my-secret-topic",
        how="A webhook of Discord or Teams as it is shown there; `ntfys://a-secret-topic` for the ntfy app; "
        "`pover://user-key@app-token` for Pushover. Administrators may also enter `mailtos://…`, `ntfys://own-server/topic` and "
        "`jsons://own-server/path`.",
    ),
    ChannelKind.NULL: KindWords(
        name="Nowhere (development)",
        icon="block",
        field="Note",
        placeholder="",
        how="Takes every message and sends nothing. For trying things out.",
    ),
}

RESULTS: Final[Mapping[DeliveryResult, str]] = {
    DeliveryResult.SENT: "Arrived",
    DeliveryResult.RETRY: "Tried, again later",
    DeliveryResult.REFUSED: "Refused",
    DeliveryResult.EXPIRED: "Too old to send",
    DeliveryResult.LOST: "Interrupted, sent again",
}


def state_badge(channel: ChannelEntry) -> str:
    """Icon, word and colour of how a channel fares."""
    if channel.broken_at is not None or not channel.is_readable:
        return ":red-badge[:material/error: Does not work]"
    if not channel.active:
        return ":gray-badge[:material/pause: Switched off]"
    return ":green-badge[:material/check: Switched on]"
