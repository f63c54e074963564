"""Input checked at the service's door: pydantic's verdict as a named error somebody can act on."""

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from domain.errors import InputError

Checked = TypeVar("Checked", bound=BaseModel)
_HALF_A_SIGN: Final = re.compile("[\ud800-\udfff]")
"""JSON can name one half of a sign beyond the basic ones; no encoding has it."""


def validated(kind: type[Checked], fields: Mapping[str, object]) -> Checked:
    """The input as the model, or an InputError whose message names the first field that is not usable and why."""
    try:
        return kind.model_validate(dict(fields))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = str(first["loc"][0]).replace("_", " ").capitalize() if first["loc"] else "This"
        reason = str(first["msg"]).removeprefix("Value error, ")
        raise InputError(f"{field}: {reason[:1].lower()}{reason[1:]}.") from None


def storable(words: str) -> str:
    """The words, unless PostgreSQL cannot keep them; for pydantic validators."""
    if "\x00" in words or _HALF_A_SIGN.search(words):
        raise ValueError("contains a character that cannot be stored")
    return words
