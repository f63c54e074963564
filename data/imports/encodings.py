"""Which encoding a text file is in: marks first, then strict UTF-8, then the shape of its high bytes."""

import codecs
from itertools import pairwise
from typing import Final

ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1251", "cp1250", "mac_roman", "shift_jis", "gb18030")
"""What a person can choose from; the first five and mac_roman are detected."""
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE: Final = 1 << 18
_DAMAGE: Final = 0.05
"""Share of the non-ASCII characters that may be broken in a file that is UTF-8 all the same."""
_HIGH, _WESTERN_CONTROLS, _WESTERN_LETTERS = 0x80, 0xA0, 0xC0
"""Where bytes beyond ASCII begin, where cp1252 and mac_roman part, and where cp1252 has its letters."""
_CP1252_MARKS: Final = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99")
"""Euro sign, quotes, dashes: what cp1252 has where mac_roman has letters."""


def without_mark(content: bytes, encoding: str) -> bytes:
    """The content without its byte-order mark."""
    for mark, name in _MARKS:
        if name == encoding and content.startswith(mark):
            return content[len(mark) :]
    return content


def detected(content: bytes) -> str:
    """The most likely of the known encodings."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    return marked or _wide(content[:_SAMPLE]) or _utf8(content) or _single_byte(content[:_SAMPLE])


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as NUL in every other byte of plain letters."""
    if len(sample) < len("ab") * 2:
        return None
    half = len(sample) / 2
    if sample[1::2].count(0) > half * 0.3 and sample[0::2].count(0) < half * 0.05:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.3 and sample[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return None


def _utf8(content: bytes) -> str | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content[:_SAMPLE].decode("utf-8", "replace")
        foreign = [character for character in text if character > "\x7f"]
        return "utf-8" if foreign.count("\ufffd") < len(foreign) * _DAMAGE else None
    return "utf-8"


def _single_byte(sample: bytes) -> str:
    """Cyrillic words are high bytes side by side; accented letters of western words stand alone."""
    high = [position for position, byte in enumerate(sample) if byte >= _HIGH]
    if not high:
        return "utf-8"
    beside = sum(1 for before, after in pairwise(high) if after == before + 1)
    if beside > len(high) / 2:
        return "cp1251"
    bytes_ = [sample[position] for position in high]
    low_letters = sum(1 for byte in bytes_ if byte < _WESTERN_CONTROLS and byte not in _CP1252_MARKS)
    western = sum(1 for byte in bytes_ if byte >= _WESTERN_LETTERS)
    return "mac_roman" if low_letters > western else "cp1252"
