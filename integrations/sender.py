"""What every way out has in common: a message goes in, and one of three answers comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol, TypeAlias

SEND_SECONDS: Final = 10.0
"""The longest one sending may take, from the first byte to the last; far below the lease of the outbox."""
LONGEST_DETAIL: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What to say, as plain text: each sender escapes it for its own receiver."""

    title: str
    body: str = ""
    link: str = ""
    """A full address that opens the product where the message leads; empty when it leads nowhere."""
    is_urgent: bool = False
    dedupe_key: str
    """The same for every try to deliver this message; handed on where the receiver can use it."""
    content: Mapping[str, object] = field(default_factory=dict)
    """What some receivers show beyond words: `fields`, a list of name and value; `sections` in place of the body, each with a head, words
    and the full address it leads to; `html`, a whole document for mail programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The other side has it."""

    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Not now; `after` is the pause the other side asked for, None when it gave none."""

    after: timedelta | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Never: trying again changes nothing."""

    reason: str
    """A sentence for the channel's owner that says what to do."""
    detail: str = ""
    breaks_channel: bool = True
    """False when only this message was at fault, and the next may well arrive."""


Answer: TypeAlias = Sent | Retry | Refused


class Sender(Protocol):
    """One way out. It raises nothing for what goes wrong on the other side, and never tells an address in its answer."""

    def send(self, address: str, message: Message) -> Answer:
        """Try once to deliver, within `SEND_SECONDS`."""
