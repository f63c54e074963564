"""Any order of inserts, edits, moves, deletes and rollbacks, alone or by several writers at once, ends where a recount ends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlmodel import col

from data import rollups
from data.engine import Database
from data.models import Activity, Deal, Lead, Person, daily_metrics
from domain.records import ActivityType, DealStatus, LeadStatus, Outcome
from tests import builders

DAYS = [date(2025, 3, 9), date(2026, 3, 10), date(2026, 3, 11)]
"""Two busy days, and one a year late."""
CATEGORIES = ["", "Condo"]
AGENTS = 3
KINDS = ("activity", "lead", "deal")
MODELS: dict[str, Any] = {"activity": Activity, "lead": Lead, "deal": Deal}
Choice = Callable[[list[Any]], Any]
"""Picks one of the options: hypothesis in one test, a thread's own dice in the other."""


def activity_fields(choose: Choice, agents: list[int]) -> dict[str, Any]:
    day, hour = choose(DAYS), choose([8, 9, 23])
    return {
        "agent_id": choose(agents),
        "type": choose([ActivityType.CALL, ActivityType.MEETING, ActivityType.NOTE]),
        "outcome": choose([None, Outcome.CONNECTED, Outcome.NO_SHOW, Outcome.APPOINTMENT_SET]),
        "category": choose(CATEGORIES),
        "duration_seconds": choose([None, 0, 61]),
        "occurred_at": datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
        "local_on": day,
        "local_hour": hour,
    }


def lead_fields(choose: Choice, agents: list[int]) -> dict[str, Any]:
    rated = choose([None, 1, 5])
    return {
        "name": "Lead",
        "status": choose(list(LeadStatus)),
        "agent_id": choose([*agents, None]),
        "category": choose(CATEGORIES),
        "assigned_on": choose(DAYS),
        "contacted_on": choose([None, *DAYS]),
        "interested_on": choose([None, *DAYS]),
        "converted_on": choose([None, *DAYS]),
        "response_seconds": choose([None, 30, 3_600, 90_000]),
        "satisfaction": rated,
        "rated_on": choose(DAYS) if rated else None,
    }


def deal_fields(choose: Choice, agents: list[int]) -> dict[str, Any]:
    status = choose(list(DealStatus))
    return {
        "name": "Deal",
        "agent_id": choose([*agents, None]),
        "category": choose(CATEGORIES),
        "status": status,
        "closed_on": None if status is DealStatus.OPEN else choose(DAYS),
        "amount_minor": choose([None, 0, 1_000_000_000_000]),
        "created_on": choose([None, *DAYS]),
        "proposal_on": choose([None, *DAYS]),
        "agreement_on": choose([None, *DAYS]),
        "partner_list_sent_on": choose([None, *DAYS]),
        "partner_list_size": choose([None, 3, 20]),
        "first_sale_on": choose([None, *DAYS]),
        "total_sales_from_list": choose([None, 2]),
    }


FIELDS: dict[str, Callable[[Choice, list[int]], dict[str, Any]]] = {
    "activity": activity_fields,
    "lead": lead_fields,
    "deal": deal_fields,
}


def write_something(session: Session, choose: Choice, agents: list[int]) -> None:
    """One statement: insert several rows, edit one or several, move all rows of an agent, or delete some."""
    kind = choose(list(KINDS))
    model, fields = MODELS[kind], FIELDS[kind]
    match choose(["insert", "insert", "edit", "edit many", "move", "delete"]):
        case "insert":
            session.execute(insert(model).values([fields(choose, agents) for _ in range(choose([1, 4]))]))
        case "edit":
            chosen = select(func.min(col(model.id))).where(col(model.agent_id) == choose(agents)).scalar_subquery()
            session.execute(update(model).where(col(model.id) == chosen).values(**fields(choose, agents)))
        case "edit many":
            session.execute(update(model).where(_in_order(model, choose(agents))).values(category=choose(CATEGORIES)))
        case "move":
            session.execute(update(model).where(_in_order(model, choose(agents))).values(agent_id=choose(agents)))
        case "delete":
            session.execute(delete(model).where(_in_order(model, choose(agents))))


def _in_order(model: Any, agent: int) -> Any:
    """Up to five of the agent's rows, locked in id order, as everybody does who writes several."""
    rows = select(col(model.id)).where(col(model.agent_id) == agent).order_by(col(model.id)).limit(5).with_for_update()
    return col(model.id).in_(rows)


def table(session: Session) -> list[tuple[Any, ...]]:
    rows = session.execute(select(daily_metrics).order_by(*daily_metrics.primary_key.columns))
    return [tuple(row) for row in rows]


