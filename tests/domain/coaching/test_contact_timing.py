"""When somebody picks up: found where it was planted, silent where there is nothing, and never outside working hours."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.contact_timing import BANDS, Band, Basis, contact_timing, timing_words
from domain.metrics.measures import Ratio

AFTERNOON = Band(15, 17)
EVEN = {hour: Ratio(30, 100) for hour in range(9, 17)}
NOTHING: dict[int, Ratio] = {}


def drawn(random: Random, chances: dict[int, float], calls: int) -> dict[int, Ratio]:
    """Calls spread evenly over the hours, each answered by its hour's chance."""
    return {hour: Ratio(sum(random.random() < chance for _ in range(calls)), calls) for hour, chance in chances.items()}


def hours(usual: float, afternoon: float) -> dict[int, float]:
    return {hour: afternoon if hour in AFTERNOON else usual for hour in range(9, 17)}


def test_a_contacts_own_calls_are_drawn_towards_those_of_leads_like_them() -> None:
    found = contact_timing({16: Ratio(8, 10), 10: Ratio(1, 12)}, EVEN)
    assert (found.basis, found.band, found.tries) == (Basis.OWN, AFTERNOON, 22)
    assert found.share is not None
    assert 0.6 < found.share < 0.62, "(8 + 6 × 0.3) ÷ 16, and not the 80 % the ten calls alone would be"
    assert timing_words(found) == "Picks up most between 15:00 and 17:00: 8 of 10 calls, at other times 1 of 12; likely 46–76 %."


def test_too_few_calls_say_how_many_are_missing() -> None:
    found = contact_timing({16: Ratio(4, 4)}, NOTHING)
    assert (found.basis, found.band, found.needed) == (Basis.TOO_EARLY, None, 2)
    assert timing_words(found) == "Too early to say when they pick up: 2 more calls in working hours."


def test_calls_at_one_time_alone_tell_nothing_of_others() -> None:
    assert contact_timing({16: Ratio(9, 9)}, NOTHING).basis is Basis.NOT_CLEAR


def test_a_new_contact_borrows_the_time_of_leads_like_them_and_says_so() -> None:
    found = contact_timing({16: Ratio(1, 1)}, EVEN | {15: Ratio(60, 100), 16: Ratio(55, 100)})
    assert (found.basis, found.band, found.inside, found.tries) == (Basis.ALIKE, AFTERNOON, Ratio(115, 200), 1)
    assert timing_words(found).startswith("Leads of the same source pick up most between 15:00 and 17:00: 115 of 200 calls")


def test_no_evidence_makes_an_evening_a_time_to_call() -> None:
    evening = {20: Ratio(40, 40), 7: Ratio(40, 40)}
    assert contact_timing(evening | {10: Ratio(1, 10)}, EVEN | evening).band is None
    assert (BANDS[0].since, BANDS[-1].until) == (9, 17)


def test_a_planted_hour_is_found_and_hardly_ever_another_one() -> None:
    random = Random(7)  # noqa: S311 - calls, not secrets
    alike = drawn(random, hours(0.3, 0.3), 60)
    told = [contact_timing(drawn(random, hours(0.1, 0.75), 4), alike) for _ in range(400)]
    right = sum(each.band == AFTERNOON for each in told)
    wrong = sum(each.is_told and each.band != AFTERNOON for each in told)
    assert right >= 160, "eight calls in the planted two hours, of thirty-two, tell it about every second time"
    assert wrong <= 4


def test_an_hour_planted_in_leads_alike_is_found_for_those_never_called() -> None:
    random = Random(5)  # noqa: S311 - calls, not secrets
    told = [contact_timing(NOTHING, drawn(random, hours(0.2, 0.4), 60)) for _ in range(100)]
    assert sum(each.band == AFTERNOON for each in told) >= 80


@pytest.mark.parametrize("usual", [0.1, 0.3, 0.6])
@pytest.mark.parametrize("calls", [1, 4, 8])
def test_where_there_is_no_hour_at_most_one_contact_in_twenty_is_told_one(usual: float, calls: int) -> None:
    random = Random(11)  # noqa: S311 - calls, not secrets
    even = hours(usual, usual)
    told = [contact_timing(drawn(random, even, calls), drawn(random, even, 40)) for _ in range(400)]
    assert sum(each.is_told for each in told) <= 20


CALLS = st.dictionaries(st.integers(0, 23), st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Ratio(min(pair), max(pair))))


@given(own=CALLS, alike=CALLS)
def test_what_is_told_lies_in_working_hours_and_rests_on_calls(own: dict[int, Ratio], alike: dict[int, Ratio]) -> None:
    found = contact_timing(own, alike)
    if found.band is None:
        return
    assert found.band in BANDS
    assert found.inside.whole >= 3
    assert found.outside.whole >= 3
    assert found.share is not None
    assert found.interval is not None
    assert 0 <= found.interval[0] <= found.share <= found.interval[1] <= 1
