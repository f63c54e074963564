"""Alerts from the facts to the message: each rule, the life of an episode, and only what changed is told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Absence, Alert, AlertEntry, Notification, OutboxMessage, Person, Team
from data.queries import alert_facts
from data.writes.alerts import put_setting
from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState, Ending
from domain.alerts.log import Happening
from domain.alerts.thresholds import Thresholds
from domain.records import EventKind, Profile
from services.alert_facts import Watched, findings
from services.alert_settings import TeamAlerts
from services.alert_watch import watch
from tests import builders
from tests.builders import NO_HOLIDAYS

FRIDAY = datetime.fromisoformat("2026-03-13T12:00:00+00:00")
HOUR = timedelta(hours=1)
LISTS_ONLY = dict.fromkeys(("calls", "booked", "support_index", "support_calls", "silent_hours", "goals"), 0)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session, country=NO_HOLIDAYS)
    return builders.team(session, name="North", profile=Profile.BDR)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team, name="Nora")


def hours(session: Session, count: int, *, since: datetime = FRIDAY) -> datetime:
    """The job at so many hours in a row; when it ran last."""
    for number in range(count):
        at = since + number * HOUR
        watch(session, (at,), at)
    return at


def alerts(session: Session, rule: AlertRule | None = None) -> list[Alert]:
    rows = session.scalars(select(Alert).order_by(col(Alert.id)))
    return [row for row in rows if rule is None or row.rule is rule]


def calls(session: Session, agent: Person, count: int, at: datetime = FRIDAY) -> None:
    for number in range(count):
        builders.activity(session, agent, at=at - timedelta(minutes=number))


def said(session: Session, team: Team, rule: AlertRule) -> Any:
    watched = Watched(team_id=team.id, name="North", zone="UTC", now=FRIDAY)
    return next(each for each in findings(session, watched, Thresholds()) if each.rule is rule)


def test_few_calls_this_week_are_told_at_the_second_sight(session: Session, team: Team, agent: Person) -> None:
    calls(session, agent, 10)
    hours(session, 1)
    (first,) = alerts(session, AlertRule.LOW_CALLS)
    assert (first.state, first.priority, first.sentence) == (
        AlertState.PENDING,
        Priority.HIGH,
        "10 calls this week; by now about 20 were to be expected.",
    )
    assert session.scalars(select(Notification)).all() == []
    hours(session, 1, since=FRIDAY + HOUR)
    assert (first.state, first.fired_at) == (AlertState.FIRING, FRIDAY + HOUR)
    assert first.team_id == team.id


def test_other_teams_calls_and_absences_do_not_make_an_alert(session: Session, team: Team, agent: Person) -> None:
    calls(session, builders.person(session, on=builders.team(session)), 30)
    assert said(session, team, AlertRule.LOW_CALLS).count == 0
    session.add(Absence(person_id=agent.id, from_on=FRIDAY.date() - timedelta(days=2), until_on=FRIDAY.date() + timedelta(days=1)))
    session.flush()
    evidence = said(session, team, AlertRule.LOW_CALLS).evidence
    assert evidence == "2 of the team's 2 working days gone; the threshold is 25 in a full week, 10 in this one: 3 days off."


def test_calls_booked_next_week_are_those_planned_in_the_teams_calendar(session: Session, team: Team, agent: Person) -> None:
    monday = FRIDAY + timedelta(days=3)
    for at, kind in ((monday, EventKind.CALL), (monday, EventKind.SHOWING), (FRIDAY, EventKind.CALL)):
        builders.event(session, agent, at=at, kind=kind)
    found = said(session, team, AlertRule.LOW_BOOKED)
    assert (found.count, found.period) == (1, "2026-W12")
    assert found.sentence == "1 call booked for next week; by now about 24 were to be expected."


def test_lists_past_due_are_urgent_with_their_count(session: Session, agent: Person) -> None:
    yesterday = FRIDAY.date() - timedelta(days=1)
    for fields in (
        {"partner_list_due_on": yesterday},
        {"partner_list_due_on": yesterday - timedelta(days=4), "name": "Acme"},
        {"partner_list_due_on": FRIDAY.date()},
        {"partner_list_due_on": yesterday, "partner_list_sent_on": yesterday},
        {"partner_list_due_on": yesterday, "status": "lost", "closed_on": yesterday},
    ):
        builders.deal(session, agent, **fields)
    hours(session, 2)
    (found,) = alerts(session, AlertRule.LISTS_OVERDUE)
    assert (found.priority, found.count, found.state) == (Priority.URGENT, 2, AlertState.FIRING)
    assert found.sentence == "2 partner lists are past due, the oldest by 5 days."


def test_an_agent_with_few_calls_and_points_may_need_support(session: Session, team: Team, agent: Person) -> None:
    busy = builders.person(session, on=team, name="Ben")
    calls(session, busy, 20)
    calls(session, agent, 2)
    hours(session, 2)
    (found,) = alerts(session, AlertRule.NEEDS_SUPPORT)
    assert (found.agent_id, found.priority) == (agent.id, Priority.MEDIUM)
    assert found.sentence == "Nora may need a hand: 2 calls and 2 points this week."


def test_a_goal_at_risk_is_told_to_the_team_that_looks_after_its_agent(session: Session, team: Team, agent: Person) -> None:
    start = FRIDAY.date().replace(day=1)
    builders.goal(session, agent, metric_key="calls", target=900, starts_on=start, ends_on=start + timedelta(days=31))
    calls(session, agent, 12)
    hours(session, 2)
    (found,) = alerts(session, AlertRule.GOAL_AT_RISK)
    assert (found.agent_id, found.team_id, found.evidence) == (agent.id, team.id, "Calls: 12, goal 900.")


def test_arrivals_are_told_by_when_records_were_stored(session: Session, team: Team, agent: Person) -> None:
    stored = FRIDAY - timedelta(days=1)
    builders.activity(session, agent, at=FRIDAY - timedelta(days=9), created_at=stored)
    builders.activity(session, agent, at=FRIDAY - timedelta(days=8), created_at=stored + timedelta(minutes=5))
    watched = Watched(team_id=team.id, name="North", zone="Europe/Berlin", now=FRIDAY)
    assert alert_facts.arrivals(session, watched.scope, watched.zone, FRIDAY) == [datetime(2026, 3, 12, 13)]  # noqa: DTZ001 - a wall clock


def test_the_same_slot_twice_changes_nothing(session: Session, agent: Person) -> None:
    calls(session, agent, 10)
    for _ in range(3):
        hours(session, 1)
    assert {row.state for row in alerts(session)} == {AlertState.PENDING}
    hours(session, 1, since=FRIDAY + HOUR)
    before = [row.model_dump() for row in alerts(session)]
    hours(session, 1, since=FRIDAY + HOUR)
    assert [row.model_dump() for row in alerts(session)] == before
    assert len(session.scalars(select(AlertEntry).where(col(AlertEntry.what) == Happening.FIRED)).all()) == len(before)


def test_an_episode_ends_when_the_figures_are_back(session: Session, agent: Person) -> None:
    calls(session, agent, 10)
    last = hours(session, 2)
    calls(session, agent, 15)
    hours(session, 2, since=last + HOUR)
    (found,) = alerts(session, AlertRule.LOW_CALLS)
    assert (found.state, found.ending) == (AlertState.RESOLVED, Ending.RECOVERED)


def test_a_new_week_ends_the_old_ones_episode_and_says_nothing_yet(session: Session, agent: Person) -> None:
    calls(session, agent, 10)
    hours(session, 2)
    monday = FRIDAY + timedelta(days=3)
    hours(session, 3, since=monday)
    (found,) = alerts(session, AlertRule.LOW_CALLS)
    assert (found.period, found.state, found.ending) == ("2026-W11", AlertState.RESOLVED, Ending.OVER)


def test_a_team_nobody_is_on_has_no_alerts(session: Session, team: Team) -> None:
    assert team.id
    assert watch(session, (FRIDAY,), FRIDAY) == {"teams": 1, "fired": 0, "resolved": 0, "told": 0}
    assert alerts(session) == []


def overdue(session: Session, agent: Person) -> Any:
    return builders.deal(session, agent, partner_list_due_on=FRIDAY.date() - timedelta(days=2))


@pytest.fixture
def told(session: Session, team: Team) -> Any:
    """The titles of what went to the team's channel, the oldest first; only lists past due can make an alert."""
    builders.channel(session, team_id=team.id)
    setting(session, team, **LISTS_ONLY)
    return lambda: list(session.scalars(select(col(OutboxMessage.title)).order_by(col(OutboxMessage.id))))


