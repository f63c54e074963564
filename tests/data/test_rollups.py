"""The roll-up is what a recount of the facts gives, after every kind of write."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data import rollups
from data.models import Activity, Deal, Lead, Person, daily_metrics
from domain.counters import COUNTER_NAMES
from domain.records import ActivityType, DealStatus, LeadStatus, Outcome
from tests import builders

WEDNESDAY = builders.TUESDAY + timedelta(days=1)


def stored(session: Session) -> list[dict[str, Any]]:
    """Every stored row without its zeros, in key order."""
    rows = session.execute(select(daily_metrics).order_by(*daily_metrics.primary_key.columns)).mappings()
    return [{name: value for name, value in row.items() if value != 0} for row in rows]


def is_exact(session: Session) -> bool:
    """Whether a recount finds nothing to correct and a rebuild gives the identical table."""
    before = stored(session)
    drift = rollups.drift(session.connection())
    rollups.rebuild(session.connection())
    return drift == [] and stored(session) == before


def test_a_call_counts_on_its_local_day_and_hour(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent, outcome=Outcome.CONNECTED, duration_seconds=90, category="Condo")
    key = {"agent_id": agent.id, "day": builders.TUESDAY, "category": "Condo", "facts": 1}
    assert stored(session) == [key | {"activities": 1, "calls": 1, "conversations": 1, "call_seconds": 90, "h12": 1, "k12": 1}]
    assert is_exact(session)


def test_notes_and_history_entries_are_not_work(session: Session) -> None:
    agent = builders.person(session)
    for kind in (ActivityType.NOTE, ActivityType.ASSIGNMENT, ActivityType.STAGE_CHANGE, ActivityType.CONVERSION):
        builders.activity(session, agent, type=kind)
    assert stored(session) == []
    assert is_exact(session)


def test_an_appointment_that_was_missed_is_work_but_not_held(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent, type=ActivityType.APPOINTMENT, outcome=Outcome.NO_SHOW)
    builders.activity(session, agent, type=ActivityType.APPOINTMENT, outcome=Outcome.COMPLETED)
    assert [(row["activities"], row["appointments"]) for row in stored(session)] == [(2, 1)]


EDITS: dict[str, Callable[[Person], dict[str, Any]]] = {
    "moves to another day": lambda _: {"local_on": WEDNESDAY},
    "moves to another hour": lambda _: {"local_hour": 20},
    "goes to a colleague": lambda colleague: {"agent_id": colleague.id},
    "changes category": lambda _: {"category": "Luxury"},
    "changes outcome": lambda _: {"outcome": Outcome.NO_ANSWER},
    "becomes a note": lambda _: {"type": ActivityType.NOTE},
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_activity_counts_as_it_is_now(session: Session, edit: str) -> None:
    agent, colleague = builders.person(session), builders.person(session)
    kept, edited = (builders.activity(session, agent, outcome=Outcome.CONNECTED, duration_seconds=60) for _ in range(2))
    session.execute(update(Activity).where(col(Activity.id) == edited.id).values(**EDITS[edit](colleague)))
    assert is_exact(session)
    session.execute(delete(Activity).where(col(Activity.id) == kept.id))
    assert is_exact(session)


def test_an_edit_of_a_note_touches_no_stored_row(session: Session) -> None:
    agent = builders.person(session)
    made = builders.activity(session, agent)
    before = session.execute(text("SELECT ctid FROM daily_metrics")).scalar_one()
    session.execute(update(Activity).where(col(Activity.id) == made.id).values(notes="Call again in May."))
    assert session.execute(text("SELECT ctid FROM daily_metrics")).scalar_one() == before


def test_the_row_goes_with_its_last_fact(session: Session) -> None:
    agent = builders.person(session)
    made = builders.activity(session, agent)
    session.execute(delete(Activity).where(col(Activity.id) == made.id))
    assert stored(session) == []


def test_a_lead_counts_in_its_cohort_and_on_the_days_of_its_events(session: Session) -> None:
    agent = builders.person(session)
    builders.lead(
        session,
        agent,
        status=LeadStatus.CONVERTED,
        contacted_on=builders.TUESDAY,
        response_seconds=1800,
        interested_on=WEDNESDAY,
        converted_on=WEDNESDAY,
        satisfaction=4,
        rated_on=WEDNESDAY,
    )
    tuesday, wednesday = stored(session)
    assert tuesday["facts"] == 2
    assert (tuesday["leads_assigned"], tuesday["leads_contacted"], tuesday["leads_converted"]) == (1, 1, 1)
    assert (tuesday["responses"], tuesday["response_seconds"], tuesday["fast_responses"]) == (1, 1800, 1)
    assert "conversions" not in tuesday
    assert (wednesday["conversions"], wednesday["ratings"], wednesday["rating_points"], wednesday["rating_squares"]) == (1, 1, 4, 16)
    assert is_exact(session)


def test_a_lead_without_an_agent_counts_once_somebody_gets_it(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, None)
    assert stored(session) == []
    session.execute(update(Lead).where(col(Lead.id) == lead.id).values(agent_id=agent.id))
    assert [row["leads_assigned"] for row in stored(session)] == [1]
    assert is_exact(session)


def test_a_won_deal_counts_on_its_close_day_and_an_unknown_amount_is_not_a_value(session: Session) -> None:
    agent = builders.person(session)
    for amount in (120_000, None):
        builders.deal(session, agent, status=DealStatus.WON, closed_on=WEDNESDAY, created_on=builders.TUESDAY, amount_minor=amount)
    tuesday, wednesday = stored(session)
    assert tuesday["deals_created"] == 2
    assert (wednesday["deals_won"], wednesday["deals_won_valued"], wednesday["revenue_minor"]) == (2, 1, 120_000)


def test_a_reopened_deal_gives_its_revenue_back(session: Session) -> None:
    agent = builders.person(session)
    deal = builders.deal(session, agent, status=DealStatus.WON, closed_on=WEDNESDAY, amount_minor=5)
    session.execute(update(Deal).where(col(Deal.id) == deal.id).values(status=DealStatus.OPEN, closed_on=None))
    assert stored(session) == []
    assert is_exact(session)


def test_copied_rows_count_like_inserted_ones(session: Session) -> None:
    agent = builders.person(session)
    cursor = session.connection().connection.cursor()
    columns = "agent_id, type, outcome, occurred_at, local_on, local_hour"
    with cursor.copy(f"COPY activity ({columns}) FROM STDIN") as stream:  # type: ignore[attr-defined]
        for number in range(1000):
            at = builders.NOON + timedelta(hours=number)
            stream.write_row((agent.id, "call", "connected" if number % 3 else None, at, at.date(), at.hour))
    assert sum(row["calls"] for row in stored(session)) == 1000
    assert is_exact(session)


def test_deleting_a_team_leaves_the_facts_of_its_people(session: Session) -> None:
    team = builders.team(session)
    agent = builders.person(session, on=team)
    builders.activity(session, agent)
    session.delete(team)
    session.flush()
    assert [row["calls"] for row in stored(session)] == [1]
    assert is_exact(session)


def test_deleting_a_lead_keeps_the_activities_and_deals_about_it(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent)
    builders.activity(session, agent, lead_id=lead.id)
    builders.deal(session, agent, lead_id=lead.id, created_on=builders.TUESDAY)
    session.execute(delete(Lead).where(col(Lead.id) == lead.id))
    (row,) = stored(session)
    assert (row["calls"], row["deals_created"], row.get("leads_assigned")) == (1, 1, None)
    assert is_exact(session)


def test_every_counter_is_reached_by_some_fact() -> None:
    assert set(COUNTER_NAMES) <= {name for item in rollups.CONTRIBUTIONS for name in item.sums}


def test_a_wrong_number_in_the_table_is_found(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent)
    session.execute(update(daily_metrics).values(h12=daily_metrics.c.h12 + 1))
    assert rollups.drift(session.connection()) == [(agent.id, str(builders.TUESDAY), "")]


def test_a_missing_and_a_surplus_row_are_found(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent)
    session.execute(update(daily_metrics).values(day=date(2026, 3, 17)))
    assert [day for _, day, _ in rollups.drift(session.connection())] == ["2026-03-10", "2026-03-17"]


def test_a_trigger_that_counts_wrongly_is_found_and_a_rebuild_repairs_it(session: Session) -> None:
    connection: Connection = session.connection()
    agent = builders.person(session)
    definition = connection.execute(text("SELECT pg_get_functiondef('roll_up_activity_insert'::regproc)")).scalar_one()
    wrong = definition.replace("'connected'", "'never'")
    assert wrong != definition
    connection.exec_driver_sql(wrong.replace("%", "%%"))
    builders.activity(session, agent, outcome=Outcome.CONNECTED)
    assert rollups.drift(connection) == [(agent.id, str(builders.TUESDAY), "")]
    rollups.rebuild(connection)
    assert rollups.drift(connection) == []
