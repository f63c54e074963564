"""What an agent reads of colleagues: neighbours named only where these want it, leagues and cohorts."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from domain.access import Selection
from domain.errors import ConflictError
from domain.periods import Grain, containing
from services.access import viewer
from services.leaderboard import Leaderboard, Within, leaderboard
from services.leaderboard_choice import choice_of, choose
from tests import builders
from tests.builders import NOON, TUESDAY

WEEK = Selection(period=containing(TUESDAY, Grain.WEEK))


@pytest.fixture
def crowd(session: Session) -> list[Person]:
    """Twelve on one team; the first made most calls."""
    team = builders.team(session)
    people = [builders.person(session, name=f"Agent {number:02}", on=team) for number in range(12)]
    for place, person in enumerate(people):
        for _ in range(24 - 2 * place):
            builders.activity(session, person)
    return people


def seen(session: Session, person: Person, within: Within = Within.PLATFORM) -> Leaderboard:
    session.expire_all()
    return leaderboard(session, viewer(session, person.id), WEEK, TUESDAY, within=within)


def test_nobody_is_named_who_did_not_choose_it(session: Session, crowd: list[Person]) -> None:
    board = seen(session, crowd[5])
    assert board.nearby is not None
    assert [(row.name, row.score is not None) for row in board.nearby.rows] == [
        ("", False),
        ("", False),
        ("Agent 05", True),
        ("", False),
        ("", False),
    ]
    assert not any(other.name in repr(board) for other in crowd if other is not crowd[5])


def test_who_chose_it_is_named_by_alias_or_name_and_can_stop_it(session: Session, crowd: list[Person]) -> None:
    above, below = (viewer(session, crowd[place].id) for place in (4, 6))
    choose(session, above, NOON, is_listed=True, alias=" Falcon ")
    choose(session, below, NOON, is_listed=True, alias="")
    board = seen(session, crowd[5])
    assert board.nearby is not None
    assert [row.name for row in board.nearby.rows] == ["", "Falcon", "Agent 05", "Agent 06", ""]
    choose(session, above, NOON, is_listed=False, alias="Falcon")
    assert "Falcon" not in repr(seen(session, crowd[5]))


def test_an_alias_is_nobody_elses_name(session: Session, crowd: list[Person]) -> None:
    who = viewer(session, crowd[0].id)
    with pytest.raises(ConflictError):
        choose(session, who, NOON, is_listed=True, alias="agent 01")
    assert choice_of(session, who).is_listed is False


def test_the_best_have_nobody_ahead_and_the_others_a_gap(session: Session, crowd: list[Person]) -> None:
    first, second = seen(session, crowd[0]).nearby, seen(session, crowd[1]).nearby
    assert first is not None
    assert second is not None
    assert first.gap is None
    assert isinstance(second.gap, int)
    assert second.gap > 0


def test_the_top_half_is_told_without_the_viewer(session: Session, crowd: list[Person]) -> None:
    (cohort,) = seen(session, crowd[11]).cohorts
    assert (cohort.share, cohort.people) == (0.5, 6)
    assert cohort.per_day["calls"] == pytest.approx((24 + 22 + 20 + 18 + 16 + 14) / (6 * 2))


def test_a_team_board_that_would_leave_a_few_others_over_is_not_told(session: Session, crowd: list[Person]) -> None:
    lonely = builders.person(session, on=builders.team(session))
    builders.activity(session, lonely)
    assert seen(session, crowd[5], Within.TEAM).nearby is None
    assert seen(session, crowd[5]).nearby is not None


@pytest.fixture
def leagues(session: Session, crowd: list[Person]) -> list[Person]:
    """Twenty, of whom the first made fewest calls the month before, and most this month."""
    team = builders.team(session)
    later = [builders.person(session, name=f"Later {number}", on=team) for number in range(8)]
    for person in later:
        builders.activity(session, person)
    people = [*crowd, *later]
    for number, person in enumerate(people):
        for _ in range(1 + number):
            builders.activity(session, person, at=NOON - timedelta(days=20))
    return people


def test_a_league_is_those_of_like_volume_and_says_where_the_next_month_leads(session: Session, leagues: list[Person]) -> None:
    board = seen(session, leagues[0], Within.LEAGUE)
    assert board.seat is not None
    assert (board.seat.league, board.seat.leagues, board.seat.others, board.seat.ahead) == (2, 2, 9, 1)
    (own,) = board.rows
    assert own.place is not None
    assert own.place.of == 10
    assert not any(other.name in repr(board) for other in leagues[1:])


def test_with_too_few_for_two_leagues_nothing_is_told(session: Session, crowd: list[Person]) -> None:
    board = seen(session, crowd[5], Within.LEAGUE)
    assert (board.seat, board.nearby, [row.place for row in board.rows]) == (None, None, [None])
