"""The Leaderboard ranks a manager's people openly, and shows an agent their own place among unnamed others."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Assessment, KpiTarget, LeaderboardChoice, Person, Team, TeamRanking
from domain.coaching.leagues import Seat
from domain.metrics.ranking import Quartiles, RankedBy
from domain.periods import Grain
from domain.records import Level, Role
from services.rankings import Move
from tests import builders
from tests.ui.visits import Open, charts, metrics, visit
from ui import leagues, rank_choice, standings

MARCH = {"period": "custom", "from": "2026-03-01", "to": "2026-03-31"}
OTHERS = ("Ben Bold", "Cleo Calm", "Dan Dart", "Eve Early", "Fay Fast")


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    """Ana made two calls and a sale in March 2026; five colleagues made 3, 4, 5, 6 and 7 calls. Ten calls a month are asked."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session)
        ana = builders.person(session, on=team, name="Ana Lima")
        for _ in range(2):
            builders.activity(session, ana)
        builders.deal(session, ana, status="won", closed_on=builders.TUESDAY, amount_minor=500_00)
        for calls, name in enumerate(OTHERS, start=3):
            colleague = builders.person(session, on=team, name=name)
            for _ in range(calls):
                builders.activity(session, colleague)
        session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, target=10, from_on=builders.TUESDAY.replace(month=1)))
        return SimpleNamespace(ana=ana, team=team, manager=builders.manager(session, of=team))

    return live_database.write(build)


def test_a_manager_sees_everybody_with_place_and_points(app: Open, house: SimpleNamespace) -> None:
    table = visit(app, house.manager, "leaderboard", **MARCH).dataframe[0].value
    assert next(iter(table["name"])) == "Fay Fast"
    assert dict(zip(table["name"], table["points"], strict=True))["Ana Lima"] == 2 * 1 + 1 * 5
    assert all("of 6" in place for place in table["place"])


def test_the_index_is_taken_apart_into_units_and_points(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "leaderboard", **MARCH, agents=str(house.ana.id))
    lines = [text.value for text in at.markdown]
    assert any(
        line.startswith("Calls: 2 × 1 = **2 points**") and "adds 20 to the percent of target (10 due by tonight)" in line for line in lines
    )
    assert "Sales: 1 × 5 = **5 points**" in lines
    assert "Together **7 points** · **20 % of target**" in lines


def test_a_distance_is_told_in_what_is_ranked_by() -> None:
    others = Quartiles(peers=7, lower=34, median=66, upper=137)
    assert rank_choice.distance_text("4", by_target=True) == "4 percentage points of target"
    assert [rank_choice.distance_text(each, by_target=False) for each in ("1", "4")] == ["1 point", "4 points"]
    assert standings.benchmark_text(63, others, by_target=True) == (
        "Percent of target: a quarter of the 7 others reach 137 % or more, half 66 % or more, three quarters 34 % or more. "
        "You are at 63 %; the next quarter begins 3 percentage points of target higher."
    )


def test_a_component_without_a_target_is_named(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "leaderboard", **MARCH)
    assert any(text.value.startswith("No target for Agreements, Lists out, Sales") for text in at.caption)


def test_places_follow_percent_of_target_and_points_are_one_choice_away(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    live_database.write(lambda session: builders.activity(session, builders.person(session, name="Gus Good")))
    at = visit(app, house.manager, "leaderboard", **MARCH)
    assert charts(at)[0].startswith("Percent of target: ")
    assert "Nobody has a target" not in str(at)
    at = visit(app, house.manager, "leaderboard", **MARCH, by="points")
    assert at.segmented_control(key="ranked-by").value == RankedBy.POINTS
    assert charts(at)[0].startswith("Points: ")


def test_without_any_target_points_decide_and_it_is_said(app: Open, overtaking: SimpleNamespace) -> None:
    said = [caption.value for caption in visit(app, overtaking.manager, "leaderboard", period="this_month").caption]
    assert "Nobody has a target in these days, so places follow points." in said


def test_who_has_no_target_is_named_to_their_manager_and_told_so_themselves(app: Open, live_database: Database) -> None:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session)
        ana, ben = (builders.person(session, on=team, name=name) for name in ("Ana Lima", "Ben Bold"))
        for person in (ana, ben):
            builders.activity(session, person)
        session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, agent_id=ben.id, target=10, from_on=date(2026, 1, 1)))
        return SimpleNamespace(ana=ana, manager=builders.manager(session, of=team))

    people = live_database.write(build)
    said = [caption.value for caption in visit(app, people.manager, "leaderboard", **MARCH).caption]
    assert "Without a target, so not ranked by it: Ana Lima. *Points* rank everybody." in said
    at = visit(app, people.ana, "leaderboard", **MARCH)
    assert any(text.value.startswith("Nobody set a target for you in these days") for text in at.markdown)


