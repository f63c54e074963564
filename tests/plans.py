"""How the database would carry out what the product asks, when there is much to look through."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from data.models import Person
from tests import builders

MONTHS = "FROM unnest(CAST(:agents AS int[])) agent, generate_series(timestamptz '2025-11-01', '2026-03-31', interval {every}) moment"
ACTIVITIES = "INSERT INTO activity (agent_id, type, occurred_at, local_on, local_hour) SELECT agent, 'call', moment, moment::date, 12 "
LEADS = (
    "INSERT INTO lead (agent_id, name, source, status, assigned_at, assigned_on, contacted_on, response_seconds, converted_on) "
    "SELECT agent, 'Lead', 'Referral', 'converted', moment, moment::date, moment::date, 600, moment::date + 3 "
)
DEALS = (
    "INSERT INTO deal (agent_id, name, status, closed_on, created_on, amount_minor) "
    "SELECT agent, 'Deal', 'won', moment::date, moment::date, 1000 "
)
MANY = {ACTIVITIES: "'8 hours'", LEADS: "'18 hours'", DEALS: "'2 days'"}
TEAM_SIZE = 5


def many_facts(session: Session, teams: int = 12) -> list[Person]:
    """Agents in so many teams of five with five months of activities, leads and deals, and the statistics the planner goes by."""
    agents = [builders.person(session, on=team) for team in [builders.team(session) for _ in range(teams)] for _ in range(TEAM_SIZE)]
    for insert, every in MANY.items():
        session.execute(text(insert + MONTHS.format(every=every)), {"agents": [agent.id for agent in agents]})
    session.execute(text("ANALYZE activity, lead, deal, daily_metrics, person, team_membership"))
    return agents


def explained(session: Session, work: Callable[[], object]) -> str:
    """The plan of the last statement the work sends to the activities."""
    return _plan(session, [each for each in _sent(session, work) if "FROM activity" in each[0]][-1])


def plans(session: Session, work: Callable[[], object]) -> list[str]:
    """The plan of every statement the work sends."""
    return [_plan(session, each) for each in _sent(session, work)]


def _sent(session: Session, work: Callable[[], object]) -> list[tuple[str, Any]]:
    sent: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        sent.append((arguments[2], arguments[3]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    return sent


def _plan(session: Session, sent: tuple[str, Any]) -> str:
    statement, parameters = sent
    return "\n".join(row[0] for row in session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters))