def setting(session: Session, team: Team, **fields: Any) -> None:
    held = TeamAlerts()
    known = {name: getattr(held.thresholds, name) for name in Thresholds.__dataclass_fields__}
    quiet = {"quiet_from": held.quiet_from, "quiet_until": held.quiet_until, "changed_at": FRIDAY}
    put_setting(session, team.id, known | quiet | fields)


def test_only_changes_are_told_once_each(session: Session, agent: Person, told: Any) -> None:
    deal = overdue(session, agent)
    hours(session, 4)
    assert told() == ["North: 1 new alert"]
    deal.partner_list_sent_on = FRIDAY.date()
    session.flush()
    hours(session, 5, since=FRIDAY + 4 * HOUR)
    assert told() == ["North: 1 new alert", "North: 1 resolved"]
    message = session.scalars(select(OutboxMessage).order_by(col(OutboxMessage.id))).first()
    assert message is not None
    (found,) = alerts(session)
    assert message.link == f"/alerts?team={found.team_id}"
    assert message.content["sections"] == [
        ["Urgent: Partner lists past due", "1 partner list is past due, the oldest by 2 days.", f"/alerts?alert={found.id}"]
    ]


def test_what_nobody_takes_on_is_told_again_after_its_time_and_what_somebody_did_is_not(
    session: Session, team: Team, agent: Person, told: Any
) -> None:
    overdue(session, agent)
    hours(session, 6)
    assert told() == ["North: 1 new alert", "North: 1 still waiting"]
    (found,) = alerts(session)
    found.assignee_id = builders.manager(session, of=team).id
    hours(session, 3, since=FRIDAY + 6 * HOUR)
    assert len(told()) == 2


