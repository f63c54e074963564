"""What a transcript or a note tells of a conversation: objections, agreed steps and questions, each by the sentence it stands in.

Word lists, not understanding: what they miss is not told, and a word in an unusual sense may be told wrongly, which is why the sentence
stands beside it. The text is somebody else's: nothing comes out of it but shortened pieces of itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from domain.conversations.languages import LANGUAGES
from domain.conversations.turns import Sentence, sentences
from domain.conversations.words import Listening, Objection

LONGEST_TEXT: Final = 200_000
"""As long as a transcript gets; an hour of fast talk has about 60,000 signs."""
LONGEST_QUOTE: Final = 240
LONGEST_SPEAKER: Final = 40
REACH: Final = 4
"""Words before an objection among which a denial turns it around: "I don't think it is expensive"."""
CUT: Final = "…"
_SAME: Final = str.maketrans({"ё": "е", "Ё": "Е", "’": "'", "\u00a0": " ", "\t": " "})
_CLAUSE: Final = re.compile(r"[,;:()—–]|(?<!\w)(?:but|because|so|но|а|потому что|хотя)(?!\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"[\w']+")
_NOT: Final = "n't"
_EDGES: Final = " \t-–—*•:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence as it was said, shortened around what matters in it."""

    text: str
    speaker: str | None
    """Who said it, where the text says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An objection."""

    kind: Objection
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedStep:
    """Something somebody took on."""

    what: str
    """The words that say so, as they were said."""
    when: str | None
    """The day, as it was said; None where none was."""
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was found, in the order it was said."""

    objections: tuple[Raised, ...]
    steps: tuple[AgreedStep, ...]
    questions: tuple[Quote, ...]


def said(text: str) -> Said:
    """What the first `LONGEST_TEXT` signs tell.

    An objection counts once a sentence and kind. None are: what is denied or only supposed ("not too expensive", "if it is too expensive"),
    what a line says the company's own side said, and asking the client whether there is one. A step is what somebody says they will do, or
    an errand with a day; asking for one and what will not be done are none.
    """
    heard = list(sentences(text[:LONGEST_TEXT]))
    return Said(
        objections=_raised_in(heard),
        steps=tuple(step for each in heard if (step := _step(each)) is not None),
        questions=tuple(_quote(each, len(each.text)) for each in heard if each.is_question),
    )


def objections(text: str) -> tuple[Raised, ...]:
    """The objections alone, as `said` counts them."""
    return _raised_in(sentences(text[:LONGEST_TEXT]))


def _raised_in(heard: Iterable[Sentence]) -> tuple[Raised, ...]:
    return tuple(raised for each in heard for raised in _objections(each))


def _objections(sentence: Sentence) -> Iterator[Raised]:
    """Each kind once, whatever language it is said in."""
    if sentence.is_sellers:
        return
    plain = sentence.text.translate(_SAME)
    for kind in Objection:
        found = next((match for words in LANGUAGES.values() for match in _raised(plain, words, kind, sentence)), None)
        if found is not None:
            yield Raised(kind=kind, quote=_quote(sentence, found.start()))


def _raised(plain: str, words: Listening, kind: Objection, sentence: Sentence) -> Iterator[re.Match[str]]:
    for match in words.objections[kind].finditer(plain):
        if sentence.is_question and words.asked_of_client.search(plain):
            return
        if not _is_denied(plain, match.start(), words) and not words.denied_after.match(plain, match.end()):
            yield match


def _is_denied(plain: str, at: int, words: Listening) -> bool:
    """Whether a denial stands shortly before, in the same clause."""
    before = plain[max(0, at - LONGEST_QUOTE) : at]
    clause = words.emphasis.sub(" ", _CLAUSE.split(before)[-1])
    last = _WORD.findall(clause.lower())[-REACH:]
    return any(word in words.denials or word.endswith(_NOT) for word in last)


def _step(sentence: Sentence) -> AgreedStep | None:
    if sentence.is_question:
        return None
    plain = sentence.text.translate(_SAME)
    for words in LANGUAGES.values():
        day = words.days.search(plain)
        found = words.promise.search(plain) or (words.errand.match(plain) if day else None)
        if found is None or _is_denied(plain, found.start(), words) or not _is_firm(plain[: found.end()], found[0], words):
            continue
        when = None if day is None else sentence.text[day.start() : day.end()].strip()
        what = sentence.text[found.start() : found.end()].strip(_EDGES)[:LONGEST_QUOTE]
        return AgreedStep(what=what, when=when, quote=_quote(sentence, found.start()))
    return None


def _is_firm(so_far: str, taken_on: str, words: Listening) -> bool:
    """Not where the promise itself says that it will not be done, "we will not call", or hangs on something said before it."""
    is_denied = any(word in words.denials for word in _WORD.findall(taken_on.lower()))
    return not is_denied and words.conditions.isdisjoint(_WORD.findall(so_far.lower()))


def _quote(sentence: Sentence, at: int) -> Quote:
    """The sentence, or the piece of a long one around the place."""
    text = sentence.text
    speaker = None if sentence.speaker is None else sentence.speaker[:LONGEST_SPEAKER]
    if len(text) <= LONGEST_QUOTE:
        return Quote(text=text, speaker=speaker)
    start = max(0, min(at - LONGEST_QUOTE // 3, len(text) - LONGEST_QUOTE))
    piece = text[start : start + LONGEST_QUOTE].strip()
    return Quote(text=f"{CUT if start else ''}{piece}{CUT if start + LONGEST_QUOTE < len(text) else ''}", speaker=speaker)
