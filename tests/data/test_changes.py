"""Every change of what screens show is said once its transaction commits, and says whose it is but nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data import changes
from data.changes import Change
from data.engine import Database
from data.models import AlertEntry, CalendarEvent, Deal, KpiTarget, Lead, Notification, Person, Team, TeamMembership
from data.models.messages import Urgency
from domain.alerts.log import Happening
from domain.periods import Grain
from domain.records import EventKind
from tests import builders

OVER = "over"


def said(database: Database, *works: Callable[[Session], Any]) -> list[str]:
    """What is said while the transactions run, in order."""
    address = database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as listener:
        listener.execute(f"LISTEN {changes.CHANNEL}")
        for work in works:
            database.write(work)
        listener.execute(f"NOTIFY {changes.CHANNEL}, '{OVER}'")
        messages = []
        for message in listener.notifies(timeout=10):
            if message.payload == OVER:
                return messages
            messages.append(message.payload)
    raise AssertionError


def heard(database: Database, *works: Callable[[Session], Any]) -> list[Change]:
    return [changes.read(message) for message in said(database, *works)]


@pytest.fixture
def agents(fresh_database: Database) -> list[Person]:
    return fresh_database.write(lambda session: [builders.person(session) for _ in range(3)])


def of(table: str, *people: Person) -> Change:
    return Change(table=table, agent_ids=frozenset(person.id for person in people if person.id))


def event(session: Session, agent: Person) -> CalendarEvent:
    planned = CalendarEvent(
        agent_id=agent.id or 0,
        kind=EventKind.MEETING,
        title="Plan",
        starts_at=builders.NOON,
        ends_at=builders.NOON + timedelta(hours=1),
        local_on=builders.TUESDAY,
    )
    session.add(planned)
    session.flush()
    return planned


def notification(session: Session, person: Person) -> Notification:
    told = Notification(
        person_id=person.id or 0, kind="test", urgency=Urgency.INFO, title="Hello", dedupe_key=f"test:{person.id}", created_at=builders.NOON
    )
    session.add(told)
    session.flush()
    return told


MAKERS: dict[str, Callable[[Session, Person], Any]] = {
    "activity": builders.activity,
    "lead": builders.lead,
    "deal": builders.deal,
    "deal_warning": builders.deal_warning,
    "deal_review": builders.deal_review,
    "calendar_event": event,
    "goal": builders.goal,
    "goal_advice": builders.goal_advice,
    "notification": notification,
    "open_call": builders.open_call,
    "recording": builders.recording,
    "training_completion": builders.training_completion,
    "must_do": builders.must_do,
    "nudge": builders.nudge,
    "celebration": builders.celebration,
    "achievement_grant": builders.achievement_grant,
    "reward_claim": builders.reward_claim,
    "vision_board": builders.vision_card,
    "content_post": builders.content_post,
    "coaching_cycle": builders.coaching_cycle,
    "cycle_proposal": builders.cycle_proposal,
    "one_on_one": builders.one_on_one,
    "one_on_one_commitment": builders.commitment,
}


@pytest.mark.parametrize("table", changes.AGENT_COLUMNS)
def test_a_record_is_announced_when_it_comes_changes_and_goes(fresh_database: Database, agents: list[Person], table: str) -> None:
    owner = changes.AGENT_COLUMNS[table]
    touch = text(f"UPDATE {table} SET {owner} = {owner}")
    remove = text(f"DELETE FROM {table}")
    announced = heard(
        fresh_database,
        lambda session: MAKERS[table](session, agents[0]),
        lambda session: session.execute(touch),
        lambda session: session.execute(remove),
    )
    assert [each for each in announced if each.table == table] == [of(table, agents[0])] * 3


def test_what_is_about_a_team_is_announced_with_everybody_on_it(fresh_database: Database, agents: list[Person]) -> None:
    def staffed(session: Session) -> Team:
        north = builders.team(session, name="North")
        session.add_all(TeamMembership(person_id=each.id or 0, team_id=north.id or 0) for each in agents[:2])
        return north

    north = fresh_database.write(staffed)
    alert = fresh_database.write(lambda session: builders.alert(session, north))
    said_of_it = AlertEntry(alert_id=alert.id or 0, what=Happening.COMMENTED, note="Seen", at=builders.NOON)
    announced = heard(
        fresh_database,
        lambda session: session.add(said_of_it),
        lambda session: session.execute(text("UPDATE alert SET count = count + 1")),
        lambda session: session.execute(text("DELETE FROM alert")),
    )
    assert announced == [of(table, *agents[:2]) for table in ("alert_entry", "alert", "alert")]


def test_a_message_holds_the_table_and_the_ids_and_nothing_else(fresh_database: Database, agents: list[Person]) -> None:
    (message,) = said(fresh_database, lambda session: builders.activity(session, agents[1], subject="Secret", notes="Private"))
    assert message == f'{{"table" : "activity", "agents" : [{agents[1].id}]}}'


def test_a_lead_that_moves_is_news_to_both_agents(fresh_database: Database, agents: list[Person]) -> None:
    lead = fresh_database.write(lambda session: builders.lead(session, agents[0]))
    move = update(Lead).where(col(Lead.id) == lead.id).values(agent_id=agents[1].id)
    assert heard(fresh_database, lambda session: session.execute(move)) == [of("lead", agents[0], agents[1])]


def test_records_without_an_agent_are_nobodys_news(fresh_database: Database) -> None:
    assert heard(fresh_database, lambda session: builders.lead(session, None), lambda session: builders.deal(session, None)) == []


def test_a_statement_that_touches_nothing_says_nothing(fresh_database: Database, agents: list[Person]) -> None:
    del agents
    assert heard(fresh_database, lambda session: session.execute(delete(Deal))) == []


def test_what_is_rolled_back_was_never_said(fresh_database: Database, agents: list[Person]) -> None:
    def fail(session: Session) -> None:
        builders.activity(session, agents[0])
        session.rollback()

    assert heard(fresh_database, fail) == []


def test_many_rows_of_one_statement_are_one_message(fresh_database: Database, agents: list[Person]) -> None:
    def copy(session: Session) -> None:
        cursor = session.connection().connection.cursor()
        with cursor.copy("COPY activity (agent_id, type, occurred_at, local_on, local_hour) FROM STDIN") as stream:  # type: ignore[attr-defined]
            for number in range(300):
                stream.write_row((agents[number % 3].id, "call", builders.NOON, builders.TUESDAY, 12))

    assert heard(fresh_database, copy) == [of("activity", *agents)]


@pytest.mark.parametrize(("people", "is_everybody"), [(changes.MOST_AGENTS, False), (changes.MOST_AGENTS + 1, True)])
def test_beyond_a_hundred_agents_it_is_everybody(fresh_database: Database, people: int, is_everybody: bool) -> None:  # noqa: FBT001
    hired = fresh_database.write(lambda session: [builders.person(session) for _ in range(people)])
    insert = text(
        "INSERT INTO activity (agent_id, type, occurred_at, local_on, local_hour) SELECT id, 'call', now(), current_date, 12 FROM person"
    )
    (change,) = heard(fresh_database, lambda session: session.execute(insert))
    assert change == (Change(table="activity", agent_ids=None) if is_everybody else of("activity", *hired))


def test_a_target_is_everybodys_news(fresh_database: Database) -> None:
    def aim(session: Session) -> None:
        session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=40, from_on=builders.TUESDAY))

    assert heard(fresh_database, aim) == [Change(table="kpi_target", agent_ids=None)]


def test_the_trigger_functions_are_those_that_are_rendered(fresh_database: Database) -> None:
    with fresh_database.reading() as session:
        stored = session.execute(text("SELECT proname FROM pg_proc WHERE proname LIKE 'announce%'")).scalars()
        assert set(stored) == {changes.function_name(table, event) for table in changes.TABLES for event in changes.EVENTS}
