"""A requirement that is reached exactly is held, however the working weeks divide."""

from domain.counters import Counters
from domain.progression.requirements import Kind, requirements
from domain.records import Level
from tests.domain.progression.stretches import TERMS_OF_HOMES, stretch


def is_held(level: Level, calls: int, weeks: float) -> bool:
    found = requirements(level, stretch(work=Counters(calls=calls), weeks=weeks), TERMS_OF_HOMES)
    return next(each.is_held for each in found if each.kind is Kind.CALLS)


def test_exactly_what_is_asked_is_held_and_one_call_less_is_not() -> None:
    """Four weeks in which somebody was there on some of their weekdays; what is asked is a whole number of calls."""
    asked = {Level.DEVELOPING: 40, Level.CONSISTENT: 60, Level.TOP_PERFORMER: 80, Level.ELITE: 100}
    spans = [(weekdays, present) for weekdays in range(12, 24) for present in range(3, weekdays + 1)]
    whole = [
        (level, calls, present * 28 / 7 / weekdays)
        for weekdays, present in spans
        for level, needed in asked.items()
        for calls, rest in [divmod(needed * present * 4, weekdays)]
        if not rest
    ]
    assert (Level.CONSISTENT, 132, 11 * 28 / 7 / 20) in whole
    assert [each for each in whole if not is_held(*each)] == []
    assert [each for each in whole if is_held(each[0], each[1] - 1, each[2])] == []
