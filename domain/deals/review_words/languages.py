"""Every language reviews are written in; another one is a file of words and a line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.deals.review_words.en import ENGLISH
from domain.deals.review_words.ru import RUSSIAN
from domain.deals.review_words.words import ReviewWords
from domain.language import Language

LANGUAGES: Final[Mapping[Language, ReviewWords]] = MappingProxyType({Language.ENGLISH: ENGLISH, Language.RUSSIAN: RUSSIAN})
