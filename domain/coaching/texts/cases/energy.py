"""Made-up check-ins of people who have most energy at one part of the day and least at another."""

from itertools import permutations
from typing import Final

from domain.coaching.energy import Daypart, EnergyPattern
from domain.coaching.texts.cases.case import Case
from domain.coaching.texts.energy import energy_text


def _case(high: Daypart, low: Daypart, check_ins: int) -> Case:
    text = energy_text(EnergyPattern(counts={high: check_ins - 9, low: 9}, high=high, low=low, is_too_early=False))
    if text is None:
        raise ValueError(high)
    (other,) = set(Daypart) - {high, low}
    never = (other.value, str(check_ins - 9), "tired", "ill", "you are")
    return Case(name=f"more in the {high}, {check_ins}", text=text, must_mention=(high.value, low.value), must_not_say=never)


ENERGY_CASES: Final = (
    *(_case(high, low, 40 + 7 * place) for place, (high, low) in enumerate(permutations(Daypart, 2))),
    _case(Daypart.MORNING, Daypart.EVENING, 219),
)
