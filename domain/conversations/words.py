"""What a language needs to have words for, so that a conversation in it can be listened to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Objection(StrEnum):
    """What a client holds against buying."""

    PRICE = "price"
    TIMING = "timing"
    COMPETITOR = "competitor"
    TRUST = "trust"
    AUTHORITY = "authority"
    NEED = "need"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """The words of one language; every pattern is matched without regard to case, ё as е and a curly apostrophe as a straight one."""

    objections: Mapping[Objection, re.Pattern[str]]
    denials: frozenset[str]
    """Words that turn what follows in the same clause around, or make it a mere possibility: not, never, if."""
    denied_after: re.Pattern[str]
    """What takes it back right behind it: "is not a problem"."""
    conditions: frozenset[str]
    """What is promised after one of these is no promise yet."""
    emphasis: re.Pattern[str]
    """A denial that denies nothing: "not only"."""
    asked_of_client: re.Pattern[str]
    """A question with these words asks whether there is an objection, and is none."""
    promise: re.Pattern[str]
    """Somebody takes something on, in any sentence."""
    errand: re.Pattern[str]
    """What somebody is to do, as notes begin: a step once a day is named with it."""
    days: re.Pattern[str]
    """When."""
    sellers: frozenset[str]
    """What the company's own side is called at the beginning of a line, in lower case."""
    clients: frozenset[str]
    """What the other side is called there."""


def any_of(*patterns: str) -> re.Pattern[str]:
    """Whole words only."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
