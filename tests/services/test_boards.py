"""Leaderboard, heatmap, trends, summaries, scoreboard: typed results within the viewer's scope."""

from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.models import Assessment, KpiTarget, Person, Team
from domain.access import Selection
from domain.errors import InputError
from domain.metrics.change import ChangeKind
from domain.metrics.ranking import RankedBy
from domain.periods import Grain, Period, containing
from domain.records import ActivityType, Level, Outcome, Profile, Role
from services import access
from services.heatmap import Across, call_heatmap, call_matrix
from services.leaderboard import leaderboard
from services.scoreboard import day_share, scoreboard
from services.summaries import summary
from services.targets import seed_default_targets
from services.trends import trends
from tests import builders

TODAY = date(2026, 3, 19)
MARCH = Selection(period=containing(TODAY, Grain.MONTH))


def viewer_of(session: Session, person: Person) -> access.Viewer:
    assert person.id is not None
    return access.viewer(session, person.id)


def admin(session: Session) -> access.Viewer:
    return viewer_of(session, builders.person(session, role=Role.ADMIN, name="Ada"))


def call(session: Session, agent: Person, day: int = 10, hour: int = 12, **fields: Any) -> None:
    builders.activity(session, agent, at=builders.NOON.replace(day=day, hour=hour), **fields)


def league(session: Session, team: Team, size: int) -> list[Person]:
    """Agents of whom the n-th made n calls."""
    agents = [builders.person(session, on=team, name=f"Agent {number:02d}") for number in range(1, size + 1)]
    for number, agent in enumerate(agents, start=1):
        for _ in range(number):
            call(session, agent)
    return agents


def test_a_manager_sees_everybody_best_first_with_every_point_accounted_for(session: Session) -> None:
    team = builders.team(session)
    agents = league(session, team, 3)
    builders.deal(session, agents[0], agreement_on=date(2026, 3, 5), partner_list_sent_on=date(2026, 3, 6))
    builders.deal(session, agents[0], status="won", closed_on=date(2026, 3, 7), amount_minor=100)
    board = leaderboard(session, viewer_of(session, builders.manager(session, of=team)), MARCH, TODAY)
    assert [(row.name, row.index.raw) for row in board.rows] == [("Agent 01", 1 + 3 + 2 + 5), ("Agent 03", 3), ("Agent 02", 2)]
    assert [(each.key, each.units, each.points) for each in board.rows[0].index.components] == [
        ("calls", 1, 1),
        ("agreements", 1, 3),
        ("lists_sent", 1, 2),
        ("deals_won", 1, 5),
    ]
    assert not board.by_target


def test_with_targets_exactly_on_all_of_them_scores_one_hundred(session: Session) -> None:
    team = builders.team(session)
    agent = builders.person(session, on=team)
    for key, target in (("calls", 22), ("deals_won", 2)):
        session.add(KpiTarget(metric_key=key, grain=Grain.MONTH, target=Decimal(target), from_on=date(2026, 1, 1)))
    session.flush()
    for _ in range(22):
        call(session, agent)
    for _ in range(2):
        builders.deal(session, agent, status="won", closed_on=date(2026, 3, 7))
    board = leaderboard(session, admin(session), MARCH, date(2026, 4, 2))
    (row,) = board.rows
    assert row.index.score is not None
    assert row.index.score.value == pytest.approx(100)
    assert row.index.left_out == ("agreements", "lists_sent")


def strings_and_numbers(value: Any) -> set[Any]:
    """Everything a result object holds, however deep."""
    if is_dataclass(value) and not isinstance(value, type):
        return {leaf for field in fields(value) for leaf in strings_and_numbers(getattr(value, field.name))}
    if isinstance(value, dict):
        return {leaf for item in value.items() for leaf in strings_and_numbers(item)}
    if isinstance(value, list | tuple | set | frozenset):
        return {leaf for item in value for leaf in strings_and_numbers(item)}
    return {value} if isinstance(value, str | int | float) and not isinstance(value, bool) else set()


