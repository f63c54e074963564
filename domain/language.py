"""The languages in which people can be talked to outside the screens."""

from enum import StrEnum


class Language(StrEnum):
    """A language with templates of its own, by its ISO 639-1 code."""

    ENGLISH = "en"
    RUSSIAN = "ru"


def language_of(code: str) -> Language:
    """The language of a code such as `ru` or `en-GB`; English for one without templates."""
    said = code.strip().casefold().split("-")[0]
    return next((each for each in Language if each.value == said), Language.ENGLISH)