def test_a_silenced_alert_is_not_told_until_its_silence_is_over(session: Session, agent: Person, told: Any) -> None:
    overdue(session, agent)
    hours(session, 1)
    (found,) = alerts(session)
    found.silenced_until = FRIDAY + 3 * HOUR
    hours(session, 2, since=FRIDAY + HOUR)
    assert told() == []
    hours(session, 1, since=FRIDAY + 3 * HOUR)
    assert told() == ["North: 1 new alert"]


def test_quiet_hours_hold_the_news_back_and_what_passed_meanwhile_is_no_news(
    session: Session, team: Team, agent: Person, told: Any
) -> None:
    setting(session, team, quiet_from=FRIDAY.time(), quiet_until=(FRIDAY + 6 * HOUR).time(), **LISTS_ONLY)
    deal = overdue(session, agent)
    hours(session, 3)
    deal.partner_list_sent_on = FRIDAY.date()
    session.flush()
    hours(session, 6, since=FRIDAY + 3 * HOUR)
    assert (told(), [row.state for row in alerts(session)]) == ([], [AlertState.RESOLVED])


def test_what_is_still_there_after_quiet_hours_is_told_then(session: Session, team: Team, agent: Person, told: Any) -> None:
    setting(session, team, quiet_from=FRIDAY.time(), quiet_until=(FRIDAY + 3 * HOUR).time(), **LISTS_ONLY)
    overdue(session, agent)
    hours(session, 3)
    assert told() == []
    hours(session, 1, since=FRIDAY + 3 * HOUR)
    assert told() == ["North: 1 new alert"]


def test_managers_have_it_in_their_inbox(session: Session, team: Team, agent: Person) -> None:
    manager, other = builders.manager(session, of=team), builders.manager(session, of=builders.team(session))
    overdue(session, agent)
    hours(session, 2)
    rows = session.scalars(select(Notification)).all()
    assert {row.person_id for row in rows} == {manager.id}
    assert other.id not in {row.person_id for row in rows}
    assert "Urgent: Partner lists past due." in rows[0].body