def test_an_agent_sees_their_place_and_quartiles_and_nobody_else(session: Session) -> None:
    team = builders.team(session)
    agents = league(session, team, 9)
    board = leaderboard(session, viewer_of(session, agents[6]), MARCH, TODAY)
    (row,) = board.rows
    assert (row.name, row.is_viewer, row.place.position if row.place else 0, row.place.of if row.place else 0) == ("Agent 07", True, 3, 9)
    assert board.benchmark is not None
    assert (board.benchmark.lower, board.benchmark.median, board.benchmark.upper, board.benchmark.peers) == (2.75, 4.5, 6.5, 8)
    leaves = strings_and_numbers(board)
    others = {agent.name for agent in agents} - {"Agent 07"}
    assert not others & leaves
    assert not {agent.id for agent in agents if agent.id and agent.id > 100 and agent.id != agents[6].id} & leaves


@pytest.mark.parametrize("size", [1, 5])
def test_an_agent_with_fewer_than_five_peers_gets_no_comparison(session: Session, size: int) -> None:
    agents = league(session, builders.team(session), size)
    board = leaderboard(session, viewer_of(session, agents[0]), MARCH, TODAY)
    assert (board.benchmark, board.rows[0].place) == (None, None)


def test_an_agent_cannot_narrow_the_comparison_to_one_person_or_day(session: Session) -> None:
    agents = league(session, builders.team(session), 8)
    viewer = viewer_of(session, agents[0])
    narrowed = Selection(period=MARCH.period, agent_ids=frozenset({agents[1].id or 0, agents[0].id or 0}))
    assert leaderboard(session, viewer, narrowed, TODAY) == leaderboard(session, viewer, MARCH, TODAY)
    a_day = Selection(period=Period(date(2026, 3, 10), date(2026, 3, 11)))
    assert leaderboard(session, viewer, a_day, TODAY).benchmark is None


def test_an_agent_is_compared_with_their_own_kind_of_business(session: Session) -> None:
    league(session, builders.team(session, profile=Profile.BDR), 9)
    agents = league(session, builders.team(session, profile=Profile.REAL_ESTATE), 7)
    (row,) = leaderboard(session, viewer_of(session, agents[0]), MARCH, TODAY).rows
    assert row.place is not None
    assert row.place.of == 7


def test_the_heatmap_counts_local_hours_and_shows_no_rate_for_a_few_calls(session: Session) -> None:
    agent = builders.person(session)
    for number in range(12):
        call(session, agent, day=10, hour=9, outcome=Outcome.CONNECTED if number < 6 else Outcome.NO_ANSWER)
    call(session, agent, day=11, hour=17, outcome=Outcome.CONNECTED)
    board = call_heatmap(session, viewer_of(session, agent), MARCH)
    busy, rare = board.hours.cell(2, 9), board.hours.cell(3, 17)
    assert (busy.calls, busy.conversations, busy.rate.value, busy.is_judged) == (12, 6, 0.5, True)
    assert (rare.calls, rare.is_judged) == (1, False)
    assert board.hours.busy_hours == range(9, 18)


def test_every_agent_has_a_row_by_hour_of_all_days_or_of_one_and_by_weekday(session: Session) -> None:
    team = builders.team(session)
    ana, ben = (builders.person(session, on=team, name=name) for name in ("Ana", "Ben"))
    eve = builders.person(session, on=builders.team(session), name="Eve")
    for agent, day, hour in ((ana, 10, 9), (ana, 11, 9), (ana, 11, 17), (ben, 10, 12), (eve, 10, 9)):
        call(session, agent, day=day, hour=hour, outcome=Outcome.CONNECTED if hour == 9 else Outcome.NO_ANSWER)
    boss = viewer_of(session, builders.manager(session, of=team))

    def rows(across: Across, weekday: int | None = None) -> dict[str, dict[int, tuple[int, int]]]:
        found = call_matrix(session, boss, MARCH, across, weekday)
        return {row.name: {place: (rate.whole, rate.part) for place, rate in row.cells.items()} for row in found.rows}

    assert rows(Across.HOURS) == {"Ana": {9: (2, 2), 17: (1, 0)}, "Ben": {12: (1, 0)}}
    assert rows(Across.HOURS, 3) == {"Ana": {9: (1, 1), 17: (1, 0)}}
    assert rows(Across.WEEKDAYS, 3) == {"Ana": {2: (1, 1), 3: (2, 1)}, "Ben": {2: (1, 0)}}
    assert call_matrix(session, boss, MARCH, Across.HOURS).columns == range(9, 18)
    assert call_matrix(session, boss, MARCH, Across.WEEKDAYS).columns == range(1, 8)


