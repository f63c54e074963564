"""The languages of messages about deals. A new one is a file of words and a line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.deals.messages.english import ENGLISH
from domain.deals.messages.russian import RUSSIAN
from domain.deals.messages.template import Template
from domain.language import Language

TEMPLATES: Final[Mapping[Language, Template]] = MappingProxyType({Language.ENGLISH: ENGLISH, Language.RUSSIAN: RUSSIAN})
