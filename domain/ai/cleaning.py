"""Text without what cannot be seen: control signs, invisible and reversing ones, tags that only a machine reads."""

import unicodedata
from typing import Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of control, format, unassigned, private and half signs, and of separators of lines and paragraphs."""


def clean(text: str) -> str:
    """The text as it is read: compatible forms made plain (`２` is `2`), what is unseen left out, any run of space one space."""
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(" " if sign in "\n\r\t" else sign for sign in plain if sign in "\n\r\t" or unicodedata.category(sign) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFKC", seen).split())
