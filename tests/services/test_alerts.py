"""Dealing with alerts: only those who look after the team, each deed on record; thresholds per team; the way to Slack."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Alert, AuditEntry, DeliveryResult, MessageStatus, OutboxMessage, Person
from domain.alerts.lifecycle import AlertState, Ending
from domain.alerts.thresholds import Thresholds
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.records import Profile, Role
from integrations.slack import SlackSender
from services import alert_settings, alerts
from services.access import viewer
from services.alert_settings import TeamAlerts, alert_details
from services.alert_watch import watch
from services.alerts import Silence
from services.delivery import deliver_due
from tests import builders
from tests.builders import NO_HOLIDAYS, NOON, TUESDAY
from tests.fakes.http import HANG, Response
from tests.fakes.slack import PATH, Slack, error, slow_down
from tests.services.outbox import SEAL, Clock, channel, states, tries, ways_out

GIVEN = {"calls": 40, "booked": 0, "lists": 2, "support_index": 8, "support_calls": 4, "silent_hours": 6, "goals": 1}
DETAILS = alert_details(**GIVEN, quiet_from="20:00", quiet_until="07:00")


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    """North with a firing alert about Nora, South, a manager of each and an admin."""
    builders.organisation(session, country=NO_HOLIDAYS)
    north, south = (builders.team(session, name=name, profile=Profile.BDR) for name in ("North", "South"))
    nora = builders.person(session, on=north, name="Nora")
    people = {
        "nora": nora,
        "mia": builders.manager(session, of=north, name="Mia"),
        "max": builders.manager(session, of=south, name="Max"),
        "ann": builders.person(session, name="Ann", role=Role.ADMIN),
    }
    firing = builders.alert(session, north, agent_id=nora.id)
    return SimpleNamespace(north=north, south=south, firing=firing, **people)


def seen_by(session: Session, person: Person) -> Any:
    return viewer(session, person.id)


def test_managers_see_their_own_teams_alerts_and_admins_all(session: Session, house: SimpleNamespace) -> None:
    def firing(person: Person, team_id: int | None = None) -> list[int]:
        return [each.id for each in alerts.board(session, seen_by(session, person), NOON, team_id=team_id).firing]

    assert firing(house.mia) == firing(house.ann) == [house.firing.id]
    assert firing(house.max) == []
    assert firing(house.max, house.north.id) == []
    with pytest.raises(AccessError):
        firing(house.nora)


@pytest.mark.parametrize("who", ["max", "nora"])
def test_nobody_else_can_touch_an_alert(session: Session, house: SimpleNamespace, who: str) -> None:
    other, alert_id = seen_by(session, getattr(house, who)), house.firing.id
    for deed in (
        lambda: alerts.silence(session, other, alert_id, Silence.DAY, NOON),
        lambda: alerts.assign(session, other, alert_id, None, NOON),
        lambda: alerts.comment(session, other, alert_id, "Hello", NOON),
        lambda: alerts.alert_with_log(session, other, alert_id),
        lambda: alert_settings.settings_of(session, other, house.north.id),
        lambda: alert_settings.change(session, other, house.north.id, DETAILS, NOON),
    ):
        with pytest.raises((NotFoundError, AccessError)):
            deed()
    assert (house.firing.silenced_until, house.firing.assignee_id) == (None, None)


def test_every_deed_is_on_record_with_who_and_when(session: Session, house: SimpleNamespace) -> None:
    mia, alert_id = seen_by(session, house.mia), house.firing.id
    alerts.silence(session, mia, alert_id, Silence.HOURS, NOON)
    alerts.silence(session, mia, alert_id, None, NOON)
    alerts.assign(session, mia, alert_id, house.ann.id, NOON)
    alerts.assign(session, mia, alert_id, house.ann.id, NOON)
    alerts.assign(session, mia, alert_id, None, NOON)
    alerts.comment(session, mia, alert_id, " They were at a fair. ", NOON + timedelta(hours=1))
    session.flush()
    shown, log = alerts.alert_with_log(session, mia, alert_id)
    assert [(each.what, each.person, each.note) for each in log] == [
        ("commented", "Mia", "They were at a fair."),
        ("unassigned", "Mia", ""),
        ("assigned", "Mia", "Ann"),
        ("spoken", "Mia", ""),
        ("silenced", "Mia", "hours"),
    ]
    assert log[0].at == NOON + timedelta(hours=1)
    assert not shown.is_silenced(NOON)


def test_only_who_looks_after_the_team_takes_an_alert_on(session: Session, house: SimpleNamespace) -> None:
    mia = seen_by(session, house.mia)
    assert alerts.able_to_take(session, mia, house.firing.id) == {house.ann.id: "Ann", house.mia.id: "Mia"}
    for other in (house.max, house.nora):
        with pytest.raises(AccessError):
            alerts.assign(session, mia, house.firing.id, other.id, NOON)


def test_what_is_over_can_be_commented_and_nothing_else(session: Session, house: SimpleNamespace) -> None:
    mia = seen_by(session, house.mia)
    over = {"state": AlertState.RESOLVED, "resolved_at": NOON, "ending": Ending.RECOVERED}
    past = builders.alert(session, house.north, **over)
    with pytest.raises(ConflictError):
        alerts.silence(session, mia, past.id, Silence.DAY, NOON)
    alerts.comment(session, mia, past.id, "Good.", NOON)
    assert [each.id for each in alerts.board(session, mia, NOON).past] == [past.id]
    with pytest.raises(InputError):
        alerts.comment(session, mia, past.id, "   ", NOON)


def test_a_team_has_the_products_thresholds_until_it_sets_its_own(session: Session, house: SimpleNamespace) -> None:
    mia = seen_by(session, house.mia)
    assert alert_settings.settings_of(session, mia, house.north.id) == TeamAlerts()
    alert_settings.change(session, mia, house.north.id, DETAILS, NOON)
    session.flush()
    assert alert_settings.settings_of(session, mia, house.north.id).thresholds == Thresholds(**GIVEN)
    assert alert_settings.of_team(session, house.south.id) == TeamAlerts()
    entry = session.scalars(select(AuditEntry).where(col(AuditEntry.action) == "alerts_changed")).one()
    assert (entry.person_id, entry.details["set"]["calls"]) == (house.mia.id, 40)


@pytest.mark.parametrize(("field", "value"), [("calls", -1), ("goals", 1_000_000), ("quiet_from", "25:00"), ("unknown", 1)])
def test_thresholds_that_make_no_sense_are_refused(field: str, value: object) -> None:
    with pytest.raises(InputError):
        alert_details(**{**DETAILS.model_dump(), field: value})


def test_a_digest_reaches_slack_once_through_429_a_time_out_and_500(fresh_database: Database, slack: Slack) -> None:
    def arrange(session: Session) -> None:
        builders.organisation(session, country=NO_HOLIDAYS)
        north = builders.team(session, name="North")
        builders.deal(session, builders.person(session, on=north), partner_list_due_on=TUESDAY - timedelta(days=1), name="Acme & <Co>")
        channel(session, team_id=north.id, sealed_address=SEAL.close(slack.webhook))

    fresh_database.write(arrange)
    for hours in (0, 1, 2):
        at = NOON + timedelta(hours=hours)
        fresh_database.write(lambda session, at=at: watch(session, (at,), at))
    slack.say(slow_down(3), Response(manner=HANG), error(500))
    clock = Clock(NOON + timedelta(hours=2))
    ways = ways_out(SlackSender(slack.url, seconds=0.3))
    while MessageStatus.WAITING in states(fresh_database):
        deliver_due(fresh_database, ways, worker="a", now=clock)
        clock.forward(seconds=5)
    assert [result for result, _ in tries(fresh_database)] == [DeliveryResult.RETRY] * 3 + [DeliveryResult.SENT]
    blocks = [request.json["blocks"] for request in slack.requests if request.path == PATH][-1]
    with fresh_database.reading() as session:
        alert_id = session.scalars(select(col(Alert.id))).one()
    assert [block["type"] for block in blocks] == ["header", "section", "actions"]
    assert blocks[1]["text"]["text"] == "*Urgent: Partner lists past due*\n1 partner list is past due, the oldest by 1 day."
    assert blocks[1]["accessory"]["url"] == f"https://sales.example/alerts?alert={alert_id}"


def test_a_channel_that_is_gone_loses_nothing_of_the_inbox(fresh_database: Database, slack: Slack) -> None:
    def arrange(session: Session) -> None:
        builders.organisation(session, country=NO_HOLIDAYS)
        north = builders.team(session, name="North")
        builders.manager(session, of=north)
        builders.deal(session, builders.person(session, on=north), partner_list_due_on=TUESDAY - timedelta(days=1))
        channel(session, team_id=north.id, sealed_address=SEAL.close(slack.webhook))

    fresh_database.write(arrange)
    for hours in (0, 1):
        at = NOON + timedelta(hours=hours)
        fresh_database.write(lambda session, at=at: watch(session, (at,), at))
    slack.say(error(410))
    deliver_due(fresh_database, ways_out(SlackSender(slack.url)), worker="a", now=Clock(NOON + timedelta(hours=1)))
    assert states(fresh_database) == [MessageStatus.REFUSED]
    with fresh_database.reading() as session:
        assert len(session.scalars(select(OutboxMessage)).all()) == 1
