"""Words and signs on screen: other people's text made harmless, and a status as icon, word and colour together."""

import re
from typing import Final, Literal, TypeAlias

from domain.metrics.status import Status, Tone

BadgeColor: TypeAlias = Literal["green", "orange", "red", "gray"]

_BIDI: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Direction marks that could make the rest of a line read backwards."""
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Unicode's control characters and its separators of lines and paragraphs."""
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@^=\"'/])")
_LINK_START: Final = re.compile(r"(?i)(https?|ftp|www)(?=[:.])")
_SHORTCODE: Final = re.compile(r":(?=[\w+/\-]+[:\[])")
_UNIT: Final = re.compile(r"(?<=\d) (?=%|★|(?:h|min|s)\b)")
"""The space before a figure's unit."""
_FAST: Final = "\u00a0"
"""A space no line breaks at: on a phone "8.8" would end one and "%" begin the next."""
_JOINER: Final = "\u2060"
"""Invisible and not a space: it keeps a text from being read as a link or an icon, and changes nothing to the eye."""

_COLORS: Final[dict[Tone, BadgeColor]] = {Tone.GOOD: "green", Tone.WARNING: "orange", Tone.BAD: "red", Tone.QUIET: "gray"}


def plain(text: str, *, limit: int = 300) -> str:
    """The text as literal words inside markdown: no formatting, link, image, icon, formula or reversed writing comes out of it.

    A figure stays on one line with its unit.
    """
    visible = _UNIT.sub(_FAST, _CONTROL.sub(" ", _BIDI.sub("", text)))
    shown = visible if len(visible) <= limit else visible[: limit - 1] + "…"
    inert = _LINK_START.sub(rf"\1{_JOINER}", _SHORTCODE.sub(f":{_JOINER}", shown))
    return _MARKDOWN.sub(r"\\\1", inert)


def tone_color(tone: Tone) -> BadgeColor:
    """The palette's name of the colour; grey means that there is no verdict."""
    return _COLORS[tone]


def status_text(status: Status) -> str:
    """The status in markdown: its icon, its word and its colour together."""
    return f":{tone_color(status.tone)}-badge[:material/{status.icon}: {status.word}]"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 call`, `2 calls`, `1,200 calls`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