def test_an_agent_reads_their_league_and_where_the_next_month_leads() -> None:
    up, down = (Seat(league=2, leagues=3, others=9, ahead=ahead) for ahead in (1, 3))
    today = date(2026, 3, 19)
    assert leagues.seat_text(up) == "League **2** of 3, with 9 others whose points of the months before were nearest to yours."
    assert leagues.ahead_text(up, today) == "As it stands you move up to league 1 on 1 Apr 2026."
    assert leagues.ahead_text(down, today) == "As it stands you move down to league 3 on 1 Apr 2026; the month is not over."
    assert leagues.ahead_text(replace(up, ahead=2), today) == "As it stands you stay in league 2 on 1 Apr 2026."


def test_with_too_few_for_leagues_an_agent_reads_how_many_it_takes(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.ana, "leaderboard", period="last_12_months", among="My league")
    assert leagues.TOO_FEW in [caption.value for caption in at.caption]


def test_the_order_is_told_in_words(app: Open, house: SimpleNamespace) -> None:
    assert "Fay Fast 70" in charts(visit(app, house.manager, "leaderboard", **MARCH))[0]


def test_an_agent_finds_their_own_place_and_nobody_elses_name(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.ana, "leaderboard", period="last_12_months")
    assert "Your place" in metrics(at)
    assert not any(name.split()[0] in str(at) for name in OTHERS)


def test_an_agent_sees_what_unnamed_others_reach_in_a_whole_unit(app: Open, live_database: Database) -> None:
    def build(session: Session) -> object:
        builders.organisation(session)
        team = builders.team(session)
        people = [builders.person(session, on=team, name=f"Nobody {number}") for number in range(7)]
        now = clock.now()
        for calls, person in enumerate(people, start=1):
            for _ in range(calls):
                builders.activity(session, person, at=now)
        return people[0]

    agent = live_database.write(build)
    at = visit(app, agent, "leaderboard", period="this_month")
    said = charts(at)[0]
    assert said.startswith("Points: a quarter of the 6 others reach 5.8 or more, half 4.5 or more, three quarters 3.2 or more.")
    assert said.endswith("You are at 1; the next quarter begins 2.2 points higher.")
    assert "Nobody 3" not in str(at)


@pytest.fixture
def overtaking(live_database: Database) -> SimpleNamespace:
    """Seven agents; on the last ranked day Ana, last a week before, is first. Nobody's likely places overlap."""
    today = clock.now().date()

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session)
        people = [builders.person(session, on=team, name=name) for name in ("Ana Lima", *OTHERS, "Gus Good")]
        for person in people:
            builders.activity(session, person, at=clock.now())
        for days_ago, order in ((8, [*people[1:], people[0]]), (1, people)):
            session.add_all(ranking(team, person, place, today - timedelta(days=days_ago)) for place, person in enumerate(order, start=1))
        return SimpleNamespace(ana=people[0], ben=people[1], manager=builders.manager(session, of=team))

    return live_database.write(build)


def ranking(team: Team, person: Person, place: int, day: date) -> TeamRanking:
    return TeamRanking(
        team_id=team.id,
        day=day,
        agent_id=person.id,
        place=place,
        first_place=place,
        last_place=place,
        score=1,
        ranked=7,
        computed_at=clock.now(),
    )


def test_the_table_shows_who_moved_since_a_week_ago(app: Open, overtaking: SimpleNamespace) -> None:
    table = visit(app, overtaking.manager, "leaderboard", period="this_month").dataframe[0].value
    moved = dict(zip(table["name"], table["moved"], strict=True))
    assert (moved["Ana Lima"], moved["Ben Bold"]) == ("▲ 6", "▼ 1")


