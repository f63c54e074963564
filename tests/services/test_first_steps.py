"""The first ten minutes: ticked by the facts alone, skipped for good, gone when done."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from data.models import KpiTarget, Person
from domain.first_steps import OF_ROLE, Step
from domain.periods import Grain
from domain.records import Role
from services import access, first_steps, retention
from services.access import Viewer
from services.insights import COOL_DOWN
from tests import builders
from tests.builders import NOON


def seen(session: Session, person: Person) -> Viewer:
    return access.viewer(session, person.id)


def done(session: Session, person: Person) -> frozenset[Step]:
    found = first_steps.shown(session, seen(session, person))
    assert found is not None
    return found.done


@pytest.mark.parametrize("role", list(Role))
def test_somebody_new_in_an_empty_installation_has_a_few_steps_and_none_done(session: Session, role: Role) -> None:
    found = first_steps.shown(session, seen(session, builders.person(session, role=role)))

    assert found is not None
    assert found.steps == OF_ROLE[role]
    assert len(found.steps) <= 5
    assert found.done == frozenset()
    assert found.next is found.steps[0]


def test_an_agents_steps_are_ticked_by_what_they_did_themselves(session: Session) -> None:
    ada, ben = builders.person(session), builders.person(session)
    builders.activity(session, ada, origin="hubspot", external_id="1")
    builders.activity(session, ben)
    builders.event(session, ada, created_by=ben.id)
    builders.goal(session, ada, created_by=ben.id)
    builders.channel(session, person_id=ben.id)
    assert done(session, ada) == frozenset()

    builders.activity(session, ada)
    assert done(session, ada) == {Step.LOG}
    builders.event(session, ada, created_by=ada.id)
    builders.channel(session, person_id=ada.id)
    assert done(session, ada) == {Step.LOG, Step.BOOK, Step.BE_REACHED}
    builders.goal(session, ada, created_by=ada.id, metric_key="sales")
    assert first_steps.shown(session, seen(session, ada)) is None


def test_an_admins_steps_are_ticked_by_what_the_company_has(session: Session) -> None:
    admin = builders.person(session, role=Role.ADMIN, password_hash="x")
    agent = builders.person(session)
    assert done(session, admin) == frozenset()

    builders.lead(session, agent)
    assert done(session, admin) == {Step.BRING_DATA}
    builders.manager(session, of=builders.team(session), password_hash="x")
    assert done(session, admin) == {Step.BRING_DATA, Step.INVITE, Step.NAME_MANAGERS}


def test_the_targets_a_team_begins_with_are_nobodys_step(session: Session) -> None:
    admin = builders.person(session, role=Role.ADMIN)
    session.add(KpiTarget(metric_key="calls", grain=Grain.DAY, target=Decimal(8), from_on=NOON.date()))
    assert done(session, admin) == frozenset()
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=Decimal(40), from_on=NOON.date(), created_by=admin.id))
    assert done(session, admin) == {Step.SET_TARGETS}


def test_a_manager_has_prepared_a_talk_only_when_it_is_theirs(session: Session) -> None:
    team = builders.team(session)
    mine, other = builders.manager(session, of=team), builders.manager(session, of=team)
    agent = builders.person(session, on=team)
    builders.one_on_one(session, agent, other)
    assert Step.TALK not in done(session, mine)
    builders.one_on_one(session, agent, mine)
    assert Step.TALK in done(session, mine)


def test_skipped_is_skipped_also_when_insights_come_back_until_somebody_wants_it(session: Session) -> None:
    ada = seen(session, builders.person(session))
    assert first_steps.put_aside(session, ada) is None
    first_steps.skip(session, ada, NOON)
    retention.prune(session, NOON + 2 * COOL_DOWN + timedelta(days=1))
    assert first_steps.shown(session, ada) is None
    assert first_steps.put_aside(session, ada) is not None

    first_steps.bring_back(session, ada)
    assert first_steps.shown(session, ada) is not None
    assert first_steps.put_aside(session, ada) is None


def test_what_one_person_skips_another_still_sees(session: Session) -> None:
    ada, ben = (seen(session, builders.person(session)) for _ in range(2))
    first_steps.skip(session, ada, NOON)

    assert first_steps.shown(session, ben) is not None
