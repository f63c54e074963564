"""Activity analytics of stored facts: against pandas, by index, and within what somebody may see."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from data.models import Activity, KpiTarget, Person, Team
from data.queries import activity_outcomes
from data.queries.activity_outcomes import team_calls
from domain.activity_analytics.evidence import Verdict
from domain.errors import NotFoundError
from domain.metrics.measures import Ratio
from domain.periods import Grain, Period, Preset, containing, from_preset
from domain.records import REACHED, ActivityType, Outcome, Role
from services import access
from services.activity_analytics import MAX_DAYS, activity_analytics, looked_at
from tests import builders
from tests.plans import explained, many_facts

TODAY = date(2026, 3, 31)
QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1), Grain.QUARTER)
OUTCOMES = (None, *Outcome)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session, name="North")


@pytest.fixture
def ada(session: Session, team: Team) -> Person:
    return builders.person(session, name="Ada", on=team)


def row(agent: Person, at: datetime, **fields: Any) -> dict[str, Any]:
    said = {"type": ActivityType.CALL, "outcome": None} | fields
    return {"agent_id": agent.id, "occurred_at": at, "local_on": at.date(), "local_hour": at.hour, "created_at": at, **said}


def called(session: Session, agent: Person, on: date, **counts: int) -> None:
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    rows = [row(agent, at, outcome=Outcome(name)) for name, count in counts.items() for _ in range(count)]
    session.execute(insert(Activity), rows)


def work(agent: Person, count: int) -> list[dict[str, Any]]:
    """Invented work from October to March, better at ten o'clock; history entries and notes are among it."""
    random = np.random.default_rng(5)
    start = datetime(2025, 10, 1, tzinfo=UTC)
    rows = []
    for day, hour, type_place, outcome_place in random.integers((0, 8, 0, 0), (182, 14, len(ActivityType), len(OUTCOMES)), (count, 4)):
        at = start + timedelta(days=int(day), hours=int(hour))
        outcome = Outcome.CONNECTED if hour == 10 else OUTCOMES[outcome_place]
        rows.append(row(agent, at, type=list(ActivityType)[type_place], outcome=outcome))
    return rows


def test_rates_volumes_and_hours_equal_pandas(session: Session, ada: Person) -> None:
    rows = work(ada, 4000)
    session.execute(insert(Activity), rows)
    frame = pd.DataFrame(rows)
    now = frame[(frame["local_on"] >= QUARTER.start) & (frame["local_on"] < QUARTER.end)]

    found = activity_analytics(session, access.viewer(session, ada.id or 0), ada.id or 0, QUARTER, TODAY)

    by_type = {each.practice.type: each for each in found.types}
    calls, showings, emails = (now[now["type"] == kind] for kind in (ActivityType.CALL, ActivityType.SHOWING, ActivityType.EMAIL))
    reached = calls["outcome"].isin(list(REACHED))
    assert by_type[ActivityType.CALL].success == Ratio(int(reached.sum()), len(calls))
    noted = calls[calls["outcome"].notna()]
    moved = noted["outcome"].isin([Outcome.APPOINTMENT_SET, Outcome.INTERESTED])
    assert by_type[ActivityType.CALL].conversion == Ratio(int(moved.sum()), len(noted))
    held = ~showings["outcome"].isin([Outcome.NO_SHOW, Outcome.CANCELLED])
    assert by_type[ActivityType.SHOWING].success == Ratio(int(held.sum()), len(showings))
    assert by_type[ActivityType.SHOWING].volume == held.sum()
    known = emails[emails["outcome"].notna() & (emails["outcome"] != Outcome.COMPLETED)]
    assert by_type[ActivityType.EMAIL].success.whole == len(known)
    assert (
        by_type[ActivityType.EMAIL].volume_before
        == (
            (frame["type"] == ActivityType.EMAIL) & (frame["local_on"] >= date(2025, 10, 1)) & (frame["local_on"] < date(2025, 12, 30))
        ).sum()
    )
    by_hour = reached.groupby(calls["local_hour"]).agg(["sum", "count"])
    hour = by_type[ActivityType.CALL].hour
    assert (hour.at, hour.finding.verdict) == (10, Verdict.CLEAR)
    assert hour.finding.one == Ratio(*by_hour.loc[10].tolist())
    assert hour.finding.other == Ratio(*(by_hour.sum() - by_hour.loc[10]).tolist())
    assert sum(week.volume for week in found.weeks[ActivityType.CALL]) == len(calls)
    assert set(by_type) == {each for each in ActivityType if each.value not in {"note", "assignment", "stage_change", "conversion"}}


