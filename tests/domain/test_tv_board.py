"""What a wall may tell: nobody who did not choose it, nobody from the lower half, nothing of a team too small to hide anybody."""

from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.celebration import Rung
from domain.counters import Counters
from domain.metrics.catalog import metric
from domain.metrics.pace import Aim
from domain.metrics.ranking import Place
from domain.metrics.reading import read
from domain.tv_board import FEWEST, MOST_LINES, Win, is_news, lines, thermometers, wins


def board(people: int) -> list[tuple[Place, float]]:
    return [(Place(agent_id=at, position=at, best=at, worst=at, of=people), 200.0 - at) for at in range(1, people + 1)]


def calls(target: float = 100) -> Aim:
    return Aim(target=target, expected=target / 2, due_with_today=target / 2, days_gone=10, days_planned=20, is_finished=False)


def test_the_upper_half_is_listed_and_of_it_those_who_chose_it() -> None:
    told = lines(board(8), {1: "Nora", 3: "Speedy", 5: "Paul"})
    assert [(each.place, each.name, each.score) for each in told] == [("1 of 8", "Nora", "199"), ("3 of 8", "Speedy", "197")]


def test_five_ranked_people_are_too_few_and_six_are_enough() -> None:
    named = {1: "Nora"}
    assert [len(lines(board(people), named)) for people in (FEWEST, FEWEST + 1)] == [0, 1]


@given(people=st.integers(0, 40), chosen=st.frozensets(st.integers(1, 40)))
def test_nobody_is_on_the_wall_against_their_will_or_from_the_lower_half(people: int, chosen: frozenset[int]) -> None:
    told = lines(board(people), {each: f"#{each}" for each in chosen})
    places = [int(each.name[1:]) for each in told]
    assert set(places) <= chosen
    assert all(place <= people // 2 for place in places)
    assert len(told) <= MOST_LINES


def test_a_thermometer_needs_a_target_and_five_people() -> None:
    sums = Counters(calls=60, activities=60)
    readings = [read(metric("calls"), sums, None, calls()), read(metric("emails"), sums, None)]
    assert thermometers(readings, FEWEST - 1, "USD") == ()
    (told,) = thermometers(readings, FEWEST, "USD")
    assert (told.name, told.value, told.target, told.due, told.filled, told.due_at) == ("Calls", "60", "100", "50", 0.6, 0.5)
    assert (told.share, told.word) == ("60 %", "On track")


def test_a_target_passed_fills_the_thermometer_and_no_more() -> None:
    (told,) = thermometers([read(metric("calls"), Counters(calls=250, activities=250), None, calls())], 9, "USD")
    assert (told.filled, told.share) == (1.0, "250 %")


def test_who_is_not_named_is_told_of_only_among_five_others_like_them() -> None:
    done = [(1, Rung.TEAM_RECORD, True), (2, Rung.PERSONAL_RECORD, False)]
    assert [each.who for each in wins(done, range(1, 6), {1: "Nora"})] == ["Nora"]
    assert [each.sentence for each in wins(done, range(1, 7), {1: "Nora"})] == [
        "Nora closed the team's largest sale in 30 days",
        "Somebody on the team had their best day in 30 days",
    ]


def test_a_streak_a_fifth_call_and_a_task_are_nobody_elses_business() -> None:
    private = (Rung.STREAK_MILESTONE, Rung.FIFTH_TODAY, Rung.TASK_DONE)
    assert not any(is_news(rung, is_deal=is_deal) for rung in private for is_deal in (True, False))
    told = [Win(who="Nora", rung=rung, is_deal=True).sentence for rung in Rung if is_news(rung, is_deal=True)]
    assert told[0] == "Nora closed their first sale of the year"
    assert len(told) == 5


def test_somebody_who_is_not_on_the_team_is_no_news_there() -> None:
    assert wins([(9, Rung.TEAM_RECORD, True)], range(1, 8), {9: "Olga"}) == ()
