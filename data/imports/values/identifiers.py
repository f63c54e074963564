"""Ids of other systems: always text, never a number."""

import re
from typing import Final

from data.imports.values.texts import one_line

_ROUNDED: Final = re.compile(r"-?\d(?:[.,]\d+)?E\+?\d{2,3}", re.IGNORECASE)
_POINT_ZERO: Final = re.compile(r"(\d{1,15})\.0")


def identifier(value: str) -> str:
    """The id as text; refuses one a spreadsheet rounded, because different ids would become one."""
    text = one_line(value)
    if _ROUNDED.fullmatch(text):
        raise ValueError("A spreadsheet rounded this id and its last digits are lost. Format the column as text and export again.")
    whole = _POINT_ZERO.fullmatch(text)
    return whole[1] if whole else text