def test_the_score_counts_what_was_due_before_today(session: Session, ada: Person) -> None:
    week = containing(date(2026, 3, 25), Grain.WEEK)
    session.add_all(
        [
            KpiTarget(metric_key="calls", grain=Grain.WEEK, target=10, from_on=date(2020, 1, 1), agent_id=ada.id),
            KpiTarget(metric_key="appointments", grain=Grain.WEEK, target=5, from_on=date(2020, 1, 1), agent_id=ada.id),
        ]
    )
    session.flush()
    called(session, ada, date(2026, 3, 24), connected=8)

    found = activity_analytics(session, access.viewer(session, ada.id or 0), ada.id or 0, week, TODAY)

    assert found.score is not None
    assert [(part.metric_key, part.units, part.target) for part in found.score.parts] == [("calls", 8, 10.0), ("appointments", 0, 5.0)]
    assert found.score.value == pytest.approx(40)


def test_without_targets_there_is_no_score_and_without_work_nothing(session: Session, ada: Person) -> None:
    found = activity_analytics(session, access.viewer(session, ada.id or 0), ada.id or 0, QUARTER, TODAY)
    assert (found.score, found.types, found.compared_with, found.has_data) == (None, (), None, False)


def test_of_a_long_period_the_last_quarter_is_looked_at() -> None:
    year = from_preset(Preset.LAST_12_MONTHS, TODAY)
    assert looked_at(year, TODAY) == Period(TODAY + timedelta(days=1 - MAX_DAYS), TODAY + timedelta(days=1))
    assert looked_at(containing(TODAY, Grain.YEAR), date(2026, 1, 20)) == Period(date(2026, 1, 1), date(2026, 1, 21), Grain.YEAR)
    assert looked_at(QUARTER, TODAY) == QUARTER


def test_nobody_sees_an_agent_who_is_not_theirs(session: Session, ada: Person) -> None:
    south = builders.team(session, name="South")
    colleague, manager = builders.person(session, on=south), builders.manager(session, of=south)
    for who in (colleague, manager):
        with pytest.raises(NotFoundError, match="no such agent among those you look after"):
            activity_analytics(session, access.viewer(session, who.id or 0), ada.id or 0, QUARTER, TODAY)


def test_a_manager_sees_the_days_on_their_team_alone(session: Session, team: Team) -> None:
    mover = builders.person(session, on=team, since=date(2026, 3, 1))
    manager = builders.manager(session, of=team)
    called(session, mover, date(2026, 2, 10), connected=7)
    called(session, mover, date(2026, 3, 10), connected=3)
    own, managed = (
        activity_analytics(session, access.viewer(session, who.id or 0), mover.id or 0, QUARTER, TODAY) for who in (mover, manager)
    )
    assert (own.types[0].success, managed.types[0].success) == (Ratio(10, 10), Ratio(3, 3))


def test_the_teams_calls_are_told_of_five_others_none_of_whom_made_most(session: Session, team: Team, ada: Person) -> None:
    weeks = Period(date(2026, 1, 5), date(2026, 3, 30))
    scope = access.viewer(session, ada.id or 0).scope
    others = [builders.person(session, on=team) for _ in range(5)]
    for other in others[:4]:
        called(session, other, date(2026, 2, 3), connected=2, no_answer=2)
    assert team_calls(session, scope, ada.id or 0, weeks) is None
    called(session, others[4], date(2026, 2, 3), connected=1, busy=3)
    called(session, ada, date(2026, 2, 3), connected=50)
    assert team_calls(session, scope, ada.id or 0, weeks) == Ratio(9, 20)
    called(session, others[4], date(2026, 2, 4), busy=20)
    assert team_calls(session, scope, ada.id or 0, weeks) is None


def test_another_teams_manager_learns_nothing_of_the_team(session: Session, team: Team, ada: Person) -> None:
    weeks = Period(date(2026, 1, 5), date(2026, 3, 30))
    for _ in range(6):
        called(session, builders.person(session, on=team), date(2026, 2, 3), connected=2)
    foreign = builders.manager(session, of=builders.team(session))
    boss = builders.person(session, role=Role.ADMIN)
    assert team_calls(session, access.viewer(session, foreign.id or 0).scope, ada.id or 0, weeks) is None
    assert team_calls(session, access.viewer(session, boss.id or 0).scope, ada.id or 0, weeks) == Ratio(12, 12)


def test_outcomes_are_read_by_the_index_on_agent_and_moment(session: Session) -> None:
    builders.organisation(session)
    agent = many_facts(session)[0]
    scope = access.viewer(session, agent.id or 0).scope
    plan = explained(session, lambda: activity_outcomes.tallies(session, scope, agent.id or 0, QUARTER))
    assert "ix_activity_agent_occurred" in plan
    assert "Seq Scan" not in plan
