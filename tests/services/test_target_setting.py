"""Setting targets: by whom, for whom, and that what was asked before stays as it was asked."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import AuditEntry, KpiTarget, Person
from domain.errors import AccessError, InputError, NotFoundError
from domain.periods import Grain
from domain.records import Role
from services import access, target_setting
from services.access import Viewer
from services.target_setting import TargetPlace, Wanted
from tests import builders

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY, JANUARY = NOW.date(), date(2026, 1, 1)


@pytest.fixture
def house(fresh_database: Database) -> SimpleNamespace:
    """North with Nora and the manager Mia, South with Sven; North is asked for 40 calls a week since January."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, team_id=north.id, target=40, from_on=JANUARY))
        return SimpleNamespace(
            north=north,
            south=south,
            nora=builders.person(session, on=north, name="Nora"),
            sven=builders.person(session, on=south, name="Sven"),
            mia=builders.manager(session, of=north, name="Mia"),
            ann=builders.person(session, name="Ann", role=Role.ADMIN),
        )

    return fresh_database.write(build)


def viewer(database: Database, person: Person) -> Viewer:
    with database.reading() as session:
        return access.viewer(session, person.id or 0)


def calls_of(**holder: int | None) -> TargetPlace:
    return TargetPlace(metric_key="calls", grain=Grain.WEEK, **holder)


def ask(
    database: Database, person: Person, place: TargetPlace, target: int | None, from_on: date = TODAY, *, as_ramp: bool = False
) -> None:
    who, wanted = (
        viewer(database, person),
        Wanted(place=place, target=None if target is None else Decimal(target), from_on=from_on, as_ramp=as_ramp),
    )
    database.write(lambda session: target_setting.set_target(session, who, wanted, NOW))


def kept(database: Database) -> list[tuple[int, date, date | None]]:
    with database.reading() as session:
        rows = session.scalars(select(KpiTarget).order_by(KpiTarget.from_on))  # type: ignore[arg-type]
        return [(int(row.target), row.from_on, row.until_on) for row in rows]


def test_what_was_asked_until_the_day_before_stays_as_it_was(fresh_database: Database, house: SimpleNamespace) -> None:
    ask(fresh_database, house.mia, calls_of(team_id=house.north.id), 50)
    assert kept(fresh_database) == [(40, JANUARY, TODAY), (50, TODAY, None)]
    board = _board(fresh_database, house.mia)
    assert [(int(each.target), each.set_by) for each in board.now] == [(50, "Mia")]
    assert [(int(each.target), each.set_by) for each in board.other] == [(40, None)]


def test_a_slip_is_mended_the_same_day_and_a_planned_target_stays_planned(fresh_database: Database, house: SimpleNamespace) -> None:
    place, april = calls_of(team_id=house.north.id), date(2026, 4, 1)
    ask(fresh_database, house.mia, place, 60, april)
    ask(fresh_database, house.mia, place, 500)
    ask(fresh_database, house.mia, place, 50)
    assert kept(fresh_database) == [(40, JANUARY, TODAY), (50, TODAY, april), (60, april, None)]


def test_asking_for_nothing_ends_what_is_asked_and_needs_something_to_end(fresh_database: Database, house: SimpleNamespace) -> None:
    place = calls_of(team_id=house.north.id)
    ask(fresh_database, house.mia, place, None)
    assert kept(fresh_database) == [(40, JANUARY, TODAY)]
    with pytest.raises(InputError, match="Nothing is asked there"):
        ask(fresh_database, house.mia, place, None)


def test_a_manager_asks_their_own_and_nobody_else(fresh_database: Database, house: SimpleNamespace) -> None:
    ask(fresh_database, house.mia, calls_of(agent_id=house.nora.id), 30)
    for holder in ({"team_id": house.south.id}, {"agent_id": house.sven.id}, {}):
        with pytest.raises(NotFoundError):
            ask(fresh_database, house.mia, calls_of(**holder), 30)
    with pytest.raises(AccessError):
        ask(fresh_database, house.nora, calls_of(agent_id=house.nora.id), 1)
    assert {each.holder for each in _board(fresh_database, house.mia).now} == {"North", "Nora"}


def test_an_admin_asks_everybody_and_it_is_recorded(fresh_database: Database, house: SimpleNamespace) -> None:
    ask(fresh_database, house.ann, calls_of(), 20)
    with fresh_database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.person_id, entry.action, entry.subject) == (house.ann.id, "target_set", "organisation")
    assert entry.details == {"metric": "calls", "per": "week", "target": "20", "from": "2026-03-10", "ramp": False}


def test_a_joiner_is_led_up_in_three_steps_and_nobody_else(fresh_database: Database, house: SimpleNamespace) -> None:
    ask(fresh_database, house.mia, calls_of(agent_id=house.nora.id), 45, as_ramp=True)
    second, third = TODAY + timedelta(days=28), TODAY + timedelta(days=56)
    assert kept(fresh_database)[1:] == [(23, TODAY, second), (34, second, third), (45, third, None)]
    with pytest.raises(InputError, match="leads one agent"):
        ask(fresh_database, house.mia, calls_of(team_id=house.north.id), 45, as_ramp=True)


@pytest.mark.parametrize("day", [date(2026, 2, 28), TODAY + timedelta(days=367)])
def test_months_that_are_over_stay_as_they_were_asked(fresh_database: Database, house: SimpleNamespace, day: date) -> None:
    with pytest.raises(InputError, match="stay as they were asked"):
        ask(fresh_database, house.mia, calls_of(team_id=house.north.id), 50, day)


def test_what_has_no_good_or_bad_cannot_be_asked_for(fresh_database: Database, house: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="cannot have a target"):
        ask(fresh_database, house.ann, TargetPlace(metric_key="list_size", grain=Grain.MONTH), 5)


def test_what_it_comes_to_this_month_is_told_by_working_days(fresh_database: Database, house: SimpleNamespace) -> None:
    """March 2026 has 22 working days of five a week: 40 a week are 176."""
    who = viewer(fresh_database, house.mia)
    with fresh_database.reading() as session:
        aim = target_setting.asked_this_month(session, who, calls_of(team_id=house.north.id), TODAY)
    assert aim is not None
    assert round(aim.target) == 176


def _board(database: Database, person: Person) -> target_setting.TargetBoard:
    who = viewer(database, person)
    with database.reading() as session:
        return target_setting.board(session, who, TODAY)
