"""When to try, and when to stop trying."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol
from zlib import crc32

from data.models import ChannelKind
from integrations.sender import Retry

LEASE: Final = timedelta(seconds=60)
"""How long a worker may be silent about a message before another takes over: six times what a sending may take."""
PACE: Final[Mapping[ChannelKind, timedelta]] = {
    ChannelKind.SLACK: timedelta(seconds=1),
    ChannelKind.TELEGRAM: timedelta(seconds=1),
    ChannelKind.APPRISE: timedelta(seconds=1),
    ChannelKind.NULL: timedelta(0),
}
"""The least time between two messages to one channel: Slack and Telegram take about one a second per webhook and chat."""
FIRST_PAUSE: Final = timedelta(seconds=2)
LONGEST_PAUSE: Final = timedelta(minutes=5)
"""A receiver that is back is noticed within minutes, however long it was away."""
LONGEST_WISH: Final = timedelta(hours=1)
"""A receiver may ask for a pause, not for silence: a longer one is asked for again."""
DOUBLINGS: Final = 8
"""More would pass the longest pause anyway."""
GIVE_UP_AFTER: Final = timedelta(days=3)
"""Longer than a weekend's outage; by then somebody must look at the channel."""
LEAST_TRIES: Final = 10
"""A message that waited for days, and was tried a few times only, gets its chance when the channel is mended."""


class Tried(Protocol):
    """What the rules need to know of a message."""

    @property
    def message_id(self) -> int: ...  # noqa: D102
    @property
    def attempt(self) -> int: ...  # noqa: D102
    @property
    def created_at(self) -> datetime: ...  # noqa: D102


def pause_after(answer: Retry, tried: Tried) -> timedelta:
    """What the other side asked for, at most an hour; else twice as long after each try, at most five minutes.

    Messages that failed together do not come back together.
    """
    if answer.after is not None:
        return min(max(answer.after, FIRST_PAUSE / 2), LONGEST_WISH)
    longest: timedelta = min(FIRST_PAUSE * (1 << min(tried.attempt, DOUBLINGS)), LONGEST_PAUSE)
    return longest * (0.5 + _spread(tried) / 2)


def given_up(tried: Tried, now: datetime) -> bool:
    """Whether a message has been tried often enough and long enough to say that its channel is broken."""
    return tried.attempt >= LEAST_TRIES and now - tried.created_at > GIVE_UP_AFTER


def _spread(tried: Tried) -> float:
    """From 0 to 1, even over many messages and tries, and the same whenever asked."""
    return crc32(f"{tried.message_id}:{tried.attempt}".encode()) / 0xFFFFFFFF
