"""Amounts of money and counts, in the ways people and programs write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from data.imports.values.texts import one_line

MOST: Final = Decimal(10) ** 12
"""No deal is larger; a longer number is an id in the wrong column."""
MOST_COUNTED: Final = 1_000_000
_SYMBOLS: Final[dict[str, frozenset[str]]] = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₽": frozenset({"RUB"}),
    "₴": frozenset({"UAH"}),
    "₹": frozenset({"INR"}),
    "₩": frozenset({"KRW"}),
    "₪": frozenset({"ILS"}),
    "₺": frozenset({"TRY"}),
    "₸": frozenset({"KZT"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
    "руб": frozenset({"RUB"}),
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD", "BRL"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}
_GAPS: Final = re.compile(r"[\s'’_]")
_SHAPE: Final = re.compile(r"(?P<before>[^\d.,+\-−(]*)(?P<sign>[+\-−]?)(?P<before2>[^\d.,]*)(?P<digits>\d[\d.,]*|[.,]\d+)(?P<after>[^\d]*)")
_GROUPED: Final = {mark: re.compile(rf"\d{{1,3}}(?:\{mark}\d{{2,3}})*\{mark}\d{{3}}") for mark in ".,"}
_CODE: Final = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units, and the currencies the text allows; None where it names none."""

    amount: Decimal
    currencies: frozenset[str] | None = None
    symbol: str = ""


def decimal_mark(values: Iterable[str]) -> str:
    """`.` or `,` when the column shows which one marks decimals, `?` when it shows both, nothing when neither."""
    shown = {mark for mark in map(_evidence, values) if mark}
    return "?" if len(shown) > 1 else next(iter(shown), "")


def _evidence(value: str) -> str:
    match = _SHAPE.search(_GAPS.sub("", value))
    if match is None:
        return ""
    digits = match["digits"].rstrip(".,")
    if "." in digits and "," in digits:
        return max(".,", key=digits.rfind)
    mark = "." if "." in digits else ","
    if digits.count(mark) != 1:
        return {".": ",", ",": "."}[mark] if digits.count(mark) else ""
    head, tail = digits.split(mark)
    return mark if len(tail) != len("000") or len(head) > len("000") or head in {"", "0"} else ""


def money(value: str, mark: str = "") -> Money:
    """The amount; `mark` is the column's decimal mark and decides only what the value alone leaves open, as 3.500 does."""
    text = _GAPS.sub("", one_line(value))
    negative = text.startswith("(") and text.endswith(")")
    match = _SHAPE.fullmatch(text[1:-1] if negative else text)
    if match is None:
        raise ValueError("This is not an amount.")
    after = match["after"].rstrip(".,-−)")
    words = [word for word in (match["before"], match["before2"], after) if word]
    symbol, currencies = _currency(words)
    amount = _decimal(match["digits"].rstrip(".,"), mark)
    if amount > MOST:
        raise ValueError("The amount is larger than any deal can be.")
    less = negative or match["sign"] in {"-", "−"} or match["after"].endswith(("-", "−"))
    return Money(amount=-amount if less else amount, currencies=currencies, symbol=symbol)


def _currency(words: list[str]) -> tuple[str, frozenset[str] | None]:
    if not words:
        return "", None
    symbol = words[0].strip("().")
    if len(words) > 1:
        symbol = "".join(words)
    known = _SYMBOLS.get(symbol.casefold()) or next(
        (codes for sign, codes in _SYMBOLS.items() if not sign.isalpha() and sign in symbol), None
    )
    if known is None and not _CODE.fullmatch(symbol):
        raise ValueError("This is not an amount.")
    code = next((word.upper() for word in words if _CODE.fullmatch(word)), "")
    return symbol, frozenset({code}) if code else known


def _decimal(digits: str, mark: str) -> Decimal:
    """The number its digits and marks write, or ValueError where the marks make no sense."""
    own = _evidence(digits) or (mark if set(".,") & set(digits) else "")
    if own == "?":
        raise ValueError("Whether the last mark separates thousands or decimals cannot be told; the column shows both.")
    thousands = {".": ",", ",": "."}.get(own, "." if "." in digits else ",")
    whole, _, fraction = digits.partition(own) if own else (digits, "", "")
    if thousands in whole and not _GROUPED[thousands].fullmatch(whole):
        raise ValueError("The thousands of this amount are grouped in a way that makes no sense.")
    if set(".,") & set(fraction):
        raise ValueError("This amount has more than one decimal mark.")
    return Decimal(f"{whole.replace(thousands, '') or '0'}.{fraction or '0'}")


def whole_number(value: str) -> int:
    """A count from 0 to 1,000,000; `12.0` is 12."""
    number = money(value, ".").amount
    if number != number.to_integral_value() or not 0 <= number <= MOST_COUNTED:
        raise ValueError("This is not a whole number from 0 to 1,000,000.")
    return int(number)
