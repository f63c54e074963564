"""Words on their way into somebody else's mark-up."""

import re
from collections.abc import Iterator
from typing import Final

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs nobody means: control characters, marks that make text read backwards, halves of characters."""
LAST_OF_ONE: Final = 0xFFFF
"""Characters beyond it are two units of UTF-16."""


def readable(words: str) -> str:
    """The words without signs that receivers refuse or that would make the rest read backwards; line breaks stay."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def escaped(words: str) -> str:
    """The words as Slack's mrkdwn and Telegram's HTML show them literally: no link, mention or tag comes out of them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(words: str, longest: int) -> str:
    """At most so many characters, with an ellipsis where some are missing."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def pieces(words: str, longest: int) -> Iterator[str]:
    """The words in pieces of at most `longest` units of UTF-16, broken at a blank line, else at a line's end, else at a space."""
    rest = words.strip()
    while units(rest) > longest:
        room = _prefix(rest, longest)
        at = next((place for sign in ("\n\n", "\n", " ") if (place := room.rfind(sign)) > 0), len(room))
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


def units(words: str) -> int:
    """The length as Telegram counts it: an emoji is two."""
    return sum(map(_units_of, words))


def _units_of(sign: str) -> int:
    return 2 if ord(sign) > LAST_OF_ONE else 1


def _prefix(words: str, longest: int) -> str:
    """As much of the beginning as fits."""
    taken = 0
    for place, sign in enumerate(words):
        taken += _units_of(sign)
        if taken > longest:
            return words[:place]
    return words
