"""The languages conversations are listened to in; every sentence is heard in all of them, as calls change between them."""

from types import MappingProxyType
from typing import Final

from domain.conversations.english import ENGLISH
from domain.conversations.russian import RUSSIAN
from domain.language import Language

LANGUAGES: Final = MappingProxyType({Language.ENGLISH: ENGLISH, Language.RUSSIAN: RUSSIAN})
