"""The performance index and the places it gives."""

import random
import statistics
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.counters import Counters
from domain.metrics.index import index_of
from domain.metrics.measures import Ratio, Total, Weighted
from domain.metrics.ranking import places, quartiles

ALL: dict[str, float | None] = {"calls": 100.0, "agreements": 4.0, "lists_sent": 3.0, "deals_won": 2.0}


def test_exactly_on_every_target_is_one_hundred() -> None:
    index = index_of(Counters(calls=100, agreements=4, lists_sent=3, deals_won=2), ALL)
    assert index.score is not None
    assert index.score.value == pytest.approx(100)
    assert index.raw == 100 + 12 + 6 + 10
    assert index.left_out == ()


def test_against_target_a_sale_weighs_five_elevenths_not_a_tenth() -> None:
    with_sales, without = (index_of(Counters(calls=100, agreements=4, lists_sent=3, deals_won=won), ALL) for won in (2, 0))
    assert with_sales.score is not None
    assert without.score is not None
    assert with_sales.score.value - without.score.value == pytest.approx(500 / 11)


def test_a_component_without_a_target_leaves_its_weight_to_the_others() -> None:
    index = index_of(Counters(calls=50, lists_sent=9), {"calls": 100.0, "deals_won": 2.0, "lists_sent": None, "agreements": 0.0})
    assert index.left_out == ("agreements", "lists_sent")
    assert index.score is not None
    assert index.score.value == pytest.approx(100 * 1 / 6 * 0.5)


def test_a_target_of_a_fraction_of_an_event_counts_as_one() -> None:
    early = index_of(Counters(deals_won=3), {"deals_won": 0.3})
    assert early.score is not None
    assert early.score.value == pytest.approx(300)


def test_without_any_target_there_is_only_the_raw_index() -> None:
    index = index_of(Counters(calls=7), {})
    assert (index.score, index.raw, index.measure.value) == (None, 7, 7)


@settings(deadline=None)
@given(st.tuples(*[st.integers(0, 300)] * 4))
def test_the_account_adds_up_to_the_score(counts: tuple[int, ...]) -> None:
    sums = Counters(**dict(zip(ALL, counts, strict=True)))
    index = index_of(sums, ALL)
    assert index.score is not None
    assert sum(each.score or 0 for each in index.components) == pytest.approx(index.score.value)
    assert sum(each.points for each in index.components) == index.raw == index.measure.value


def test_equal_scores_share_a_place() -> None:
    found = places({1: Total(300), 2: Total(100), 3: Total(300), 4: Total(10)})
    assert [(place.agent_id, place.position) for place in found] == [(1, 1), (3, 1), (2, 3), (4, 4)]
    assert (found[0].text, found[2].text) == ("1–2 of 4", "3 of 4")
    assert (found[0].is_shared, found[2].is_shared) == (True, False)


def test_scores_that_luck_could_swap_share_a_band_and_clear_ones_do_not() -> None:
    found = {place.agent_id: place for place in places({1: Total(1000), 2: Total(52), 3: Total(50), 4: Total(48), 5: Total(2)})}
    assert (found[1].best, found[1].worst) == (1, 1)
    assert (found[3].best, found[3].worst, found[3].position) == (2, 4, 3)
    assert (found[5].best, found[5].worst) == (5, 5)


def test_a_band_is_mutual_between_neighbours() -> None:
    scores = {number: Total(40 + 3 * number) for number in range(15)}
    found = sorted(places(scores), key=lambda place: place.position)
    for upper, lower in pairwise(found):
        assert (upper.worst >= lower.position) == (lower.best <= upper.position)


def test_identical_agents_mostly_share_their_band_with_half_the_board() -> None:
    luck = random.Random(7)  # noqa: S311 - a simulation
    widths = []
    for _ in range(40):
        scores = {agent: Total(sum(luck.random() < 0.25 for _ in range(160))) for agent in range(15)}
        widths += [place.worst - place.best + 1 for place in places(scores)]
    assert statistics.median(widths) >= 7


def test_somebody_without_a_score_has_no_place() -> None:
    assert [place.agent_id for place in places({1: Ratio(0, 0), 2: Ratio(1, 2)})] == [2]
    assert places({}) == []


def test_a_score_without_an_interval_stands_for_itself() -> None:
    found = places({1: Weighted(((1, 5),)), 2: Weighted(((1, 500),))})
    assert [place.text for place in found] == ["1 of 2", "2 of 2"]


def test_quartiles_need_five_peers_and_match_the_usual_definition() -> None:
    assert quartiles([1, 2, 3, 4]) is None
    values = [7.0, 1.0, 3.0, 12.0, 5.0, 9.0]
    found = quartiles(values)
    assert found is not None
    assert [found.lower, found.median, found.upper] == statistics.quantiles(values, n=4, method="inclusive")
    assert found.peers == 6
