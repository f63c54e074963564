"""What somebody asks the bot: a word after a stroke, and the rest."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SHAPE: Final = re.compile(r"/([A-Za-z]+)(?:_([0-9]{1,18}))?(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
"""Telegram makes a link of everything after the stroke up to a sign that is none of these; `@name` is the bot that is meant."""


class Command(StrEnum):
    """What the bot does when asked."""

    START = "start"
    STOP = "stop"
    TODAY = "today"
    DEALS = "deals"
    LOG = "log"
    UNDO = "undo"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command with what was said about it; None for words that are none."""

    command: Command | None
    number: int | None = None
    """What follows the command in one word: 12 of `/undo_12`."""
    rest: str = ""


def asked(text: str) -> Asked:
    """What a message asks for."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        return Asked(command=None, rest=text.strip())
    word, number, rest = found.groups()
    command = next((each for each in Command if each.value == word.casefold()), None)
    return Asked(command=command, number=int(number) if number else None, rest=(rest or "").strip())
