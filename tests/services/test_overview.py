"""The manager's board: sums, comparisons, targets and findings of a selection."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from data.models import Absence, KpiTarget, Person
from domain.access import Selection
from domain.metrics.change import ChangeKind
from domain.metrics.flags import FlagKind
from domain.metrics.status import Status
from domain.periods import Grain, containing
from domain.records import ActivityType, Outcome, Role
from services import access
from services.lookups import lookups
from services.overview import overview
from tests import builders

TODAY = date(2026, 3, 19)
"""A Thursday."""
MARCH = Selection(period=containing(TODAY, Grain.MONTH))


@pytest.fixture
def company(session: Session) -> dict[str, Any]:
    builders.organisation(session)
    team, other = builders.team(session, name="North"), builders.team(session, name="South")
    return {
        "north": team,
        "ann": builders.person(session, on=team, name="Ann"),
        "ben": builders.person(session, on=team, name="Ben"),
        "cem": builders.person(session, on=other, name="Cem"),
        "boss": builders.manager(session, of=team, name="Boss"),
        "admin": builders.person(session, role=Role.ADMIN, name="Ada"),
    }


def calls(session: Session, agent: Person, day: date, number: int) -> None:
    for _ in range(number):
        builders.activity(session, agent, at=builders.NOON.replace(month=day.month, day=day.day))


def board_of(session: Session, person: Person, selection: Selection = MARCH) -> Any:
    assert person.id is not None
    return overview(session, access.viewer(session, person.id), selection, TODAY)


def reading(board: Any, key: str) -> Any:
    return next(each for each in board.readings if each.metric.key == key)


def test_a_manager_sees_the_sums_of_their_team_only(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["ann"], date(2026, 3, 3), 3)
    calls(session, company["cem"], date(2026, 3, 3), 5)
    board = board_of(session, company["boss"])
    assert reading(board, "calls").value == 3
    assert [row.name for row in board.agents] == ["Ann", "Ben"]
    assert board.agents[1].readings["calls"].value == 0


def test_an_unfinished_month_is_compared_with_the_same_days_of_the_last(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["ann"], date(2026, 2, 1), 1)
    calls(session, company["ann"], date(2026, 2, 19), 5)
    calls(session, company["ann"], date(2026, 2, 20), 50)
    calls(session, company["ann"], date(2026, 3, 19), 9)
    found = reading(board_of(session, company["admin"]), "calls")
    assert (found.before.value, found.change.kind) == (6, ChangeKind.UP)


def test_without_data_before_there_is_nothing_to_compare_with(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["ann"], date(2026, 2, 10), 5)
    found = reading(board_of(session, company["admin"]), "calls")
    assert (found.before, found.change.kind) == (None, ChangeKind.UNKNOWN)


def test_a_team_is_asked_for_what_its_agents_present_are_asked(session: Session, company: dict[str, Any]) -> None:
    session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, target=Decimal(22), from_on=date(2026, 1, 1)))
    session.add(Absence(person_id=company["ben"].id, from_on=date(2026, 3, 2), until_on=date(2026, 3, 13)))
    session.flush()
    found = reading(board_of(session, company["boss"]), "calls")
    assert found.target == pytest.approx(22 + 22 - 9)
    assert found.expected == pytest.approx(13 + 4)


def test_money_targets_are_major_units_in_the_table_and_minor_in_readings(session: Session, company: dict[str, Any]) -> None:
    session.add(
        KpiTarget(metric_key="revenue", grain=Grain.MONTH, team_id=company["north"].id, target=Decimal(1000), from_on=date(2026, 1, 1))
    )
    session.flush()
    assert reading(board_of(session, company["boss"]), "revenue").target == pytest.approx(200_000)


def test_a_ratio_is_held_against_the_teams_target_and_never_summed(session: Session, company: dict[str, Any]) -> None:
    session.add(
        KpiTarget(
            metric_key="conversion_rate", grain=Grain.MONTH, team_id=company["north"].id, target=Decimal("0.2"), from_on=date(2026, 1, 1)
        )
    )
    session.flush()
    for number in range(30):
        builders.lead(session, company["ann"], converted_on=TODAY if number < 3 else None)
    found = reading(board_of(session, company["boss"]), "conversion_rate")
    assert (found.target, found.status) == (pytest.approx(0.2), Status.TOO_EARLY)
    later = overview(session, access.viewer(session, company["boss"].id), MARCH, date(2026, 5, 2))
    assert reading(later, "conversion_rate").status is Status.AT_RISK


def test_somebody_silent_while_others_work_is_flagged_with_its_evidence(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["ben"], date(2026, 3, 11), 5)
    for day in range(2, 19):
        calls(session, company["ann"], date(2026, 3, day), 1)
    (found,) = board_of(session, company["boss"]).flags
    assert (found.kind, found.agent_name, found.metric_key) == (FlagKind.QUIET, "Ben", "activities")
    assert found.sentence.startswith("No activity for 5 working days.")


def test_an_absence_is_no_silence(session: Session, company: dict[str, Any]) -> None:
    session.add(Absence(person_id=company["ben"].id, from_on=date(2026, 3, 12), until_on=date(2026, 4, 1)))
    calls(session, company["ben"], date(2026, 3, 11), 5)
    for day in range(2, 19):
        calls(session, company["ann"], date(2026, 3, day), 1)
    assert board_of(session, company["boss"]).flags == ()


def test_a_team_figure_follows_the_dated_membership(session: Session, company: dict[str, Any]) -> None:
    joiner = builders.person(session, on=company["north"], since=date(2026, 3, 10), name="Joe")
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=Decimal(5), from_on=date(2026, 1, 1)))
    calls(session, joiner, date(2026, 3, 9), 7)
    calls(session, joiner, date(2026, 3, 10), 2)
    row = next(row for row in board_of(session, company["boss"]).agents if row.name == "Joe")
    assert row.readings["calls"].value == 2
    assert row.readings["calls"].target == pytest.approx(16)


def test_an_empty_selection_says_where_the_data_is(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["ann"], date(2025, 3, 3), 1)
    session.execute(text("UPDATE activity SET local_on = '2020-01-07'"))
    board = board_of(session, company["admin"])
    assert (board.has_data, board.data_span) == (False, (date(2020, 1, 7), date(2020, 1, 7)))


def test_naming_foreign_agents_or_teams_shows_nothing(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["cem"], date(2026, 3, 3), 5)
    asked = Selection(period=MARCH.period, agent_ids=frozenset({company["cem"].id}))
    board = board_of(session, company["boss"], asked)
    assert (board.agents, board.has_data, reading(board, "calls").value) == ((), False, 0)


def test_the_board_takes_five_statements_and_one_once_people_and_targets_are_known(session: Session, company: dict[str, Any]) -> None:
    for day in range(2, 6):
        calls(session, company["ann"], date(2026, 3, day), 2)
    viewer = access.viewer(session, company["boss"].id)
    session.expire_all()
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    whole = overview(session, viewer, MARCH, TODAY + timedelta(days=1))
    assert len(statements) == 5
    known = lookups(session, viewer.scope, MARCH, TODAY + timedelta(days=1))
    statements.clear()
    assert overview(session, viewer, MARCH, TODAY + timedelta(days=1), known) == whole
    assert len(statements) == 1


def test_board_sums_equal_plain_sql_over_the_facts(session: Session, company: dict[str, Any]) -> None:
    outcomes = [Outcome.CONNECTED, Outcome.NO_ANSWER, Outcome.APPOINTMENT_SET, None]
    for number in range(40):
        agent = (company["ann"], company["ben"], company["cem"])[number % 3]
        at = builders.NOON.replace(day=1 + number % 31, hour=8 + number % 9)
        builders.activity(session, agent, at=at, outcome=outcomes[number % 4], type=list(ActivityType)[number % 10])
        builders.deal(
            session, agent, status=("won", "lost")[number % 2], closed_on=at.date(), amount_minor=None if number % 5 == 0 else number * 100
        )
    board = board_of(session, company["admin"], Selection(period=MARCH.period))
    counted = session.execute(
        text(
            "SELECT count(*) FILTER (WHERE type = 'call'), count(*) FILTER (WHERE type <> 'note') FROM activity"
            " WHERE local_on >= '2026-03-01' AND local_on < '2026-04-01'"
        )
    ).one()
    closed = session.execute(
        text("SELECT count(*) FILTER (WHERE status = 'won'), count(*), sum(amount_minor) FILTER (WHERE status = 'won') FROM deal")
    ).one()
    assert (reading(board, "calls").value, reading(board, "activities").value) == (counted[0], counted[1])
    assert reading(board, "win_rate").value == pytest.approx(closed[0] / closed[1])
    assert reading(board, "revenue").value == closed[2]


def test_public_holidays_of_the_organisations_country_are_not_asked_for(session: Session, company: dict[str, Any]) -> None:
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=Decimal(5), from_on=date(2026, 1, 1)))
    session.flush()
    thanksgiving = Selection(period=containing(date(2026, 11, 26), Grain.WEEK), agent_ids=frozenset({company["ann"].id}))
    assert reading(board_of(session, company["admin"], thanksgiving), "calls").target == pytest.approx(4)


def test_people_are_asked_from_joining_until_leaving(session: Session, company: dict[str, Any]) -> None:
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=Decimal(5), from_on=date(2026, 1, 1)))
    company["ann"].joined_on = date(2026, 3, 16)
    company["ben"].active, company["ben"].deactivated_at = False, builders.NOON.replace(day=4)
    session.flush()
    rows = {row.name: row.readings["calls"] for row in board_of(session, company["admin"]).agents}
    assert (rows["Ann"].target, rows["Ben"].target, rows["Cem"].target) == (pytest.approx(12), pytest.approx(2), pytest.approx(22))


def test_somebody_who_left_before_the_period_is_not_on_the_board(session: Session, company: dict[str, Any]) -> None:
    company["ben"].active, company["ben"].deactivated_at = False, builders.NOON.replace(month=2)
    session.flush()
    assert [row.name for row in board_of(session, company["boss"]).agents] == ["Ann"]


def test_with_several_teams_a_ratio_is_held_against_the_organisations_target_only(session: Session, company: dict[str, Any]) -> None:
    session.add(
        KpiTarget(metric_key="win_rate", grain=Grain.MONTH, team_id=company["north"].id, target=Decimal("0.5"), from_on=date(2026, 1, 1))
    )
    session.flush()
    assert reading(board_of(session, company["admin"]), "win_rate").target is None
    one = Selection(period=MARCH.period, agent_ids=frozenset({company["ann"].id}))
    assert reading(board_of(session, company["admin"], one), "win_rate").target == 0.5


def test_a_target_of_a_metric_that_is_gone_is_left_out(session: Session, company: dict[str, Any]) -> None:
    session.add(KpiTarget(metric_key="faxes", grain=Grain.MONTH, target=Decimal(5), from_on=date(2026, 1, 1)))
    session.flush()
    assert all(each.target is None for each in board_of(session, company["admin"]).readings)


def test_silence_longer_than_four_weeks_is_still_found(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["ben"], date(2026, 2, 3), 5)
    for day in range(1, 19):
        calls(session, company["ann"], date(2026, 3, day), 1)
    quiet = [flag for flag in board_of(session, company["boss"]).flags if flag.kind is FlagKind.QUIET]
    assert [(flag.agent_name, flag.sample) for flag in quiet] == [("Ben", 20)]


def test_nobody_is_told_silent_about_a_period_that_is_over(session: Session, company: dict[str, Any]) -> None:
    calls(session, company["ann"], date(2026, 3, 18), 5)
    calls(session, company["ben"], date(2026, 2, 3), 5)
    february = Selection(period=containing(date(2026, 2, 1), Grain.MONTH))
    assert board_of(session, company["boss"], february).flags == ()


def test_a_board_works_before_the_organisation_is_set_up(session: Session) -> None:
    board = board_of(session, builders.person(session, role=Role.ADMIN))
    assert (board.currency, board.agents, board.has_data, board.data_span) == ("USD", (), False, None)


def test_one_teams_target_is_not_held_against_everybodys_figure(session: Session, company: dict[str, Any]) -> None:
    session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, team_id=company["north"].id, target=Decimal(22), from_on=date(2026, 1, 1)))
    calls(session, company["ann"], date(2026, 3, 3), 20)
    assert reading(board_of(session, company["admin"]), "calls").target == pytest.approx(44)
    calls(session, company["cem"], date(2026, 3, 3), 1)
    assert reading(board_of(session, company["admin"]), "calls").target == pytest.approx(44)
    calls(session, company["cem"], date(2026, 3, 4), 9)
    assert reading(board_of(session, company["admin"]), "calls").target is None
    assert reading(board_of(session, company["boss"]), "calls").target == pytest.approx(44)


def test_a_part_of_the_work_is_not_held_against_the_target_for_all_of_it(session: Session, company: dict[str, Any]) -> None:
    session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, target=Decimal(22), from_on=date(2026, 1, 1)))
    calls(session, company["ann"], date(2026, 3, 3), 20)
    builders.activity(session, company["ann"], at=builders.NOON.replace(month=3, day=4), category="Homes")
    board = board_of(session, company["boss"], replace(MARCH, categories=frozenset({"Homes"})))
    found = reading(board, "calls")
    assert (found.value, found.target, found.status) == (1, None, Status.NO_TARGET)
    assert board.flags == ()


def test_somebody_away_all_along_has_reached_nothing(session: Session, company: dict[str, Any]) -> None:
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=Decimal(40), from_on=date(2026, 1, 1)))
    session.add(Absence(person_id=company["ben"].id, from_on=date(2026, 3, 16), until_on=date(2026, 3, 23)))
    calls(session, company["ann"], date(2026, 3, 17), 40)
    week = Selection(period=containing(TODAY, Grain.WEEK))
    board = board_of(session, company["boss"], week)
    assert [row.readings["calls"].status for row in board.agents] == [Status.REACHED, Status.NO_TARGET]
    assert reading(board, "calls").target == pytest.approx(40)
