"""How recording is told on screen."""

from collections.abc import Mapping
from typing import Final

from domain.conversations.words import Objection
from domain.recording import ConsentBasis

BASES: Final[Mapping[ConsentBasis, str]] = {
    ConsentBasis.EVERYBODY_AGREES: "Everybody on the call agrees first",
    ConsentBasis.ANNOUNCED: "Callers are told, and who stays agrees",
    ConsentBasis.ONE_PARTY: "One party's consent is enough: the agent's",
}
OBJECTIONS: Final[Mapping[Objection, str]] = {
    Objection.PRICE: "Price",
    Objection.TIMING: "Timing",
    Objection.COMPETITOR: "A competitor",
    Objection.TRUST: "Trust",
    Objection.AUTHORITY: "Who decides",
    Objection.NEED: "Need",
}
OFF: Final = "Not recorded"
WHAT_IS_KEPT: Final = "Saving stops the recorder and keeps the sound; leaving this screen does not keep it."
LAW: Final = (
    "Nothing is recorded in a country until you say on what grounds it may be. In the United States, Canada and Australia a state may have "
    "a law of its own: set it for the state, and each person's state on the screen People; until that is said the strictest you set for "
    "the country holds for them. The law of where your customers are counts as well: in California and Florida, among others, everybody "
    "must agree. Ask your lawyer, and note who said so."
)
"""Not legal advice: why there is no default."""
