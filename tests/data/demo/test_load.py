"""The demo goes in whole and comes out without a trace, and leaves what is real alone."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from data import demo, rollups
from data.demo import Size
from data.demo.cast import SIGN_IN_AGENT
from data.demo.volume import Volume, write
from data.models import (
    Activity,
    Goal,
    Lead,
    LeaderboardChoice,
    Organisation,
    Person,
    Team,
    TeamMembership,
    TrainingCompletion,
    TrainingModule,
)
from domain.errors import ConflictError
from domain.metrics.status import Status
from domain.records import GoalPeriod, Role, Skill
from services import passwords
from services.access import viewer
from services.goals import goals_of
from tests import builders

TODAY = date(2026, 3, 10)
SERIAL = {"id", "created_at", "updated_at", "details"}
"""What differs from load to load: ids, and what tells of them."""
KEPT = frozenset({"audit_log"})


def load(session: Session) -> None:
    demo.load(session, today=TODAY, size=Size.SMALL)
    session.expire_all()


def sizes(session: Session) -> dict[str, int]:
    """Rows of every table that has any."""
    counted = {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in SQLModel.metadata.sorted_tables
        if table.name not in KEPT
    }
    return {name: count for name, count in counted.items() if count}


def digest(session: Session) -> dict[str, list[Any]]:
    """What the tables hold, but for ids, which go on counting."""
    found = {}
    for name in (
        "person",
        "lead",
        "deal",
        "activity",
        "stage_change",
        "sublist_contact",
        "calendar_event",
        "kpi_target",
        "absence",
        "goal",
        "training_module",
        "one_on_one",
        "one_on_one_commitment",
        "leaderboard_choice",
    ):
        table = SQLModel.metadata.tables[name]
        columns = [column for column in table.c if column.name not in SERIAL and not column.foreign_keys]
        found[name] = sorted(map(repr, session.execute(select(*columns))))
    return found


def test_leads_are_numbered_as_they_came(session: Session) -> None:
    load(session)
    came = session.scalars(select(col(Lead.assigned_at)).where(col(Lead.assigned_at).is_not(None)).order_by(col(Lead.id))).all()
    assert list(came) == sorted(came)


def test_two_loads_of_a_day_are_equal_and_another_day_is_not(session: Session) -> None:
    load(session)
    first = digest(session)
    demo.remove(session)
    load(session)
    assert digest(session) == first
    demo.remove(session)
    demo.load(session, today=date(2026, 3, 11), size=Size.SMALL)
    assert digest(session) != first


def test_a_load_keeps_the_roll_up_exact(session: Session) -> None:
    load(session)
    assert rollups.drift(session.connection()) == []


def test_removing_leaves_an_empty_database(session: Session) -> None:
    load(session)
    people = session.execute(select(func.count()).select_from(Person)).scalar_one()
    assert demo.remove(session) == people
    assert sizes(session) == {}
    assert not demo.is_loaded(session)


def test_the_demo_is_loaded_once(session: Session) -> None:
    assert not demo.is_loaded(session)
    load(session)
    assert demo.is_loaded(session)
    with pytest.raises(ConflictError, match="demo remove"):
        load(session)


def test_the_demo_offers_training_for_every_skill_and_leaves_a_module_of_the_same_title_alone(session: Session) -> None:
    real = builders.training_module(session, title="answer within the HOUR", skill=Skill.SPEED)
    load(session)
    assert set(session.scalars(select(TrainingModule.skill))) == set(Skill)
    assert session.execute(select(func.count()).select_from(TrainingCompletion)).scalar_one() > len(Skill)
    demo.remove(session)
    assert session.scalars(select(TrainingModule.id)).all() == [real.id]


def test_the_printed_sign_ins_work(session: Session) -> None:
    load(session)
    found = demo.sign_ins()
    assert [sign_in.role for sign_in in found] == [Role.AGENT, Role.MANAGER, Role.ADMIN]
    stored = session.execute(select(Person).where(col(Person.email).in_([sign_in.email for sign_in in found]))).scalars().all()
    assert {person.role for person in stored} == {Role.AGENT, Role.MANAGER, Role.ADMIN}
    assert len({person.password_hash for person in stored}) == 1
    assert passwords.matches(demo.DEMO_PASSWORD, stored[0].password_hash)


def test_a_real_organisation_keeps_its_name_and_outlives_the_demo(session: Session) -> None:
    builders.organisation(session, name="Real Company", currency="EUR")
    load(session)
    demo.remove(session)
    assert [(row.name, row.currency) for row in session.scalars(select(Organisation))] == [("Real Company", "EUR")]


def test_real_people_keep_their_facts_their_team_and_the_organisation(session: Session) -> None:
    load(session)
    team = session.scalars(select(Team).where(col(Team.name) == "Harbor Homes")).one()
    real = builders.person(session, on=team)
    builders.activity(session, real)
    demo.remove(session)
    session.expire_all()
    assert session.scalars(select(Person.id)).all() == [real.id]
    assert session.scalars(select(Team.name)).all() == ["Harbor Homes"]
    assert session.scalars(select(TeamMembership.person_id)).all() == [real.id]
    assert session.scalars(select(Organisation.is_demo)).all() == [False]
    assert rollups.drift(session.connection()) == []


def test_what_was_typed_in_for_demo_people_goes_with_them(session: Session) -> None:
    load(session)
    agent = session.scalars(select(Person).where(col(Person.email) == demo.sign_ins()[0].email)).one()
    builders.activity(session, agent)
    demo.remove(session)
    assert session.execute(select(func.count()).select_from(Activity)).scalar_one() == 0


def test_imported_records_of_demo_people_stop_the_removal(session: Session) -> None:
    load(session)
    agent = session.scalars(select(Person).where(col(Person.email) == demo.sign_ins()[0].email)).one()
    builders.deal(session, agent, origin="hubspot", external_id="1")
    with pytest.raises(ConflictError, match="1 imported record"):
        demo.remove(session)
    assert demo.is_loaded(session)


def test_names_that_are_taken_stop_the_load(session: Session) -> None:
    builders.team(session, name="Harbor Homes")
    with pytest.raises(ConflictError, match="Harbor Homes"):
        load(session)


def test_progress_runs_from_nothing_to_done(session: Session) -> None:
    shares: list[float] = []
    demo.load(session, today=TODAY, size=Size.SMALL, progress=lambda share, _: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_past_appointments_know_the_activity_that_says_how_they_went(session: Session) -> None:
    load(session)
    past = "FROM calendar_event WHERE status <> 'planned' AND kind IN ('appointment', 'showing', 'meeting')"
    linked, total = session.execute(text(f"SELECT count(activity_id), count(*) {past}")).one()
    assert linked == total > 10


def test_a_bulk_company_is_counted_exactly(session: Session) -> None:
    amount = Volume(agents=21, days=6, activities_per_day=4, leads_per_day=1)
    cursor: Any = session.connection().connection.cursor()
    write(cursor, today=TODAY, volume=amount, progress=lambda *_: None)
    counted = session.execute(text("SELECT sum(activities), min(day), max(day), count(DISTINCT agent_id) FROM daily_metrics")).one()
    assert tuple(counted) == (amount.activities, date(2026, 3, 5), TODAY, 21)
    assert rollups.drift(session.connection()) == []
    demo.remove(session)
    assert sizes(session) == {}


def test_history_is_stored_as_the_product_writes_it(session: Session) -> None:
    load(session)
    rows = session.execute(text("SELECT type, details, lead_id, deal_id, agent_id FROM activity WHERE details <> '{}'")).all()
    leads = session.execute(text("SELECT count(*), count(converted_on) FROM lead")).one()
    assert (sum(row.type == "assignment" for row in rows), sum(row.type == "conversion" for row in rows)) == tuple(leads)
    assert all((row.details["lead_id"], row.details.get("deal_id")) == (row.lead_id, row.deal_id) for row in rows)
    assert all(row.details["to"] == row.agent_id for row in rows if row.type == "assignment")


def test_who_is_there_pursues_goals_and_the_printed_agent_has_some_reached_and_some_missed(session: Session) -> None:
    load(session)
    owners = select(Person.active, Person.role).join(Goal, col(Goal.agent_id) == col(Person.id)).distinct()
    assert session.execute(owners).all() == [(True, Role.AGENT)]
    maya = session.scalars(select(Person).where(Person.email == SIGN_IN_AGENT.email)).one()
    board = goals_of(session, viewer(session, maya.id), maya.id, TODAY)
    assert {each.goal.period for each in board.current} == set(GoalPeriod)
    assert {Status.REACHED, Status.MISSED} <= {each.status for each in board.past}


def test_some_of_the_people_want_to_be_named_and_the_printed_agent_has_not_chosen(session: Session) -> None:
    load(session)
    chosen = select(col(LeaderboardChoice.person_id)).where(col(LeaderboardChoice.is_listed))
    named = set(session.scalars(select(col(Person.name)).where(col(Person.id).in_(chosen))))
    assert {"Rosa Delgado", "Marcus Bell"} <= named
    assert SIGN_IN_AGENT.name not in named