def assert_equals_a_rebuild(session: Session) -> None:
    assert rollups.drift(session.connection()) == []
    before = table(session)
    assert rollups.rebuild(session.connection()) == len(before)
    assert table(session) == before


class Undone(Exception):  # noqa: N818 - raised to roll back, not because something is wrong
    """A writer changed its mind."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_sequence_of_writes_equals_a_rebuild(session: Session, data: st.DataObject) -> None:
    with session.begin_nested() as example:
        agents = [builders.person(session).id for _ in range(AGENTS)]
        for _ in range(data.draw(st.integers(1, 12))):
            with session.begin_nested() as step:
                write_something(session, lambda options: data.draw(st.sampled_from(options)), agents)
                if data.draw(st.sampled_from([False, False, True])):
                    step.rollback()
        assert_equals_a_rebuild(session)
        example.rollback()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_concurrent_writers_with_rollbacks_equal_a_rebuild(fresh_database: Database, seed: int) -> None:
    agents = fresh_database.write(lambda session: [builders.person(session).id for _ in range(AGENTS)])

    def write_for_a_while(writer: int) -> int:
        dice = Random(f"{seed}-{writer}")  # noqa: S311 - dice, not secrets
        return sum(write_once(fresh_database, dice, agents) for _ in range(40))

    with ThreadPoolExecutor(4) as pool:
        undone = sum(pool.map(write_for_a_while, range(4)))
    assert undone > 0, "some transactions were rolled back"
    with Session(fresh_database.writer) as session:
        assert len(table(session)) > AGENTS
        assert_equals_a_rebuild(session)


def write_once(database: Database, dice: Random, agents: list[int]) -> int:
    """One transaction of one or two statements; every fifth is rolled back. Returns 1 if it was, or lost too many deadlocks."""
    undo = dice.random() < 0.2
    plan = dice.getrandbits(64)

    def work(session: Session) -> None:
        own = Random(plan)  # noqa: S311 - the same writes again when a deadlock was lost
        for _ in range(own.choice([1, 1, 2])):
            write_something(session, own.choice, agents)
        if undo:
            raise Undone

    try:
        database.write(work)
    except (Undone, OperationalError):
        return 1
    return 0


def test_a_rebuild_waits_for_writers_and_loses_none_of_their_facts(fresh_database: Database) -> None:
    agents = fresh_database.write(lambda session: [builders.person(session).id for _ in range(AGENTS)])

    def write_a_lot(_: int) -> None:
        dice = Random(7)  # noqa: S311 - dice, not secrets
        for _ in range(30):
            write_once(fresh_database, dice, agents)

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(write_a_lot, number) for number in range(2)]
        for _ in range(5):
            fresh_database.write(lambda session: rollups.rebuild(session.connection()))
        for writer in writers:
            writer.result()
    with Session(fresh_database.writer) as session:
        assert_equals_a_rebuild(session)


@pytest.mark.slow
def test_counting_in_the_application_would_lose_facts(fresh_database: Database) -> None:
    """The negative control: without triggers, read-modify-write by concurrent writers ends wrong, and drift says so."""
    agent = fresh_database.write(lambda session: builders.person(session).id)
    fresh_database.write(lambda session: session.execute(text("ALTER TABLE activity DISABLE TRIGGER roll_up_insert")))
    row = {"agent_id": agent, "day": builders.TUESDAY, "category": ""}
    fresh_database.write(lambda session: session.execute(insert(daily_metrics).values(**row, facts=0)))

    def count_naively(_: int) -> None:
        with Session(fresh_database.writer) as session:
            facts = session.execute(select(daily_metrics.c.facts)).scalar_one()
            calls = {"facts": facts + 1, "activities": facts + 1, "calls": facts + 1, "h12": facts + 1}
            builders.activity(session, session.get_one(Person, agent))
            session.execute(update(daily_metrics).values(**calls))
            session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_naively, range(80)))
    with Session(fresh_database.writer) as session:
        assert rollups.drift(session.connection()) == [(agent, str(builders.TUESDAY), "")]
        rollups.rebuild(session.connection())
        assert session.execute(select(daily_metrics.c.calls)).scalar_one() == 80


def test_facts_a_year_late_count_where_they_belong(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent)
    late = builders.NOON - timedelta(days=365)
    builders.activity(session, agent, at=late)
    assert [row[1] for row in table(session)] == [late.date(), builders.TUESDAY]
    assert_equals_a_rebuild(session)
