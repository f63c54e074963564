"""Fonts of PDF files: letters that Source Sans lacks are taken from the Asian fonts every PDF reader knows, or said to be missing."""

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib import resources
from itertools import groupby
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

REGULAR: Final = "SourceSans"
BOLD: Final = "SourceSans-Semibold"
MISSING: Final = "?"
"""What stands for a letter that no font here has."""
_KOREAN, _JAPANESE, _CHINESE = "HYGothic-Medium", "HeiseiKakuGo-W5", "STSong-Light"
_ASIAN: Final = (
    (0x1100, 0x11FF, _KOREAN),
    (0xAC00, 0xD7AF, _KOREAN),
    (0x3040, 0x30FF, _JAPANESE),
    (0x3000, 0x303F, _CHINESE),
    (0x3400, 0x4DBF, _CHINESE),
    (0x4E00, 0x9FFF, _CHINESE),
    (0xFF00, 0xFFEF, _CHINESE),
)
"""Blocks of Unicode and the font a reader draws them with."""


@cache
def prepare() -> frozenset[int]:
    """Make the fonts known, once per process; returns the letters Source Sans has."""
    files = resources.files("font_source_sans_pro") / "files"
    for name, file in ((REGULAR, "SourceSansPro-Regular.ttf"), (BOLD, "SourceSansPro-Semibold.ttf")):
        with resources.as_file(files / file) as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    for name in (_KOREAN, _JAPANESE, _CHINESE):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph)


def markup(text: str) -> str:
    """The text for a paragraph, escaped, with a font named wherever Source Sans lacks the letter."""
    return "".join(_run(font, "".join(letters)) for font, letters in groupby(text, key=_font))


def missing(texts: Iterator[str]) -> bool:
    """Whether any letter of the texts is in none of the fonts."""
    return any(_font(letter) is None for text in texts for letter in text)


def _run(font: str | None, letters: str) -> str:
    if font is None:
        return MISSING * len(letters)
    return escape(letters) if font == REGULAR else f'<font name="{font}">{escape(letters)}</font>'


def _font(letter: str) -> str | None:
    code = ord(letter)
    if code in prepare() or letter.isspace():
        return REGULAR
    return next((font for first, last, font in _ASIAN if first <= code <= last), None)
