"""Words of the content calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from domain.coaching.content_kinds import PostChannel

CHANNEL_NAMES: Final[Mapping[PostChannel, str]] = {
    PostChannel.LINKEDIN: "LinkedIn",
    PostChannel.FACEBOOK: "Facebook",
    PostChannel.INSTAGRAM: "Instagram",
    PostChannel.EMAIL: "Newsletter or e-mail",
    PostChannel.VIDEO: "Video",
    PostChannel.OTHER: "Elsewhere",
}


def day_words(day: date) -> str:
    """`Tue 10 Mar`."""
    return f"{day:%a} {day.day} {day:%b}"
