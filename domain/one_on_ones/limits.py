"""How long the words of a 1:1 may be."""

from typing import Final

LONGEST_TOPICS: Final = 2_000
"""Characters of an agenda: a dozen points with room to explain them."""
LONGEST_NOTES: Final = 8_000
"""Three pages: more is a transcript, which a talk in confidence has none of."""
LONGEST_COMMITMENT: Final = 200
LONGEST_REASON: Final = 200
