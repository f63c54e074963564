"""The day's plan: made once, done by what is logged, never replaced by what comes in."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.models import DayPlan, Lead, MustDo, Person, Team
from data.queries import day_plans
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.periods import Period
from domain.records import ActivityType, EventKind, EventStatus, LeadStatus, Outcome
from services import daily_plan, lead_moves
from services.access import Viewer, viewer
from services.daily_plan import PlanOfDay
from tests import builders
from tests.builders import NOON, TUESDAY

MORNING = NOON.replace(hour=6)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session, currency="EUR")
    return builders.team(session)


@pytest.fixture
def ann(session: Session, team: Team) -> Person:
    return builders.person(session, name="Ann", on=team)


@pytest.fixture
def seen(session: Session, ann: Person) -> Viewer:
    return viewer(session, ann.id)


def waiting_lead(session: Session, ann: Person, **fields: object) -> Lead:
    return builders.lead(session, ann, **{"assigned_at": MORNING - timedelta(hours=3)} | fields)


def planned(session: Session, seen: Viewer, now: object = MORNING) -> PlanOfDay:
    return daily_plan.plan_of_today(session, seen, seen.person_id, now)


def test_three_of_five_are_chosen_a_rescue_and_prospecting_among_them(session: Session, ann: Person, seen: Viewer) -> None:
    waiting_lead(session, ann, name="Lena", assigned_at=MORNING - timedelta(minutes=4))
    waiting_lead(session, ann)
    called = builders.lead(session, ann, name="Carl", status=LeadStatus.CONTACTED)
    builders.activity(session, ann, at=NOON - timedelta(days=2), lead_id=called.id, outcome=Outcome.CALL_BACK)
    builders.deal(session, ann, name="Villa", amount_minor=900_000, created_on=TUESDAY - timedelta(days=20))
    builders.goal(session, ann, metric_key="calls", target=160)
    plan = planned(session, seen)
    assert [each.title for each in plan.must_dos] == ["Revive Villa", "Contact Lena", "10 calls today"]
    assert [each.reason for each in plan.must_dos] == [
        "An open deal, worth €9,000, quiet for 20 days. One call says whether it still lives.",
        "New at 05:56: an answer within 5 minutes finds them still there.",
        "Your goal of 160 calls in March 2026 stands at 1: 10 calls each working day from now on reach it.",
    ]
    assert [each.minutes for each in plan.must_dos] == [10, 5, 60]


def test_the_plan_of_a_day_is_made_once_and_keeps_its_promise(session: Session, ann: Person, seen: Viewer) -> None:
    first = waiting_lead(session, ann)
    assert [each.lead_id for each in planned(session, seen).must_dos] == [first.id]
    newer = waiting_lead(session, ann, name="Nora", assigned_at=NOON - timedelta(minutes=3))
    plan = planned(session, seen, NOON)
    assert [each.lead_id for each in plan.must_dos] == [first.id]
    assert [(each.lead_id, each.is_pressing) for each in plan.came_in] == [(newer.id, True)]
    assert plan.next == plan.came_in[0]
    assert plan.came_in[0].reason == "New at 11:57: an answer within 5 minutes finds them still there."


def test_a_logged_call_does_it_and_taking_the_call_back_undoes_it(session: Session, ann: Person, seen: Viewer) -> None:
    lead = waiting_lead(session, ann)
    planned(session, seen)
    call = builders.activity(session, ann, lead_id=lead.id, outcome=Outcome.NO_ANSWER)
    plan = planned(session, seen, NOON)
    assert (plan.must_dos[0].is_done, plan.must_dos[0].activity_id, plan.completion_share, plan.next) == (True, call.id, 1.0, None)
    with pytest.raises(ConflictError):
        daily_plan.tick(session, seen, ann.id, plan.must_dos[0].key, NOON, is_done=False)
    session.delete(call)
    session.flush()
    assert planned(session, seen, NOON).done == 0


def test_work_of_another_day_or_agent_and_notes_do_nothing(session: Session, team: Team, ann: Person, seen: Viewer) -> None:
    lead = waiting_lead(session, ann)
    planned(session, seen)
    builders.activity(session, ann, lead_id=lead.id, at=NOON - timedelta(days=1))
    builders.activity(session, builders.person(session, on=team), lead_id=lead.id)
    builders.activity(session, ann, lead_id=lead.id, type=ActivityType.NOTE)
    assert planned(session, seen, NOON).done == 0


def test_a_goals_part_is_done_by_its_number_and_an_entry_by_its_outcome(session: Session, ann: Person, seen: Viewer) -> None:
    builders.goal(session, ann, metric_key="calls", target=32)
    entry = builders.event(session, ann, kind=EventKind.CALL, title="Call Omar", at=NOON)
    plan = planned(session, seen)
    assert [each.title for each in plan.must_dos] == ["Call Omar", "2 calls today"]
    assert plan.must_dos[0].reason == "Planned for 12:00 today."
    builders.activity(session, ann)
    entry.status = EventStatus.CANCELLED
    session.flush()
    plan = planned(session, seen, NOON)
    assert [(each.is_done, each.done_of_asked, each.asked) for each in plan.must_dos] == [(True, 0, 0), (False, 1, 2)]
    builders.activity(session, ann)
    assert planned(session, seen, NOON).done == 2


def test_a_tick_records_nothing_else_and_comes_off_again(session: Session, ann: Person, seen: Viewer) -> None:
    waiting_lead(session, ann)
    key = planned(session, seen).must_dos[0].key
    assert daily_plan.tick(session, seen, ann.id, key, NOON, is_done=True).done == 1
    assert daily_plan.tick(session, seen, ann.id, key, NOON, is_done=False).done == 0
    assert session.scalar(select(Lead.status)) is LeadStatus.NEW


def test_what_is_put_off_for_a_reason_is_not_asked_for(session: Session, ann: Person, seen: Viewer) -> None:
    waiting_lead(session, ann)
    key = planned(session, seen).must_dos[0].key
    with pytest.raises(InputError):
        daily_plan.put_off(session, seen, ann.id, key, "  ", NOON)
    plan = daily_plan.put_off(session, seen, ann.id, key, "They are on holiday", NOON)
    assert (plan.completion_share, plan.next, plan.must_dos[0].put_off_reason) == (None, None, "They are on holiday")
    assert day_plans.kept_days(session, seen.scope, ann.id, Period(TUESDAY, TUESDAY + timedelta(days=1))) == {TUESDAY: (0, 0)}


def test_a_day_off_plans_nothing_and_is_not_made_again(session: Session, ann: Person, seen: Viewer) -> None:
    sunday = MORNING.replace(day=8)
    waiting_lead(session, ann, on=date(2026, 3, 6), assigned_at=sunday - timedelta(days=2))
    plan = planned(session, seen, sunday)
    assert (plan.is_day_off, plan.must_dos) == (True, ())
    waiting_lead(session, ann, assigned_at=sunday + timedelta(minutes=5))
    assert planned(session, seen, sunday + timedelta(minutes=10)).came_in == ()
    assert session.scalar(select(func.count()).select_from(DayPlan)) == 1


def test_nobody_reads_or_ticks_a_strangers_day(session: Session, team: Team, ann: Person, seen: Viewer) -> None:
    waiting_lead(session, ann)
    key = planned(session, seen).must_dos[0].key
    stranger = viewer(session, builders.manager(session, of=builders.team(session)).id)
    peer = viewer(session, builders.person(session, on=team).id)
    for other in (stranger, peer):
        with pytest.raises(NotFoundError):
            daily_plan.plan_of_today(session, other, ann.id, NOON)
        with pytest.raises(NotFoundError):
            daily_plan.tick(session, other, ann.id, key, NOON, is_done=True)
    assert session.scalar(select(MustDo.ticked_at)) is None
    manager = viewer(session, builders.manager(session, of=team).id)
    assert daily_plan.plan_of_today(session, manager, ann.id, NOON).must_dos[0].key == key


def test_a_manager_reads_the_promise_and_neither_ticks_it_nor_puts_it_off(session: Session, team: Team, ann: Person, seen: Viewer) -> None:
    waiting_lead(session, ann)
    key = planned(session, seen).must_dos[0].key
    manager = viewer(session, builders.manager(session, of=team).id)
    with pytest.raises(AccessError, match="agent's promise"):
        daily_plan.tick(session, manager, ann.id, key, NOON, is_done=True)
    with pytest.raises(AccessError, match="agent's promise"):
        daily_plan.put_off(session, manager, ann.id, key, "Not today", NOON)
    assert [(each.is_done, each.put_off_at) for each in planned(session, seen, NOON).must_dos] == [(False, None)]


def test_a_mail_does_not_do_a_planned_call_and_a_call_does(session: Session, ann: Person, seen: Viewer) -> None:
    lead = builders.lead(session, ann, status=LeadStatus.CONTACTED)
    builders.event(session, ann, kind=EventKind.CALL, title="Call Omar", at=NOON, lead_id=lead.id)
    builders.activity(session, ann, type=ActivityType.EMAIL, lead_id=lead.id, at=MORNING - timedelta(minutes=5))
    assert [(each.title, each.is_done) for each in planned(session, seen).must_dos] == [("Call Omar", False)]
    builders.activity(session, ann, type=ActivityType.FOLLOW_UP, lead_id=lead.id)
    assert planned(session, seen, NOON).done == 1


def test_whom_somebody_called_today_has_no_planned_call_left(session: Session, ann: Person, seen: Viewer) -> None:
    lead = builders.lead(session, ann, status=LeadStatus.CONTACTED)
    builders.event(session, ann, kind=EventKind.CALL, title="Call Omar", at=NOON, lead_id=lead.id)
    builders.activity(session, ann, lead_id=lead.id, at=MORNING - timedelta(minutes=5))
    assert planned(session, seen).must_dos == ()


def test_who_asked_to_be_left_alone_is_on_no_plan_until_they_say_otherwise(session: Session, ann: Person, seen: Viewer) -> None:
    lead = waiting_lead(session, ann)
    lead_moves.leave_alone(session, seen, lead.id, MORNING, wants_no_contact=True)
    assert planned(session, seen).must_dos == ()
    lead_moves.leave_alone(session, seen, lead.id, MORNING, wants_no_contact=False)
    assert [each.lead_id for each in planned(session, seen, MORNING + timedelta(days=1)).must_dos] == [lead.id]
