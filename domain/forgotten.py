"""What somebody who asked to be forgotten was known by, as keyed hashes: enough to know them again, too little to tell who it was."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.formatting import day_text

PURPOSE: Final = b"pacesetter: forgotten, 1"
"""Keeps these hashes apart from everything else that is made with the same secret."""
FEWEST_DIGITS: Final = 7
"""A shorter number is an extension that many have."""
TOLD_DIGITS: Final = 8
"""The last ones are the same with and without the country's code; more of them, and a Danish or Irish number would not be."""
CALENDAR_ENTRY: Final = "calendar_entry"
"""The kind under which a file's calendar entry about a client is remembered."""
MOST_WORDS: Final = 5
"""Of a name that is looked for in a text."""
MOST_READ: Final = 400
"""Words of a text that are read: a calendar entry's title and what matters of its notes."""
_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,255}\w")
_NUMBER: Final = re.compile(r"\+?\d[\d ()/.-]{5,24}\d")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing somebody is known by, spelt so that two ways of writing it are one."""

    kind: str
    value: str


def digest(secret: str, trait: Trait) -> str:
    """The trait as it is remembered; without the secret nobody can try values until one fits."""
    return hmac.new(secret.encode(), b"\0".join((PURPOSE, trait.kind.encode(), trait.value.encode())), hashlib.sha256).hexdigest()


def record_trait(table: str, origin: str, external_id: str | None) -> frozenset[Trait]:
    """What a record is called in the system it came from; nothing where it has no name there."""
    return frozenset({Trait(table, f"{origin}\0{external_id}")}) if external_id else frozenset()


def contact_traits(*, email: str | None = None, phone: str | None = None) -> frozenset[Trait]:
    """How a client is reached; what is missing, or too short to be theirs alone, is left out."""
    digits = "".join(sign for sign in phone or "" if sign.isdecimal())
    found = {Trait("email", email.strip().casefold())} if email and email.strip() else set()
    return frozenset(found | ({Trait("phone", digits[-TOLD_DIGITS:])} if len(digits) >= FEWEST_DIGITS else set()))


def name_trait(name: str) -> frozenset[Trait]:
    """What a client is called, to be known in a text; a name of one word, which could be a word of the language, is left out."""
    words = _WORD.findall(name.casefold())
    return frozenset({Trait("client_name", " ".join(words))}) if 1 < len(words) <= MOST_WORDS else frozenset()


def traits_in(text: str) -> frozenset[Trait]:
    """Every name, address and number that may stand in a text."""
    addresses = (contact_traits(email=found) for found in _ADDRESS.findall(text))
    numbers = (contact_traits(phone=found) for found in _NUMBER.findall(text))
    return frozenset(_possible_names(text)).union(*addresses, *numbers)


def _possible_names(text: str) -> Iterator[Trait]:
    words = _WORD.findall(text.casefold())[:MOST_READ]
    for start in range(len(words)):
        for end in range(start + 2, min(start + MOST_WORDS, len(words)) + 1):
            yield Trait("client_name", " ".join(words[start:end]))


def person_traits(*, name: str, email: str | None, external_id: str | None) -> frozenset[Trait]:
    """What one of our own people is called in files."""
    told = {"person_name": " ".join(name.split()), "person_email": (email or "").strip(), "person_id": external_id or ""}
    return frozenset(Trait(kind, value.casefold()) for kind, value in told.items() if value)


def client_refusal(on: date) -> str:
    """Why nothing is stored about a client."""
    return f"This client asked to be forgotten on {day_text(on)}."


def person_refusal(on: date) -> str:
    """Why no file makes one of our people again."""
    return f"This person was erased on {day_text(on)}. If they are back, invite them on People."
