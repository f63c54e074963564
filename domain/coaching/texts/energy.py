"""A sentence on planning around the energy somebody reports of themselves; only they read it, and single check-ins are in none."""

from typing import Final

from domain.ai.facts import Fact, Facts
from domain.coaching.energy import Daypart, EnergyPattern
from domain.coaching.insights.words import counted
from domain.coaching.texts.text import CoachKind, CoachText

HEAVY: Final = "calls and appointments"
LIGHT: Final = "e-mails and records"


def energy_text(pattern: EnergyPattern) -> CoachText | None:
    """What fits where; None while no part of the day stands out."""
    if pattern.high is None or pattern.low is None:
        return None
    high, low = pattern.high.value, pattern.low.value
    other = tuple(part.value for part in Daypart if part not in {pattern.high, pattern.low})
    return CoachText(
        kind=CoachKind.ENERGY,
        facts=Facts(
            facts=(
                Fact(name="rests on", figure=str(pattern.count), words="check-ins"),
                Fact(name="most energy", words=f"in the {high}"),
                Fact(name="least energy", words=f"in the {low}"),
                Fact(name=f"fits the {high}", words=HEAVY),
                Fact(name=f"fits the {low}", words=LIGHT),
            ),
            must_say=(high, low),
            must_not_say=(*other, f"most energy in the {low}", f"least energy in the {high}", f"{HEAVY} in the {low}"),
        ),
        sentences=(
            f"By {counted(pattern.count, 'check-in')}, you have most energy in the {high} and least in the {low}.",
            f"Plan {HEAVY} for the {high} where you can choose, and {LIGHT} for the {low}.",
        ),
    )
