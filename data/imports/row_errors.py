"""Why a row was not accepted."""

from dataclasses import dataclass
from typing import Final

SHOWN_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """One rejected row: the line it begins on, the column that stopped it (or nothing), the value there, and the reason."""

    line: int
    column: str
    value: str
    reason: str


def row_error(line: int, column: str, value: object, reason: str) -> RowError:
    """An error with everything cut to what the report keeps; characters that cannot be stored are left out."""
    shown = "".join(character for character in str(value) if character.isprintable())
    return RowError(line=line, column=column[:SHOWN_CHARACTERS], value=shown[:SHOWN_CHARACTERS], reason=reason[:400])
