"""The words of a quick log: what was done, how it went, when, how long it took, with whom, and a note after a colon.

The words are those of the buttons on Daily, in any of the bot's languages; their order does not matter, but whom it was with comes last.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from typing import Final, TypeAlias

from domain.contact import OUTCOMES, one_tap_outcome
from domain.records import ActivityType, Outcome

LONGEST_PHRASE: Final = 3
"""Words of the longest name, such as "left a message"."""
MINUTES_A_DAY: Final = 24 * 60
_MINUTES: Final = re.compile(r"([0-9]{1,4})(?:m|min|mins|minute|minutes|м|мин|минут|минута|минуты)?")
_UNITS: Final = frozenset({"m", "min", "mins", "minute", "minutes", "м", "мин", "минут", "минута", "минуты"})
_WITH: Final = re.compile(r"\s(?:with|со?)\s+", re.IGNORECASE)
"""What comes after it, up to the colon, is a name."""
_TIME: Final = re.compile(r"(?:\b(?:at|в)\s+)?(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?!\d|:\d)", re.IGNORECASE)
"""14:30, and 9:05."""
_IN_A_TIME: Final = re.compile(r"(?<=\d):(?=\d\d(?!\d))")
"""A colon that begins no note, in 25:10 neither: what is meant there is asked."""
_SMALL: Final = frozenset({"a", "an", "the", "and", "и", "на"})
"""Said in passing."""
NEAR: Final = 0.75
"""How alike a word must be to be meant: one slip in a word of five letters."""

Names: TypeAlias = Mapping[str, ActivityType | Outcome]
"""What can be said, in lower case with spaces, and what it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickLog:
    """Something to log."""

    kind: ActivityType
    outcome: Outcome | None
    minutes: int | None = None
    at: time | None = None
    """When, on the clock of who says it; None for now."""
    client: str = ""
    """As much of the name of a lead or deal as was said."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingSaid:
    """Nothing was said that can be logged; what kind of work it was is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownWord:
    """A word that is none of ours."""

    word: str
    near: str | None
    """The word that may have been meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongOutcome:
    """This kind of work does not end like that."""

    kind: ActivityType
    outcome: Outcome


Understood: TypeAlias = QuickLog | NothingSaid | UnknownWord | WrongOutcome


def understood(words: str, names: Names) -> Understood:
    """What was said after `/log`; the first word that is not understood is told, and nothing is guessed."""
    head, note = _parted(words)
    work, *client = _WITH.split(head, maxsplit=1)
    told, work = _time(work)
    said, rest = _named(simple(work).split(), names)
    minutes, unknown = _minutes(rest)
    if unknown:
        near = get_close_matches(unknown[0], names, n=1, cutoff=NEAR)
        return UnknownWord(word=unknown[0], near=near[0] if near else None)
    kinds = [each for each in said if isinstance(each, ActivityType)]
    outcomes = [each for each in said if isinstance(each, Outcome)]
    if len(kinds) != 1 or len(outcomes) > 1:
        return NothingSaid()
    kind = kinds[0]
    if outcomes and outcomes[0] not in OUTCOMES[kind]:
        return WrongOutcome(kind=kind, outcome=outcomes[0])
    outcome = outcomes[0] if outcomes else one_tap_outcome(kind)
    return QuickLog(kind=kind, outcome=outcome, minutes=minutes, at=told, client=" ".join(client).strip(), note=note.strip())


def _parted(words: str) -> tuple[str, str]:
    """What stands before the first colon that is not a time's, and the note after it."""
    in_times = {found.start() for found in _IN_A_TIME.finditer(words)}
    place = next((place for place, sign in enumerate(words) if sign == ":" and place not in in_times), len(words))
    return words[:place], words[place + 1 :]


def _time(work: str) -> tuple[time | None, str]:
    """The first time of day that is told, and the words without it."""
    found = _TIME.search(work)
    if found is None:
        return None, work
    return time(int(found[1]), int(found[2])), f"{work[: found.start()]} {work[found.end() :]}"


def simple(words: str) -> str:
    """Words as they are compared: small letters, no strokes and stops between them."""
    return " ".join(re.sub(r"[-_,.;/!?—–]", " ", words.casefold().replace("ё", "е")).split())


def _named(words: Sequence[str], names: Names) -> tuple[list[ActivityType | Outcome], list[str]]:
    """What is named, the longest phrase first, and the words that are left."""
    said: list[ActivityType | Outcome] = []
    left: list[str] = []
    place = 0
    while place < len(words):
        phrases = ((" ".join(words[place : place + length]), length) for length in range(LONGEST_PHRASE, 0, -1))
        found = next(((names[phrase], length) for phrase, length in phrases if phrase in names), None)
        if found is None:
            left.append(words[place])
            place += 1
        else:
            said.append(found[0])
            place += found[1]
    return said, left


def _minutes(words: Sequence[str]) -> tuple[int | None, list[str]]:
    """How many minutes are told, and the words that are left."""
    told: int | None = None
    left: list[str] = []
    for number, word in enumerate(words):
        found = _MINUTES.fullmatch(word)
        if found and told is None and int(found[1]) <= MINUTES_A_DAY:
            told = int(found[1])
        elif not (word in _SMALL or (word in _UNITS and number and words[number - 1].isdigit())):
            left.append(word)
    return told, left
