"""One table as far as it is about a person: whose its rows are, what they say, and what becomes of them at an erasure."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

OF_THE_AGENT: Final = "agent_id = :me"
OF_THE_PERSON: Final = "person_id = :me"
OF_THE_AUTHOR: Final = "created_by = :me"


class Fate(StrEnum):
    """What an erasure does to the person's rows."""

    STAYS = "stays"
    """Under the nameless person: sums of teams are made of it, or it belongs to the company."""
    GOES = "goes"
    """Deleted: it is about nobody else and no sum needs it."""
    BEHAVIOUR = "behaviour"
    """Deleted too, and the person can have it deleted alone: what was observed or told about how they work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The rows of a table that are about a person."""

    table: str
    about: str
    """What the file says, for its reader."""
    whose: str
    """The SQL condition on the table's rows; `:me` is the person's id."""
    fate: Fate
    hidden: frozenset[str] = field(default=frozenset())
    """Columns that are not told: proofs with which somebody could act."""
    emptied: frozenset[str] = field(default=frozenset())
    """Columns of rows that stay which say who somebody was or what they thought: an erasure empties them."""
    is_long: bool = False
    """Also as CSV, because people will want to scroll through it."""
