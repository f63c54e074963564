"""The figures in a sentence, each with its unit and what it counts, and whether a figure says the same as a known one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from domain.formatting import SYMBOLS

_SYMBOLS: Final = {symbol: code for code, symbol in SYMBOLS.items()}
_UNITS: Final = {
    **dict.fromkeys(("%", "percent", "per cent"), "%"),
    **dict.fromkeys(("h", "hour", "hours"), "h"),
    **dict.fromkeys(("min", "minute", "minutes"), "min"),
    **dict.fromkeys(("s", "seconds"), "s"),
    **dict.fromkeys(("dollar", "dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("pounds",), "GBP"),
}
_SCALES: Final = {"k": 1000, "thousand": 1000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_ABOUT: Final = r"(?P<about>\b(?:about|around|roughly|approximately|nearly|almost)\s+|[~≈]\s*)?"
_SIGN: Final = r"(?P<sign>(?<![\w)])[-−–])?"
_SYMBOL: Final = rf"(?P<symbol>{'|'.join(re.escape(each) for each in sorted(_SYMBOLS, key=len, reverse=True))})?\s?"
_NUMBER: Final = r"(?P<number>(?:\d{1,3}(?:[,' ]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?)"
_SCALE: Final = r"(?:\s?(?P<scale>k|K|M|bn|(?i:thousand|million|billion))\b)?"
_UNIT: Final = rf"(?:\s?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))}|[A-Z]{{3}})(?!\w))?"
FIGURE: Final = re.compile(rf"{_ABOUT}{_SIGN}{_SYMBOL}(?<!\d){_NUMBER}{_SCALE}{_UNIT}")
_NEXT_WORD: Final = re.compile(r"\s*([^\W\d_]+)")
_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OTHERS: Final = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "dozen": 12,
    "half": 50,
    "halves": 50,
    "third": 33,
    "thirds": 67,
    "quarters": 75,
    "twice": 2,
    "double": 2,
    "doubles": 2,
    "doubled": 2,
    "triple": 3,
    "thrice": 3,
}
NUMBER_WORDS: Final = {
    **{word: Decimal(value) for value, word in enumerate(_SMALL)},
    **{word: Decimal(value * 10) for value, word in enumerate(_TENS, 2)},
    **{word: Decimal(value) for word, value in _OTHERS.items()},
}
"""Words that say a figure; shares in per cent."""
NO_FIGURE: Final = frozenset({"one"})
"""Too often a word for somebody or something."""
SHORTEST_PLURAL: Final = 4
"""Letters; shorter words that end in s are `is`, `was` and the like."""
ROUND_FROM: Final = 2
"""Digits a rounded figure must still tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it is written."""

    value: Decimal
    unit: str = ""
    noun: str = ""
    """The word after it, without its plural."""
    counts: bool = False
    """Whether that word is a plural, so that it says what is counted."""
    step: Decimal = Decimal(0)
    """What its last shown digit is worth; 0 for exactly."""
    is_about: bool = False
    """Whether it says of itself that it is rounded."""

    def says(self, known: "Figure") -> bool:
        """Whether it is the known figure, as it is or as people round it."""
        if self.unit != known.unit or (self.value < 0) != (known.value < 0):
            return False
        return self.value == known.value or (abs(self.value - known.value) <= self.step / 2 and self._may_round(known))

    def _may_round(self, known: "Figure") -> bool:
        """Leaving out decimals is usual; rounding away more than that has to be said."""
        return self.is_about or (self.step <= 1 and known.value != known.value.to_integral_value())


def figures(text: str) -> list[Figure]:
    """Every figure written with digits, in order."""
    return [_figure(found, text) for found in FIGURE.finditer(text)]


def without_figures(text: str) -> str:
    """The rest of the text."""
    return FIGURE.sub(" ", text)


def is_known(figure: Figure, known: Sequence[Figure]) -> bool:
    """Whether one of the known figures says it, of the same thing where it says of what."""
    same = [each for each in known if figure.says(each)]
    if figure.unit or not figure.noun:
        return bool(same)
    counted = {each.noun for each in known if not each.unit and each.noun}
    return any(each.noun == figure.noun or ((not each.noun or not figure.counts) and figure.noun not in counted) for each in same)


def unknown_words(text: str, known: Sequence[Figure], said: Iterable[str]) -> list[str]:
    """Words for figures that neither the known figures nor the words `said` have."""
    words, plain = set(said), {each.value for each in known if each.unit in {"", "%"}}
    found = [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if word in NUMBER_WORDS and word not in NO_FIGURE]
    return [word for word in found if word not in words and NUMBER_WORDS[word] not in plain]


def _figure(found: re.Match[str], text: str) -> Figure:
    value, step = _read(found["number"])
    scale = Decimal(_SCALES[found["scale"].casefold()]) if found["scale"] else Decimal(1)
    symbol, unit = found["symbol"], found["unit"]
    after = None if unit else _NEXT_WORD.match(text, found.end())
    word = after[1] if after else ""
    return Figure(
        value=(-1 if found["sign"] else 1) * value * scale,
        unit=_SYMBOLS[symbol] if symbol else _UNITS.get(unit or "", unit or ""),
        noun=_stem(word),
        counts=len(word) >= SHORTEST_PLURAL and word.endswith("s"),
        step=step * scale,
        is_about=bool(found["about"] or found["scale"]),
    )


def _read(written: str) -> tuple[Decimal, Decimal]:
    """The number, and what its last digit that tells something is worth."""
    whole, decimals = _split(written)
    if decimals:
        return Decimal(f"{whole}.{decimals}"), Decimal(1).scaleb(-len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(whole), Decimal(1).scaleb(max(0, min(zeros, len(whole) - ROUND_FROM)))


def _split(written: str) -> tuple[str, str]:
    """The digits before and behind the decimal sign: 1,234.5 · 1 234,5 · 1,234."""
    found = re.fullmatch(r"(.*?)(?:\.(\d+)|,(\d{1,2}|\d{4,}))?", written)
    assert found is not None  # noqa: S101 - matches everything
    return re.sub(r"\D", "", found[1]) or "0", found[2] or found[3] or ""


def _stem(word: str) -> str:
    return word.casefold().removesuffix("s")
