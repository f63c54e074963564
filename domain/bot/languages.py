"""The bot's languages. A new one is a file of words and a line here."""

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import Final

from domain.bot.english import ENGLISH
from domain.bot.quick_log import Names, simple
from domain.bot.russian import RUSSIAN
from domain.bot.words import BotWords, FieldWords
from domain.language import Language
from domain.records import ActivityType, Outcome

WORDS: Final = MappingProxyType({Language.ENGLISH: ENGLISH, Language.RUSSIAN: RUSSIAN})


def names_of(spoken: Iterable[BotWords]) -> Names:
    """Everything that can be said in a quick log; where two languages have one word, the later one's meaning holds."""
    found: dict[str, ActivityType | Outcome] = {}
    for words in spoken:
        field = words.field
        found |= {simple(name): kind for kind, name in field.activities.items()}
        found |= {simple(name): outcome for outcome, name in field.outcomes.items()}
        found |= field.also
    return MappingProxyType(found)


NAMES: Final = names_of(WORDS.values())
"""Somebody types the words of any of them, whatever the bot speaks to them."""


def day_words(words: FieldWords, day: date) -> str:
    """A day as it is said: `Tuesday, 10 March`."""
    return words.day.format(weekday=words.weekdays[day.weekday()], number=day.day, month=words.months[day.month - 1])