def test_trends_leave_days_to_come_out_and_mark_today_unfinished(session: Session) -> None:
    agent = builders.person(session)
    call(session, agent, day=10)
    call(session, agent, day=19)
    (found,) = trends(session, viewer_of(session, agent), MARCH, ["calls"], TODAY)
    assert (found.grain, len(found.points), found.points[-1].unfinished, found.points[-2].unfinished) == (Grain.DAY, 19, True, False)
    assert sum(point.value or 0 for point in found.points) == 2
    assert found.best is not None
    assert found.best.start == date(2026, 3, 10)


def test_a_summary_has_pace_funnel_and_trends(session: Session) -> None:
    team = builders.team(session)
    agent = builders.person(session, on=team)
    session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, target=Decimal(44), from_on=date(2026, 1, 1)))
    for day in range(2, 19):
        call(session, agent, day=day)
    for number in range(4):
        builders.lead(session, agent, contacted_on=TODAY if number else None, converted_on=TODAY if number == 3 else None)
    found = summary(session, viewer_of(session, agent), MARCH, TODAY, "monthly")
    pace = found.paces["calls"]
    assert (pace.actual, pace.target, pace.ahead) == (17, pytest.approx(44), pytest.approx(17 - 26))
    assert pace.needed_per_day == pytest.approx(27 / 9)
    assert [step.count for step in found.funnel] == [4, 3, 1, 1]
    assert found.trend("calls").points[1].value == 1


def test_a_day_is_held_against_its_part_of_the_week(session: Session) -> None:
    team = builders.team(session)
    agent = builders.person(session, on=team)
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=Decimal(40), from_on=date(2026, 1, 1)))
    for _ in range(3):
        call(session, agent, day=19)
    builders.activity(session, agent, at=builders.NOON.replace(day=19), type=ActivityType.TASK)
    call(session, agent, day=18)
    found = scoreboard(session, viewer_of(session, agent), agent.id or 0, TODAY, time(13, 15))
    calls = found.lines[0]
    assert (calls.reading.value, calls.reading.target, calls.due_by_now, calls.left) == (
        3,
        pytest.approx(8),
        pytest.approx(4),
        pytest.approx(5),
    )
    assert calls.reading.change.kind is ChangeKind.UP
    assert [line.reading.metric.key for line in found.lines][-1] == "tasks"
    assert found.is_working_day


def test_a_foreign_agents_scoreboard_is_empty(session: Session) -> None:
    team = builders.team(session)
    agent, other = builders.person(session, on=team), builders.person(session, on=team)
    call(session, other, day=19)
    found = scoreboard(session, viewer_of(session, agent), other.id or 0, TODAY, time(12))
    assert (found.lines, found.has_data, found.is_working_day) == ((), False, False)


@pytest.mark.parametrize(("at", "share"), [(time(8), 0), (time(9), 0), (time(13, 15), 0.5), (time(17, 30), 1), (time.max, 1)])
def test_the_working_day_runs_from_nine_to_half_past_five(at: time, share: float) -> None:
    assert day_share(at) == share


