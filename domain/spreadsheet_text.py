"""Text in files that spreadsheets open: what a spreadsheet would run as a formula is marked as text, and read back unmarked."""

from typing import Final

MARK: Final = "'"
_STARTERS: Final = frozenset("=+-@|\t\r\n\0＝＋－＠" + MARK)
"""Signs at which a spreadsheet may start to compute; the mark itself, so that reading back is exact."""


def marked(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would take it for a formula."""
    return MARK + text if text.lstrip(" \u00a0")[:1] in _STARTERS and text.strip(" \u00a0") else text


def unmarked(text: str) -> str:
    """The text as it was before `marked`; an apostrophe that belongs to the text stays."""
    marked_before = text.startswith(MARK) and text[1:].lstrip(" \u00a0")[:1] in _STARTERS and text[1:].strip(" \u00a0")
    return text[1:] if marked_before else text