def test_moves_are_not_shown_beside_another_period(app: Open, overtaking: SimpleNamespace) -> None:
    assert "moved" not in visit(app, overtaking.manager, "leaderboard", period="last_12_months").dataframe[0].value


def test_an_agent_reads_their_own_move_as_a_sentence(app: Open, overtaking: SimpleNamespace) -> None:
    at = visit(app, overtaking.ana, "leaderboard", period="this_month")
    assert "Up 6 places in your team since a week ago." in [caption.value for caption in at.caption]
    assert "Ben" not in str(at)


@pytest.mark.parametrize(
    ("places", "luck", "text", "words"),
    [
        (2, False, "▲ 2", "Up 2 places in your team since a week ago."),
        (-1, True, "▼ 1 ≈", "Down 1 place in your team since a week ago; luck could have done that."),
        (0, True, "=", "The same place in your team as a week ago."),
    ],
)
def test_a_move_in_short_and_in_words(places: int, luck: bool, text: str, words: str) -> None:  # noqa: FBT001 - a case of the table
    move = Move(places=places, could_be_luck=luck, since=builders.TUESDAY)
    assert (standings.move_text(move), standings.move_words(move)) == (text, words)


def test_days_of_ones_own_show_no_place_to_an_agent(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.ana, "leaderboard", **MARCH)
    assert metrics(at)["Your place"] == "–"
    assert any("Places need a whole week" in text.value for text in at.markdown)


def test_the_own_account_needs_no_manager(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.ana, "leaderboard", **MARCH)
    assert any(text.value.startswith("Calls: 2 × 1 = **2 points**") for text in at.markdown)


def on_level(database: Database, people: list[Person], level: Level) -> None:
    rows = [{"agent_id": each.id, "day": date(2026, 3, 31), "level": level, "inputs": {}, "computed_at": builders.NOON} for each in people]
    database.write(lambda session: session.add_all([Assessment(**row) for row in rows]))


def test_a_manager_compares_those_of_a_level(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    on_level(live_database, [house.ana], Level.DEVELOPING)
    at = visit(app, house.manager, "leaderboard", **MARCH, level="developing")
    assert at.segmented_control(key="compare-with").value == "developing"
    assert list(at.dataframe[0].value["name"]) == ["Ana Lima"]
    at = visit(app, house.manager, "leaderboard", **MARCH, level="elite")
    assert [each.value for each in at.info] == ["Nobody here is on the level Elite in these days."]


def test_an_agent_compares_with_their_own_level_whichever_they_name(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    everybody = live_database.write(lambda session: list(session.scalars(select(Person).where(Person.role == Role.AGENT))))
    on_level(live_database, everybody, Level.DEVELOPING)
    months = {"period": "custom", "from": "2026-03-01", "to": "2026-03-31"}
    at = visit(app, house.ana, "leaderboard", **months, level="elite")
    assert at.segmented_control(key="compare-with").value == "developing"
    assert "Your place" in metrics(at)
    assert not any(name in str(at) for name in OTHERS)


def test_the_bytes_an_agent_receives_name_only_colleagues_who_chose_it(app: Open, live_database: Database) -> None:
    def build(session: Session) -> Person:
        builders.organisation(session)
        team = builders.team(session)
        people = [builders.person(session, on=team, name=name) for name in ("Ana Lima", *OTHERS, "Gus Good")]
        for calls, person in enumerate(people, start=2):
            for _ in range(calls):
                builders.activity(session, person, at=clock.now())
        session.add(LeaderboardChoice(person_id=people[1].id, is_listed=True, alias="Falcon"))
        session.add(LeaderboardChoice(person_id=people[2].id, is_listed=False, alias="Heron"))
        return people[0]

    at = visit(app, live_database.write(build), "leaderboard", period="this_month")
    received = str(at) + " ".join(str(table.value) for table in at.table)
    assert "Falcon" in received
    assert not any(name in received for name in (*(other.split()[0] for other in OTHERS), "Gus", "Heron"))
