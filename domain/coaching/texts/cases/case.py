"""One case of the evaluation, and what is wrong with sentences that were said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.ai.cleaning import clean
from domain.ai.grounding import objection
from domain.ai.redaction import Redaction
from domain.coaching.texts.text import CoachText

VERSION: Final = "1"
"""Of all cases; another one and every evaluation is asked for anew."""
NEVER: Final = ("because", "due to", "leads to", "guaranteed", "best agent", "lazy", "http", "@")
"""Said of nothing: causes, promises, verdicts on people, addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Facts of a made-up agent as a text, with what has to become of them."""

    name: str
    text: CoachText
    must_mention: tuple[str, ...]
    must_not_say: tuple[str, ...] = ()

    def faults(self, sentences: Sequence[str]) -> tuple[str, ...]:
        """What is wrong with the sentences, in words; empty where they may be shown. Case of letters plays no part."""
        said = clean(" ".join(sentences)).casefold()
        missing = [f"does not mention {each}" for each in self.must_mention if each.casefold() not in said]
        wrong = [f"says {each}" for each in (*self.must_not_say, *NEVER) if each.casefold() in said]
        return (*missing, *wrong)

    def rules_faults(self) -> tuple[str, ...]:
        """The same for the rules' own sentences, which have to be grounded as well."""
        wrong = objection(self.text.sentences, self.text.facts.cleaned(), Redaction())
        return (*self.faults(self.text.sentences), *((wrong,) if wrong else ()))
