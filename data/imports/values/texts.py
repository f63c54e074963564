"""Text made safe to store and show: one Unicode form, no control or direction-changing characters, nothing guessed into NULL."""

import re
import unicodedata
from typing import Final

from domain.spreadsheet_text import unmarked

_NEEDS_CARE: Final = re.compile("[^ -~]|^'|^ | $")
_CONTROLS: Final = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2060\ufeff]")
_DIRECTIONS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Marks that reorder what is shown, and invisible tags that carry hidden text."""
_SPACES: Final = re.compile(r"\s+")
_MOJIBAKE: Final = re.compile("[\u00a0-\u017f\u2000-\u206f\u20a0-\u20bf\u2122\U0001f000-\U0001ffff\ufe0f\x00-\x7f]*")
"""What text that went through the wrong encoding turns out to be: accents, punctuation, currency signs, emoji."""
SPREADSHEET_ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
DAMAGED: Final = "\ufffd"


def one_line(value: str) -> str:
    """The text on one line, without what cannot be stored or would deceive; "NA" and "null" stay what they are."""
    if not _NEEDS_CARE.search(value):
        return value
    return _SPACES.sub(" ", _cleaned(value)).strip()


def paragraphs(value: str) -> str:
    """The same with line breaks and tabs kept, for notes."""
    return _cleaned(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _cleaned(value: str) -> str:
    repaired = _repaired(unmarked(value))
    return unicodedata.normalize("NFC", _DIRECTIONS.sub("", _CONTROLS.sub("", repaired)))


def _repaired(value: str) -> str:
    """UTF-8 that somebody read as mac_roman, as it was meant (a known fault of spreadsheets); other text unchanged."""
    if value.isascii():
        return value
    try:
        meant = value.encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return value
    return meant if _MOJIBAKE.fullmatch(meant) else value


def key(value: str) -> str:
    """What two spellings of one thing share: letter case, spaces at the ends and between words, and Unicode form do not count."""
    return _SPACES.sub(" ", one_line(value)).casefold()


def header_name(value: str) -> str:
    """A column's name as shown and matched, at most 200 characters."""
    return one_line(value)[:200]


def letters(value: str) -> str:
    """Only letters and digits, lower case: `GTX Pro` and `GTXPro` share it."""
    return "".join(character for character in key(value) if character.isalnum())


def refuse_unreadable(value: str) -> None:
    """Raise ValueError for a spreadsheet's error or a character the file's encoding lost."""
    if "#" in value[:2] and value.strip().upper() in SPREADSHEET_ERRORS:
        raise ValueError(f"The cell holds the spreadsheet error {value.strip().upper()}, not a value.")
    if DAMAGED in value:
        raise ValueError("A character could not be read. Choose the file's encoding, or export it as UTF-8.")
