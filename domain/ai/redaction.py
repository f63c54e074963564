"""People's names, addresses and numbers replaced by tokens before a text leaves the server, and put back when its answer comes.

Our own words only lose names and e-mail addresses; in words of others everything that looks like a phone number, an id or a link goes too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from typing import Final

from domain.ai.cleaning import clean
from domain.ai.facts import Fact, Facts

TOKEN: Final = re.compile(r"(?:PERSON|EMAIL|PHONE|ID|LINK|TEXT)_\d+[A-Z]*")
"""What stands for something that was taken out; `PERSON_1B` is another way to write `PERSON_1`."""
SHORTEST_PART: Final = 3
"""Of a name: shorter ones are hidden only as they are written, because `Will Do` would hide half of English."""
_EMAIL: Final = r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
_LINK: Final = (
    r"(?i:(?:https?|ftp)://|www\.|mailto:)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?i:com|net|org|io|ru|dev|app|example|info|biz|co)\b(?:/\S*)?"
)
_PHONE: Final = r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){6,}(?!\w)"
_ID: Final = r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{6,}\b|#\d+(?!\w)|\b\d{5,}\b"


@dataclass(slots=True)
class Redaction:
    """What was taken out of texts that go out together; the same thing has the same token in all of them."""

    people: tuple[str, ...] = ()
    _by_text: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def hidden(self, facts: Facts) -> Facts:
        """The facts with tokens in the place of what is personal."""
        return replace(facts, facts=tuple(self._of(each) for each in facts.facts), must_say=tuple(map(self.own, facts.must_say)))

    def own(self, text: str) -> str:
        """A text of ours with tokens."""
        return self._hide(clean(text), foreign=False)

    def quoted(self, text: str) -> str:
        """A text of somebody else with tokens."""
        return self._hide(clean(text), foreign=True)

    def restored(self, text: str) -> str:
        """The text with everything back in its place."""
        known = {token: hidden for hidden, token in self._by_text.items()}
        return TOKEN.sub(lambda found: known.get(found[0], found[0]), text)

    def knows(self, token: str) -> bool:
        """Whether the token stands for something."""
        return token in self._by_text.values()

    def _of(self, fact: Fact) -> Fact:
        words = self.quoted(fact.words) if fact.is_foreign else self.own(fact.words)
        return replace(fact, name=self.own(fact.name), figure=self.own(fact.figure), words=words)

    def _hide(self, text: str, *, foreign: bool) -> str:
        kinds = [("TEXT", TOKEN.pattern), ("LINK" if foreign else "", _LINK), ("EMAIL", _EMAIL), ("PERSON", self._names(foreign=foreign))]
        kinds += [("PHONE", _PHONE), ("ID", _ID)] if foreign else []
        pattern = "|".join(f"(?P<{kind}>{expression})" for kind, expression in kinds if kind and expression)
        return re.sub(pattern, lambda found: self._token(str(found.lastgroup), found[0]), text)

    def _names(self, *, foreign: bool) -> str:
        """Whole names however they are written; parts too in words of others, elsewhere only as they are written."""
        whole = [re.escape(name).replace(r"\ ", r"\s+") for name in sorted(self._all(), key=len, reverse=True)]
        parts = sorted({part for name in self._all() for part in _parts(name)}, key=len, reverse=True)
        loose = [re.escape(part) for part in parts if foreign and len(part) >= SHORTEST_PART]
        strict = [re.escape(part) for part in parts if not foreign or len(part) < SHORTEST_PART]
        found = [f"(?i:{'|'.join([*whole, *loose])})"] if whole or loose else []
        return rf"(?<!\w)(?:{'|'.join([*found, *strict])})(?!\w)" if found or strict else ""

    def _all(self) -> Iterable[str]:
        return [known for known in map(clean, self.people) if known]

    def _token(self, kind: str, text: str) -> str:
        if text not in self._by_text:
            self._by_text[text] = self._person(text) if kind == "PERSON" else f"{kind}_{self._next(kind)}"
        return self._by_text[text]

    def _person(self, text: str) -> str:
        """The number of the first person so called, and a letter for each further way to write them."""
        said = text.casefold().split()
        number = next((place for place, name in enumerate(self._all(), 1) if set(said) <= set(_folded(name))), 0)
        ways = self._next(f"PERSON_{number}") - 1
        return f"PERSON_{number}{_letters(ways)}"

    def _next(self, kind: str) -> int:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]


def _parts(name: str) -> list[str]:
    return [part for part in name.split() if len(part) > 1]


def _folded(name: str) -> list[str]:
    return name.casefold().split()


def _letters(number: int) -> str:
    """Nothing for 0, then A to Z, AA, AB and so on."""
    found = ""
    while number > 0:
        number, place = divmod(number - 1, len(ascii_uppercase))
        found = ascii_uppercase[place] + found
    return found
