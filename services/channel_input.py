"""What somebody says about a channel, checked before anything is stored."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from data.models import ChannelKind
from domain.errors import AccessError, InputError
from domain.records import Role
from integrations.apprise_sender import Reach, reach
from integrations.slack import SlackSender
from integrations.telegram import TelegramSender
from services.access import Viewer
from services.activity_input import Words
from services.inputs import validated
from services.senders import Senders

LONGEST_ADDRESS: Final = 2_000
Address = Annotated[Words, StringConstraints(max_length=LONGEST_ADDRESS)]
Label = Annotated[Words, Field(min_length=1, max_length=120)]


class NewChannel(BaseModel):
    """A channel to add; with neither person nor team it belongs to the administrators."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    kind: ChannelKind
    label: Label
    address: Address = ""
    person_id: int | None = None
    team_id: int | None = None


class ChannelDetails(BaseModel):
    """What can be changed about a channel."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    label: Label
    active: bool


def new_channel(**fields: object) -> NewChannel:
    """The channel to add; raises InputError that names the field."""
    return validated(NewChannel, fields)


def channel_details(**fields: object) -> ChannelDetails:
    """The channel as it should be after an edit; raises InputError that names the field."""
    return validated(ChannelDetails, fields)


def require_usable(viewer: Viewer, senders: Senders, kind: ChannelKind, address: str) -> None:
    """Raise an InputError that says what an address of this kind looks like, or an AccessError for a host only admins may name."""
    sender = senders.by_kind.get(kind)
    if sender is None:
        raise InputError("Telegram is not set up here. Ask your administrator to set PACESETTER_TELEGRAM_TOKEN.", code="channel_not_set_up")
    if len(address) > LONGEST_ADDRESS:
        raise InputError(f"Address: at most {LONGEST_ADDRESS:,} characters.")
    match sender:
        case SlackSender() if not sender.accepts(address):
            raise InputError(f"Address: a Slack webhook begins with {sender.base}/ and is shown by Slack when you add it to a channel.")
        case TelegramSender() if not sender.accepts(address):
            raise InputError("Address: a Telegram chat is a number, such as 123456789, or a public name, such as @our_team.")
    if kind is ChannelKind.APPRISE:
        _require_listed(viewer, address)


def _require_listed(viewer: Viewer, address: str) -> None:
    where = reach(address)
    if where is Reach.NOWHERE:
        raise InputError("Address: use one of the forms shown, such as ntfys://my-secret-topic or a Discord or Teams webhook.")
    if where is Reach.OWN_HOST and viewer.role is not Role.ADMIN:
        raise AccessError("Only administrators may add an address with a server of its own. Ask yours, or use one of the other forms.")
