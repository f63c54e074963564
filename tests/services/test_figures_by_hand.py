"""The figures of Daily and Monthly against plain SQL over the records of the demo's agent: another way to the same numbers."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from data import demo
from data.demo.cast import SIGN_IN_AGENT, Size
from data.models import Person
from domain.access import Selection
from domain.periods import Grain, containing
from services import streaks
from services.access import Viewer, viewer
from services.movements import what_moved
from services.scoreboard import scoreboard
from services.summaries import summary

TODAY = date(2026, 3, 20)
MONTH = containing(TODAY, Grain.MONTH)
SPOKEN = "('connected', 'appointment_set', 'interested', 'not_interested', 'call_back')"
WORK = f"""
    SELECT count(*) FILTER (WHERE type = 'call') AS calls,
           count(*) FILTER (WHERE type = 'call' AND outcome IN {SPOKEN}) AS conversations,
           count(*) FILTER (WHERE type = 'showing' AND outcome = 'completed') AS showings,
           count(*) FILTER (WHERE type = 'follow_up') AS follow_ups,
           count(*) FILTER (WHERE type NOT IN ('note', 'assignment', 'conversion', 'stage_change')) AS activities
    FROM activity WHERE agent_id = :agent AND local_on BETWEEN :first AND :last"""
SALES = "SELECT count(*), sum(amount_minor) FROM deal WHERE agent_id = :agent AND status = 'won' AND closed_on BETWEEN :first AND :last"
WORTH = {"calls": (2, 100), "conversations": (3, 60), "showings": (10, 60), "follow_ups": (2, 40)}
"""Points for one, and the most of a day, as docs/algorithms.md has them."""


@pytest.fixture
def maya(session: Session) -> Viewer:
    demo.load(session, today=TODAY, size=Size.SMALL)
    session.expire_all()
    person = session.query(Person).filter_by(email=SIGN_IN_AGENT.email).one()
    return viewer(session, person.id or 0)


def by_hand(session: Session, who: Viewer, first: date, last: date) -> dict[str, int]:
    asked: dict[str, Any] = {"agent": who.person_id, "first": first, "last": last}
    sales, revenue = session.execute(text(SALES), asked).one()
    return {**session.execute(text(WORK), asked).mappings().one(), "deals_won": sales, "revenue": int(revenue or 0)}


def test_the_month_is_what_sql_counts_and_so_are_the_same_days_before(session: Session, maya: Viewer) -> None:
    selection = Selection(period=MONTH, agent_ids=frozenset({maya.person_id}))
    shown = {each.metric.key: each for each in summary(session, maya, selection, TODAY, "monthly").readings}
    now, before = by_hand(session, maya, MONTH.start, TODAY), by_hand(session, maya, date(2026, 2, 1), date(2026, 2, 20))
    assert now["calls"] > 100
    for key, expected in now.items():
        if key in shown:
            assert (key, shown[key].value) == (key, expected)
            assert (key, shown[key].before.value if shown[key].before else None) == (key, before[key])
    assert {"calls", "showings", "deals_won", "revenue", "activities", "conversations"} <= set(shown)


def test_the_scoreboard_of_a_day_is_what_sql_counts(session: Session, maya: Viewer) -> None:
    for back in range(1, 8):
        day = TODAY - timedelta(days=back)
        hand = by_hand(session, maya, day, day)
        lines = {line.reading.metric.key: line.reading.value for line in scoreboard(session, maya, maya.person_id, day, time.max).lines}
        assert {key: lines[key] for key in ("calls", "conversations", "showings", "follow_ups")} == {
            key: hand[key] for key in ("calls", "conversations", "showings", "follow_ups")
        }


def test_the_ledger_of_a_day_is_the_number_of_each_kind_times_its_worth_up_to_its_most(session: Session, maya: Viewer) -> None:
    streaks.close_days(session, datetime(2026, 3, 20, 12, tzinfo=UTC))
    kept = session.execute(
        text("SELECT day, reason, sum(points) FROM point_entry WHERE agent_id = :agent GROUP BY 1, 2"), {"agent": maya.person_id}
    )
    ledger = {(day, reason): int(points) for day, reason, points in kept}
    days = sorted({day for day, _ in ledger})
    assert len(days) > 7
    for day in days:
        hand = by_hand(session, maya, day, day)
        for kind, (points, most) in WORTH.items():
            assert (day, kind, ledger.get((day, kind), 0)) == (day, kind, min(hand[kind] * points, most))


def test_the_parts_of_what_moved_rest_on_what_sql_counts(session: Session, maya: Viewer) -> None:
    found = what_moved(session, maya, Selection(period=MONTH, agent_ids=frozenset({maya.person_id})), TODAY).change
    assert found is not None
    stretches = [by_hand(session, maya, each.start, each.last_day) for each in (found.before, found.now)]
    events = {part.key: part.events for part in found.parts.parts}
    for key in ("calls", "conversations", "showings", "deals_won"):
        if key in events:
            assert (key, events[key]) == (key, (stretches[0][key], stretches[1][key]))
    assert {"calls", "deals_won"} <= set(events)
    assert sum(part.amount for part in found.parts.parts) == pytest.approx(found.parts.change)
