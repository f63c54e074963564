"""Whether an answer says only what the facts say; when in doubt it does not, and the rules' own words are shown instead.

It cannot tell a single unknown name at the very beginning of a sentence from another word; a name of two words it can.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final

from domain.ai import days
from domain.ai.cleaning import clean
from domain.ai.facts import Facts
from domain.ai.figures import Figure, figures, is_known, unknown_words, without_figures
from domain.ai.redaction import TOKEN, Redaction

MOST_SENTENCES: Final = 6
LONGEST_SENTENCE: Final = 320
"""Signs. What is longer is not read, and is no phrasing of a handful of facts."""
ECHO: Final = 4
"""Words in a row from a text somebody else wrote: enough to repeat an instruction, more than a name."""
_LINK: Final = re.compile(
    r"(?i)(\b[a-z][\w+.-]*://|www\.|\bmailto:|\bjavascript:|\bdata:|[\w.-]+@[\w-]+\.|\b[\w-]+\.[a-z]{2,}\b)[^\s)>\]]*"
)
_HOST: Final = re.compile(r"(?i)^(?:https?://)?([\w.-]+)(?::\d+)?(?:[/?#].*)?$")
_MARKUP: Final = re.compile(r"[<>`{}|\\]|\]\s*\(|!\[|\*\*|__|^\s*#|:material/|\$\$")
_CAUSE: Final = re.compile(
    r"(?i)\b(because|due to|owing to|thanks to|caus(?:e|es|ed|ing)|lead(?:s|ing)? to|led to|result(?:s|ed|ing)? (?:in|from)|as a result|"
    r"therefore|hence|thus|consequently|dr(?:ive|ives|ove|iven|iving)|by virtue of|the reason|responsible for|"
    r"guarantee\w*|certainly|definitely|surely|for sure|without fail|no doubt)\b"
)
"""Claims of a cause or of certainty: our numbers show what goes together and how likely it is, never why."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:;])\s+")
_USUAL: Final = frozenset({"i", "i'd", "i'm", "ok"})


class Objection(StrEnum):
    """What is wrong with an answer."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    LINK = "link"
    CAUSE = "cause"
    DAY = "day"
    FIGURE = "figure"
    NAME = "name"
    ECHO = "echo"
    MISSING = "missing"
    CONTRADICTS = "contradicts"


def objection(
    sentences: Sequence[str], facts: Facts, redaction: Redaction, hosts: Collection[str] = (), *, most: int = MOST_SENTENCES
) -> Objection | None:
    """The first thing wrong with the sentences, or None; all of it with tokens in the place of what is personal."""
    if not sentences or not all(sentence.strip() for sentence in sentences):
        return Objection.EMPTY
    if len(sentences) > most or any(len(sentence) > LONGEST_SENTENCE for sentence in sentences):
        return Objection.TOO_LONG
    if any(unicodedata.category(sign).startswith("N") and not sign.isascii() for sign in "".join(sentences)):
        return Objection.FIGURE
    text = " ".join(clean(sentence) for sentence in sentences)
    return _of_shape(text, redaction, hosts) or _of_content(_without_tokens(text), facts) or _of_whole(text, facts)


def _of_shape(text: str, redaction: Redaction, hosts: Collection[str]) -> Objection | None:
    if _MARKUP.search(text):
        return Objection.MARKUP
    if any(not _is_allowed(found[0], hosts) for found in _LINK.finditer(text)) or "LINK_" in text:
        return Objection.LINK
    if _CAUSE.search(text):
        return Objection.CAUSE
    return None if all(map(redaction.knows, TOKEN.findall(text))) else Objection.NAME


def _is_allowed(link: str, hosts: Collection[str]) -> bool:
    found = _HOST.match(link.rstrip(".,;:!?"))
    return found is not None and found[1].casefold() in hosts


def _of_content(text: str, facts: Facts) -> Objection | None:
    known_days, known = _known(facts)
    said_days, rest = days.taken_out(text)
    ours = " ".join(facts.said_by_us).casefold()
    if not all(day.is_in(known_days) for day in said_days) or any(word.casefold() not in ours for word in days.RELATIVE.findall(text)):
        return Objection.DAY
    if not _figures_known(rest, known, ours):
        return Objection.FIGURE
    return None if _names_known(rest, facts) else Objection.NAME


def _known(facts: Facts) -> tuple[list[days.Day], list[Figure]]:
    """The days and figures we gave, a figure with what it counts even where the word for it is somebody else's."""
    known_days, known = [], []
    for fact in facts.facts:
        _, own_rest = days.taken_out(_without_tokens(fact.figure))
        found, rest = days.taken_out(_without_tokens(f"{fact.figure} {fact.words}"))
        ours = len(figures(own_rest)) if fact.is_foreign else None
        known_days += days.taken_out(fact.figure)[0] if fact.is_foreign else found
        known += [*figures(_without_tokens(fact.name)), *figures(rest)[:ours]]
    return known_days, [*known, *(Figure(value=Decimal(day.year)) for day in known_days if day.year)]


def _figures_known(rest: str, known: Sequence[Figure], ours: str) -> bool:
    if re.search(r"\d", without_figures(rest)) or not all(is_known(each, known) for each in figures(rest)):
        return False
    return not unknown_words(without_figures(rest), known, _WORD.findall(ours))


def _names_known(text: str, facts: Facts) -> bool:
    """No word with a capital inside a sentence, and none in other letters, that the facts do not have."""
    told = " ".join(f"{each.name} {each.figure} {each.words}" for each in facts.facts) + " " + " ".join(facts.must_say)
    known = {_plain(word) for word in _WORD.findall(told)} | _USUAL
    for sentence in _SENTENCE_END.split(text):
        for place, word in enumerate(_WORD.findall(sentence)):
            if _plain(word) not in known and (not word.isascii() or (place and word != word.lower())):
                return False
    return True


def _of_whole(text: str, facts: Facts) -> Objection | None:
    said = text.casefold()
    if any(_has(said, words) for words in facts.must_not_say):
        return Objection.CONTRADICTS
    if not all(_has(said, words) for words in facts.must_say):
        return Objection.MISSING
    return Objection.ECHO if any(_echoes(said, words) for words in facts.foreign) else None


def _has(said: str, words: str) -> bool:
    return re.search(rf"(?<![\w,.]){re.escape(clean(words).casefold())}(?!\w|[,.]\d)", said) is not None


def _echoes(said: str, foreign: str) -> bool:
    answer, quoted = _WORD.findall(said), _WORD.findall(foreign.casefold())
    runs = {tuple(answer[place : place + ECHO]) for place in range(len(answer) - ECHO + 1)}
    return any(tuple(quoted[place : place + ECHO]) in runs for place in range(len(quoted) - ECHO + 1))


def _without_tokens(text: str) -> str:
    return TOKEN.sub("somebody", text)


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")