def test_new_teams_get_the_targets_of_their_business_once(session: Session) -> None:
    builders.organisation(session)
    bdr = builders.team(session, profile=Profile.BDR)
    agent = builders.person(session, on=bdr)
    assert seed_default_targets(session, TODAY.replace(day=1)) == 1
    assert seed_default_targets(session, TODAY + timedelta(days=9)) == 0
    week = Selection(period=containing(TODAY, Grain.WEEK))
    found = scoreboard(session, viewer_of(session, agent), agent.id or 0, TODAY, time.max)
    assert found.lines[0].reading.target == pytest.approx(5)
    assert week.period.days == 7


def test_without_a_target_somebody_is_listed_after_those_who_are_ranked_by_it(session: Session) -> None:
    team = builders.team(session)
    on_target, busy = builders.person(session, on=team, name="On target"), builders.person(session, name="Busy")
    session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, team_id=team.id, target=Decimal(22), from_on=date(2026, 1, 1)))
    session.flush()
    call(session, on_target)
    for _ in range(9):
        call(session, busy)
    board = leaderboard(session, admin(session), MARCH, TODAY)
    assert [(row.name, row.place.text if row.place else "") for row in board.rows] == [("On target", "1 of 1"), ("Busy", "")]
    assert board.by_target
    assert [row.name for row in board.without_target] == ["Busy"]


def test_points_rank_everybody_where_they_are_chosen(session: Session) -> None:
    team = builders.team(session)
    on_target, busy = builders.person(session, on=team, name="On target"), builders.person(session, name="Busy")
    session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, team_id=team.id, target=Decimal(22), from_on=date(2026, 1, 1)))
    session.flush()
    call(session, on_target)
    for _ in range(9):
        call(session, busy)
    board = leaderboard(session, admin(session), MARCH, TODAY, ranked_by=RankedBy.POINTS)
    assert [row.name for row in board.rows] == ["Busy", "On target"]
    assert (board.by_target, board.without_target) == (False, ())


def test_an_agent_without_facts_learns_nothing_of_others(session: Session) -> None:
    agents = league(session, builders.team(session), 3)
    outsider = builders.person(session, name="Outsider")
    board = leaderboard(session, viewer_of(session, outsider), MARCH, TODAY)
    assert ([row.name for row in board.rows], board.benchmark, board.has_data) == (["Outsider"], None, False)
    assert board.data_span is None
    assert not {agent.name for agent in agents} & strings_and_numbers(board)


def test_a_trend_of_an_unknown_metric_is_refused_with_the_nearest_key(session: Session) -> None:
    with pytest.raises(InputError, match="Did you mean “calls”"):
        trends(session, admin(session), MARCH, ["callls"], TODAY)


def test_a_trend_without_figures_has_no_best_point(session: Session) -> None:
    (found,) = trends(session, admin(session), MARCH, ["win_rate"], TODAY, Grain.WEEK)
    assert (found.best, {point.value for point in found.points}) == (None, {None})


def test_an_agents_own_level_is_not_told_where_few_are_on_another(session: Session) -> None:
    """Of eight alike seven are on the level: both boards together would tell where the eighth stands."""
    team = builders.team(session)
    agents = [builders.person(session, on=team) for _ in range(8)]
    for calls, agent in enumerate(agents, start=1):
        for _ in range(calls):
            builders.activity(session, agent)
    levels = [Level.DEVELOPING] * 7 + [Level.ELITE]
    session.add_all(
        [
            Assessment(agent_id=each.id, day=TODAY, level=level, inputs={}, computed_at=builders.NOON)
            for each, level in zip(agents, levels, strict=True)
        ]
    )
    session.flush()
    viewer = viewer_of(session, agents[0])
    (row,) = leaderboard(session, viewer, MARCH, TODAY, level=Level.DEVELOPING).rows
    assert (row.place, leaderboard(session, viewer, MARCH, TODAY, level=Level.DEVELOPING).benchmark) == (None, None)
    session.get_one(Assessment, (agents[7].id, TODAY)).level = Level.DEVELOPING
    session.flush()
    (row,) = leaderboard(session, viewer, MARCH, TODAY, level=Level.DEVELOPING).rows
    assert row.place is not None
    assert row.place.of == 8
