"""A night's correction makes chosen days what a recount gives, while others write, and loses nothing of theirs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from data import rollups
from data.engine import Database
from data.models import Person, daily_metrics
from tests import builders
from tests.data.test_rollups_any_order import AGENTS, DAYS, assert_equals_a_rebuild, write_once, write_something

TUESDAY = builders.TUESDAY
WEDNESDAY = TUESDAY + timedelta(days=1)


def dice(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 - dice, not secrets


def correct(session: Session, *days: Any) -> list[rollups.Key]:
    return rollups.correct(session.connection(), days or DAYS)


def calls(session: Session) -> dict[str, int]:
    rows = session.execute(select(daily_metrics.c.day, daily_metrics.c.calls).order_by(daily_metrics.c.day))
    return {str(day): count for day, count in rows}


def test_nothing_is_touched_where_nothing_differs(session: Session) -> None:
    builders.activity(session, builders.person(session))
    before = session.execute(text("SELECT ctid, xmin FROM daily_metrics")).one()
    assert correct(session, TUESDAY) == []
    assert session.execute(text("SELECT ctid, xmin FROM daily_metrics")).one() == before


def test_wrong_missing_and_surplus_rows_are_put_right_and_named(session: Session) -> None:
    agents = [builders.person(session) for _ in range(3)]
    for agent in agents[:2]:
        builders.activity(session, agent)
    wrong, missing, surplus = (agent.id for agent in agents)
    session.execute(update(daily_metrics).where(daily_metrics.c.agent_id == wrong).values(calls=7, h12=7))
    session.execute(delete(daily_metrics).where(daily_metrics.c.agent_id == missing))
    session.execute(insert(daily_metrics).values(agent_id=surplus, day=TUESDAY, category="", facts=2, calls=2))

    assert correct(session, TUESDAY) == [(wrong, "2026-03-10", ""), (missing, "2026-03-10", ""), (surplus, "2026-03-10", "")]
    assert_equals_a_rebuild(session)
    assert correct(session, TUESDAY) == []


def test_other_days_are_left_alone(session: Session) -> None:
    agent = builders.person(session)
    for day in (TUESDAY, WEDNESDAY):
        builders.activity(session, agent, at=builders.NOON + (day - TUESDAY))
    session.execute(update(daily_metrics).values(calls=9))
    assert correct(session, TUESDAY) == [(agent.id, "2026-03-10", "")]
    assert calls(session) == {"2026-03-10": 1, "2026-03-11": 9}


@pytest.mark.parametrize("seed", range(3))
def test_every_kind_of_fact_is_corrected_on_the_day_it_counts(session: Session, seed: int) -> None:
    agents = [builders.person(session).id for _ in range(AGENTS)]
    own = dice(seed)
    for _ in range(30):
        write_something(session, own.choice, agents)
    session.execute(text("UPDATE daily_metrics SET leads_assigned = leads_assigned + 1, revenue_minor = 5, facts = facts + 1"))
    rows = session.execute(text("SELECT count(*) FROM daily_metrics")).scalar_one()
    assert len(correct(session)) == rows
    assert_equals_a_rebuild(session)


def test_a_writer_that_has_not_committed_yet_is_waited_for_and_counted(fresh_database: Database) -> None:
    """The drifted row is the one somebody writes to at this moment: setting it to a recount would lose the new call."""
    agent = fresh_database.write(lambda session: builders.person(session).id)
    fresh_database.write(lambda session: builders.activity(session, session.get_one(Person, agent)).id)
    fresh_database.write(lambda session: session.execute(update(daily_metrics).values(calls=5)))
    found: list[list[rollups.Key]] = []
    with Session(fresh_database.writer) as writer:
        builders.activity(writer, writer.get_one(Person, agent))
        corrector = threading.Thread(target=lambda: found.append(fresh_database.write(lambda session: correct(session, TUESDAY))))
        corrector.start()
        corrector.join(0.5)
        assert corrector.is_alive(), "it waits for the row"
        writer.commit()
        corrector.join(10)
    assert found == [[(agent, "2026-03-10", "")]]
    with Session(fresh_database.writer) as session:
        assert calls(session) == {"2026-03-10": 2}
        assert_equals_a_rebuild(session)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_corrections_among_concurrent_writers_end_where_a_recount_ends(fresh_database: Database, seed: int) -> None:
    """Everything is made wrong, then four write and two correct at once; nobody corrects after the last write."""
    agents = fresh_database.write(lambda session: [builders.person(session).id for _ in range(AGENTS)])
    for number in range(20):
        write_once(fresh_database, dice(f"{seed} before {number}"), agents)
    fresh_database.write(lambda session: session.execute(text("UPDATE daily_metrics SET calls = calls + 3, facts = facts + 2")))
    corrected: list[rollups.Key] = []

    def write_for_a_while(writer: int) -> None:
        own = dice(f"{seed}-{writer}")
        for _ in range(30):
            write_once(fresh_database, own, agents)

    def correct_at_once(_: int) -> None:
        corrected.extend(fresh_database.write(correct))

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(write_for_a_while, writer) for writer in range(4)]
        work += [pool.submit(correct_at_once, number) for number in range(2)]
        for each in work:
            each.result()
    assert len(corrected) > AGENTS
    assert len(set(corrected)) == len(corrected), "the second of them found nothing left to correct"
    with Session(fresh_database.writer) as session:
        assert_equals_a_rebuild(session)
