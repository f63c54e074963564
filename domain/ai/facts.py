"""What a model is told: facts, each with its figure written as we write it, and foreign words marked as such."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from domain.ai.cleaning import clean

LONGEST_WORDS: Final = 2000
"""Of one fact: a long note's beginning says what it is about."""
_FENCED: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""Inside JSON these mean the same, and nothing inside can look like the fence around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is so."""

    name: str
    """What it is about, in our words."""
    figure: str = ""
    """The number, amount or day, as screens write it."""
    words: str = ""
    """What the figure counts, or what is said."""
    is_foreign: bool = False
    """Whether somebody else wrote the words: a client's note, a name. They are data, and no figure in them counts as known."""

    def cleaned(self) -> "Fact":
        """The same without unseen signs, and not too long."""
        return replace(self, name=clean(self.name), figure=clean(self.figure), words=clean(self.words)[:LONGEST_WORDS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that an answer may say."""

    facts: tuple[Fact, ...]
    people: tuple[str, ...] = ()
    """Names that may occur in them; they do not leave the server."""
    must_say: tuple[str, ...] = ()
    """Words and figures without which an answer would mislead."""
    must_not_say: tuple[str, ...] = ()
    """What would contradict them."""

    def cleaned(self) -> "Facts":
        """Every fact cleaned."""
        return replace(self, facts=tuple(each.cleaned() for each in self.facts))

    @property
    def said_by_us(self) -> tuple[str, ...]:
        """The texts whose figures and days are known: never what somebody else wrote."""
        return tuple(f"{each.name}: {each.figure} {'' if each.is_foreign else each.words}".strip() for each in self.facts)

    @property
    def foreign(self) -> tuple[str, ...]:
        """What somebody else wrote."""
        return tuple(each.words for each in self.facts if each.is_foreign)


def fenced(facts: Facts) -> str:
    """The facts as JSON between marks that nothing inside can imitate; what others wrote stands under `quoted`."""
    told = json.dumps({"facts": [_told(each) for each in facts.facts], "say": list(facts.must_say)}, ensure_ascii=False, indent=1)
    return f"<data>\n{told.translate(_FENCED)}\n</data>"


def _told(fact: Fact) -> Mapping[str, str]:
    words = {"quoted" if fact.is_foreign else "words": fact.words} if fact.words else {}
    return {"about": fact.name, **({"figure": fact.figure} if fact.figure else {}), **words}
