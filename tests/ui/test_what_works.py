"""The What works screen: the answer in four cards, the empty state, and whose work an address gives away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Activity, KpiTarget, Person, Team
from domain.periods import Grain
from domain.records import ActivityType, Outcome
from tests import builders
from tests.ui.visits import as_typed, visit

Open = Callable[[Person | None], AppTest]
NOW = clock.now()


def entries(agent: Person, type_: ActivityType, at_hour: int, **counts: int) -> list[dict[str, Any]]:
    """So many of each outcome in this hour of each of the last thirty days."""
    days = [(NOW - timedelta(days=back)).replace(hour=at_hour, minute=0) for back in range(1, 31)]
    return [
        {
            "agent_id": agent.id,
            "type": type_,
            "outcome": Outcome(outcome),
            "occurred_at": at,
            "local_on": at.date(),
            "local_hour": at_hour,
            "created_at": at,
        }
        for at in days
        for outcome, count in counts.items()
        for _ in range(count)
    ]


def worked(database: Database, agent: Person) -> None:
    """Calls that reach people at ten and hardly at three, and follow-ups that move customers on."""
    rows = [
        *entries(agent, ActivityType.CALL, 10, connected=3, no_answer=1),
        *entries(agent, ActivityType.CALL, 15, connected=1, no_answer=5),
        *entries(agent, ActivityType.FOLLOW_UP, 11, interested=2, no_answer=1),
    ]
    target = KpiTarget(metric_key="calls", grain=Grain.WEEK, target=50, from_on=NOW.date() - timedelta(days=400), agent_id=agent.id)
    database.write(lambda session: (session.execute(insert(Activity), rows), session.add(target)))


def words(at: AppTest) -> str:
    said = " ".join(str(each.value) for each in (*at.markdown, *at.caption, *at.info, *at.header))
    return as_typed(said.replace("\\", "").replace("\u2060", ""))


def test_the_four_answers_and_every_type(app: Open, live_database: Database, ada: Person) -> None:
    worked(live_database, ada)
    shown = words(visit(app, ada, "activity", period="last_30_days"))
    assert "**Follow-ups** :green-badge[:material/verified: Clear]" in shown
    assert "67 % led to a next step; other work of this kind 0 %" in shown
    assert "10:00–11:00: 75 % reached somebody" in shown
    assert "**Calls** :orange-badge[:material/verified: Clear]" in shown
    assert "Build on it: give follow-ups more room in the week." in shown
    assert "Appointment setting: Call in the hours that reach people, and end every conversation with a question for a date." in shown
    assert "of 100" in shown
    assert "points = " in shown
    assert "40 % reached somebody (116 of 290)" in shown


def test_an_empty_screen_teaches(app: Open, ada: Person) -> None:
    assert "As soon as you log your first call or activity" in words(visit(app, ada, "activity"))


def test_a_manager_chooses_one_of_theirs(app: Open, live_database: Database, team: Team, ada: Person) -> None:
    worked(live_database, ada)
    boss = live_database.write(lambda session: builders.manager(session, of=team, name="Boss"))
    assert "Follow-ups" in words(visit(app, boss, "activity", agent=str(ada.id), period="last_30_days"))


def test_an_address_gives_nobody_elses_work_away(app: Open, live_database: Database, ada: Person) -> None:
    worked(live_database, ada)
    south = live_database.write(lambda session: builders.team(session, name="South"))
    colleague = live_database.write(lambda session: builders.person(session, name="Carl", on=south))
    foreign = live_database.write(lambda session: builders.manager(session, of=south, name="Max"))
    for who in (colleague, foreign):
        shown = words(visit(app, who, "activity", agent=str(ada.id), period="last_30_days"))
        assert "There is no such agent among yours." in shown
        assert "Follow-ups" not in shown
        assert "reached somebody" not in shown
