"""Patterns from the night that finds them to whoever may see them."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data.models import Activity, Notification, Person, StoredPattern, Team, TrackingConsent
from data.writes.patterns import replace_answers
from domain.errors import NotFoundError
from domain.periods import Grain, containing
from domain.records import ActivityType, Outcome, Role
from services import patterns
from services.access import Viewer
from services.reports import agent_report
from tests import builders

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def viewer_of(person: Person, *teams: Team) -> Viewer:
    managed = frozenset(team.id for team in teams if team.id is not None)
    return Viewer(person_id=person.id or 0, name=person.name, email="", role=person.role, time_zone="UTC", team_ids=managed)


def team_with_calls(session: Session, *, agents: int = 5) -> tuple[Team, list[Person]]:
    """Who reaches half of the people they call between ten and noon, and a quarter at other times."""
    team = builders.team(session)
    people = [builders.person(session, on=team) for _ in range(agents)]
    dice = np.random.default_rng(5)
    rows = []
    for person in people:
        for days in range(1, 100):
            on = TODAY - timedelta(days=days)
            for hour in (9, 10, 11, 13, 15) * 2:
                reached = dice.random() < (0.5 if hour in {10, 11} else 0.25)
                outcome = Outcome.CONNECTED if reached else Outcome.NO_ANSWER
                at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
                row = {"agent_id": person.id, "type": ActivityType.CALL, "outcome": outcome, "occurred_at": at, "local_on": on}
                rows.append({**row, "local_hour": hour, "subject": "", "notes": "", "category": "", "details": {}, "origin": "app"})
    session.execute(insert(Activity), rows)
    return team, people


def test_a_night_finds_what_is_there_and_only_those_concerned_see_it(session: Session) -> None:
    builders.organisation(session)
    team, people = team_with_calls(session)
    first = people[0]
    other = builders.team(session)
    boss, stranger = builders.manager(session, of=team), builders.manager(session, of=other)
    patterns.change_wish(session, viewer_of(first), wanted=True, now=NOW)
    patterns.find_patterns(session, TODAY, NOW)

    told = session.execute(select(Notification.person_id, Notification.title).where(Notification.kind == "pattern")).all()
    assert {(person, "your team" in title) for person, title in told} == {
        *((person.id, True) for person in (*people, boss)),
        (first.id, False),
    }
    patterns.find_patterns(session, TODAY + timedelta(days=1), NOW + timedelta(days=1))
    assert len(session.scalars(select(Notification.id)).all()) == len(told)

    own = patterns.patterns_of(session, viewer_of(first), first.id or 0, TODAY)
    assert [(each.whose.is_team, each.segment.key) for each in own.told] == [(True, "morning"), (False, "morning")]
    assert own.looked_on == TODAY + timedelta(days=1)
    assert {each.hypothesis.key for each in own.too_early} >= {"response_conversion", "length_next_step"}

    seen = patterns.patterns_of(session, viewer_of(boss, team), first.id or 0, TODAY)
    assert [each.whose.is_team for each in seen.told] == [True]
    assert len(patterns.patterns_of_teams(session, viewer_of(boss, team), (), TODAY).told) == 1
    assert patterns.patterns_of_teams(session, viewer_of(stranger, other), (team.id or 0,), TODAY).told == ()
    with pytest.raises(NotFoundError):
        patterns.patterns_of(session, viewer_of(stranger, other), first.id or 0, TODAY)

    report = agent_report(session, viewer_of(first), first.id or 0, containing(TODAY, Grain.MONTH), TODAY, NOW)
    assert [len(each.lines) for each in report.sections if each.title == "Patterns of the team"] == [1]

    patterns.change_wish(session, viewer_of(first), wanted=False, now=NOW + timedelta(hours=1))
    left = patterns.patterns_of(session, viewer_of(first), first.id or 0, TODAY)
    assert [each.whose.is_team for each in left.told] == [True]
    titles = session.scalars(select(Notification.title).where(Notification.person_id == first.id)).all()
    assert ["your team" in title for title in titles] == [True]
    assert session.scalars(select(TrackingConsent.withdrawn_at)).all() == [NOW + timedelta(hours=1)]


def test_four_people_make_no_team_pattern_and_nobody_is_looked_at_who_did_not_ask(session: Session) -> None:
    builders.organisation(session)
    _, people = team_with_calls(session, agents=4)
    patterns.find_patterns(session, TODAY, NOW)
    rows = session.scalars(select(StoredPattern)).all()
    assert {row.person_id for row in rows} == {None}
    board = patterns.patterns_of(session, viewer_of(people[0]), people[0].id or 0, TODAY)
    assert board.told == ()
    assert {(each.has, each.needs) for each in board.too_early if each.hypothesis.key == "hour_reach"} == {(4, 5)}


def test_what_is_found_no_more_is_marked_and_comes_back_with_its_first_day(session: Session) -> None:
    team = builders.team(session)
    row = {"whose": f"team.{team.id}", "team_id": team.id, "hypothesis": "hour_reach", "segment": "noon", "tier": "clear", "effect": 1.5}
    status = {**row, "segment": "", "tier": "nothing", "effect": None}
    replace_answers(session, [row], TODAY)
    assert replace_answers(session, [status], TODAY + timedelta(days=1)) == 1
    boss = viewer_of(builders.manager(session, of=team), team)
    board = patterns.patterns_of_teams(session, boss, (), TODAY + timedelta(days=1))
    assert ([each.segment.key for each in board.gone], board.told, len(board.nothing)) == (["noon"], (), 1)
    replace_answers(session, [row], TODAY + timedelta(days=2))
    kept = session.scalars(select(StoredPattern)).all()
    assert [(each.first_seen_on, each.last_seen_on, each.gone_on) for each in kept] == [(TODAY, TODAY + timedelta(days=2), None)]


def test_an_admin_sees_every_teams(session: Session) -> None:
    team = builders.team(session)
    row = {"whose": f"team.{team.id}", "team_id": team.id, "hypothesis": "hour_reach", "segment": "noon", "tier": "clear", "effect": 1.5}
    replace_answers(session, [row], TODAY)
    admin = viewer_of(builders.person(session, role=Role.ADMIN))
    assert len(patterns.patterns_of_teams(session, admin, (), TODAY).told) == 1
