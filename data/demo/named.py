"""Who of the demo's people wants to be named on leaderboards and on the screen on the wall: some, as in any office."""

from collections.abc import Mapping
from typing import Any, Final

from psycopg import Cursor

from data.demo.company import Company
from data.demo.copying import Keys, copy

NAMED: Final[Mapping[str, str]] = {
    "Hannah Goldberg": "",
    "Rosa Delgado": "",
    "Theo Papadakis": "The Closer",
    "Grace Nakamura": "",
    "Omar Haddad": "",
    "Victor Almeida": "Mile High",
    "Marcus Bell": "",
    "Ingrid Solberg": "",
    "Zanele Mbeki": "London Calling",
    "Isabel Fontaine": "",
    "Daniel Osei": "",
    "Mei Lin Chou": "",
}
"""What they are called there instead; empty for their own name. The agent whose sign-in is printed chooses for themselves."""


def write_choices(cursor: Cursor[Any], company: Company, keys: Keys) -> None:
    """The choices of those who are there."""
    rows = ((keys.people[member.number], True, NAMED[member.player.name]) for member in company.members if member.player.name in NAMED)
    copy(cursor, "leaderboard_choice", "person_id is_listed alias", rows)
