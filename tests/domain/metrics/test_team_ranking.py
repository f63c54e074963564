"""The team ranking: ties as wide as luck, shrinking towards the team, missing components, and the way up."""

import numpy as np
import pytest

from domain.metrics.measures import Mean, Median, Ratio
from domain.metrics.team_ranking import MIN_LEADS, Part, Quarter, Standing, WayUp, team_ranking, ways_up


def standing(agent_id: int, won: int, leads: int, stars: tuple[int, ...] = (), waits: tuple[int, ...] = ()) -> Standing:
    rated = Mean(sum(stars), len(stars), 1, sum(star * star for star in stars))
    return Standing(agent_id=agent_id, conversion=Ratio(won, leads), satisfaction=rated, response=Median(waits))


def clear_team(size: int) -> tuple[Standing, ...]:
    """Agents so far apart that luck explains nothing: agent 0 is last in everything."""
    return tuple(standing(i, 20 + i * 12, 200, (1,) * (60 - 6 * i) + (5,) * 6 * i, (86_400 // (i + 1) ** 2,) * 100) for i in range(size))


def test_fifteen_identical_agents_share_one_band() -> None:
    ranking = team_ranking(tuple(standing(i, 20, 40, (4, 5), (600, 3600)) for i in range(15)))
    assert {place.text for place in ranking.places} == {"1–15 of 15"}


def test_equally_good_agents_with_forty_leads_are_hardly_told_apart() -> None:
    dice = np.random.default_rng(3)
    ranking = team_ranking(tuple(standing(i, int(dice.binomial(40, 0.5)), 40) for i in range(15)))
    assert np.mean([place.worst - place.best for place in ranking.places]) > 7


def test_what_luck_cannot_explain_gives_places_of_their_own() -> None:
    ranking = team_ranking(clear_team(10))
    assert [(place.agent_id, place.text) for place in ranking.places] == [(9 - i, f"{i + 1} of 10") for i in range(10)]


def test_somebody_with_too_few_leads_is_not_ranked_and_counts_for_nobody() -> None:
    team = clear_team(6)
    newcomer = standing(99, MIN_LEADS - 1, MIN_LEADS - 1)
    assert team_ranking((*team, newcomer)).places == team_ranking(team).places
    assert team_ranking((newcomer,)).places == ()


def test_the_score_is_the_weighted_percentile_of_the_three() -> None:
    score = team_ranking(clear_team(5)).scores[1]
    assert [part.percentile for part in score.parts] == [25.0, 25.0, 25.0]
    assert [part.weight for part in score.parts] == pytest.approx([0.40, 0.35, 0.25])
    assert score.value == pytest.approx(25.0)


def test_a_missing_component_leaves_its_weight_to_the_others_and_says_so() -> None:
    team = (standing(1, 30, 40, (), (600,)), standing(2, 20, 40, (5,), (900,)), standing(3, 10, 40, (4,), (1200,)))
    conversion, satisfaction, response = team_ranking(team).scores[1].parts
    assert (satisfaction.percentile, satisfaction.weight) == (None, 0.0)
    assert (conversion.weight, response.weight) == (pytest.approx(0.40 / 0.65), pytest.approx(0.25 / 0.65))


def test_three_perfect_ratings_do_not_beat_many_very_good_ones() -> None:
    team = (standing(1, 20, 40, (5, 5, 5)), standing(2, 20, 40, (5,) * 80 + (4,) * 20), standing(3, 20, 40, (3,) * 50))
    scores = team_ranking(team).scores
    assert scores[2].parts[1].percentile == 100.0
    assert scores[1].parts[1].percentile == 50.0


def test_the_same_facts_give_the_same_ranking() -> None:
    team_ranking.cache_clear()
    first = team_ranking(clear_team(7))
    team_ranking.cache_clear()
    assert team_ranking(clear_team(7)) == first


def test_the_way_up_is_told_for_each_component_and_is_enough() -> None:
    team = clear_team(10)
    conversions, ratings, seconds = ways_up(team, 3)
    assert conversions.conversions is not None
    better = standing(3, 56 + conversions.conversions, 200, (1,) * 42 + (5,) * 18, (86_400 // 16,) * 100)
    place = team_ranking((*team[:3], better, *team[4:])).place(3)
    assert place is not None
    assert place.position < 7
    assert ratings.ratings is not None
    assert seconds == WayUp(seconds=900)


def test_nothing_leads_further_up_from_the_top_or_among_few_colleagues() -> None:
    assert ways_up(clear_team(10), 9) == ()
    assert ways_up(clear_team(5), 1) == ()


def test_a_ladder_keeps_a_colleagues_wait_to_themselves() -> None:
    team = tuple(standing(i, 20, 40, (), (3_333 * (10 - i),) * 40) for i in range(10))
    told = [way.seconds for i in range(10) for way in ways_up(team, i) if way.seconds]
    assert not {3_333 * (10 - i) for i in range(10)} & set(told)


def test_an_agent_learns_a_quarter_of_the_team_and_not_a_percentile() -> None:
    parts = [Part(key="satisfaction", weight=0.35, percentile=percentile) for percentile in (100.0, 75.0, 74.0, 50.0, 25.0, 24.0, 0.0)]
    first, second, third, last = Quarter
    assert [part.quarter for part in parts] == [first, first, second, second, third, last, last]
    assert Part(key="satisfaction", weight=0, percentile=None).quarter is None
