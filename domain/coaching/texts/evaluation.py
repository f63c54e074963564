"""How well a model does on the cases of one kind of text, and whether that is enough for it to be asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

USABLE_SHARE: Final = 0.8
"""Of the answers; where more are refused, people wait and pay to read the rules' words after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of cases."""

    cases: int
    usable: int
    """Answers that said only the facts."""
    sound: int
    """What would be shown, the model's words or else the rules', had no fault."""
    rules_sound: int
    """The same for the rules' words alone."""

    @property
    def is_enough(self) -> bool:
        """As good as the rules at least, and seldom asked in vain."""
        return self.cases > 0 and self.sound >= self.rules_sound and self.usable >= USABLE_SHARE * self.cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A score, of which model with which prompt, and when."""

    score: Score
    model: str
    prompt_version: str
    at: datetime
