"""Setting goals: who may, for which periods, several at once, and what two people at the same time do to each other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import AuditEntry, Goal, Notification, Person
from domain.errors import ConflictError, InputError, NotFoundError
from domain.goals.entry import GRAINS
from domain.metrics.status import Status
from domain.records import GoalPeriod, GoalState, Role
from services.access import viewer
from services.goal_changes import GoalEdit, SeenGoal, change_goal, pause_goal, remove_goal, resume_goal
from services.goal_setting import WantedGoals, create_goals, set_goals
from services.goals import goals_of
from tests import builders
from tests.builders import NOON, TUESDAY

MONTH = (date(2026, 3, 1), date(2026, 4, 1))


@pytest.fixture
def agent(session: Session) -> Person:
    return builders.person(session, on=builders.team(session))


def wanted(agent: Person, day: date = TUESDAY, period: GoalPeriod = GoalPeriod.MONTHLY, **targets: object) -> WantedGoals:
    named = {key: None if target is None else Decimal(str(target)) for key, target in targets.items()}
    return WantedGoals(agent_id=agent.id, period=period, day=day, targets=named)


def stored(session: Session) -> dict[str, tuple[Decimal, int]]:
    """Those that were not taken back."""
    session.expire_all()
    pursued = select(Goal).where(Goal.state != GoalState.CANCELLED).order_by(Goal.id)
    return {row.metric_key: (row.target.normalize(), row.version) for row in session.scalars(pursued)}


def test_several_goals_of_a_month_are_set_at_once(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    days = create_goals(session, who, wanted(agent, conversions=15, revenue=15000, median_response_time=2), TUESDAY, NOON)
    assert (days.start, days.end) == MONTH
    assert stored(session) == {"conversions": (Decimal(15), 1), "revenue": (Decimal(15000), 1), "median_response_time": (Decimal(2), 1)}
    assert session.scalars(select(AuditEntry.action)).all() == ["goal_set"] * 3


def test_a_goal_that_is_there_already_is_not_set_twice(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    create_goals(session, who, wanted(agent, calls=10), TUESDAY, NOON)
    with pytest.raises(ConflictError, match="March 2026 already") as refused, session.begin_nested():
        create_goals(session, who, wanted(agent, revenue=5, calls=20), TUESDAY, NOON)
    assert (refused.value.code, stored(session)) == ("taken", {"calls": (Decimal(10), 1)})


def test_setting_again_changes_what_differs_and_takes_back_what_is_emptied(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    set_goals(session, who, wanted(agent, calls=10, revenue=100, conversions=5), TUESDAY, NOON)
    set_goals(session, who, wanted(agent, calls=10, revenue=200, conversions=None, satisfaction=4.5), TUESDAY, NOON)
    assert stored(session) == {"calls": (Decimal(10), 1), "revenue": (Decimal(200), 2), "satisfaction": (Decimal("4.5"), 1)}
    assert sorted(session.scalars(select(AuditEntry.action))) == ["goal_changed", "goal_removed", *["goal_set"] * 4]


def test_the_same_kind_may_run_for_a_week_and_a_quarter(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    for period in GRAINS:
        create_goals(session, who, wanted(agent, period=period, calls=10), TUESDAY, NOON)
    spans = {(each.goal.period, each.goal.starts_on) for each in goals_of(session, who, agent.id, TUESDAY).current}
    assert spans == {
        (GoalPeriod.WEEKLY, date(2026, 3, 9)),
        (GoalPeriod.MONTHLY, date(2026, 3, 1)),
        (GoalPeriod.QUARTERLY, date(2026, 1, 1)),
        (GoalPeriod.YEARLY, date(2026, 1, 1)),
    }


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 2, 28), "period_over"), (TUESDAY + timedelta(days=800), "period_too_far"), (MONTH[1], None)]
)
def test_goals_are_for_now_or_later(session: Session, agent: Person, day: date, code: str | None) -> None:
    who = viewer(session, agent.id)
    if code is None:
        create_goals(session, who, wanted(agent, day, calls=10), TUESDAY, NOON)
        assert [each.goal.starts_on for each in goals_of(session, who, agent.id, TUESDAY).coming] == [day]
        return
    with pytest.raises(InputError) as refused:
        create_goals(session, who, wanted(agent, day, calls=10), TUESDAY, NOON)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "targets",
    [{"calls": 0}, {"calls": 1.5}, {"calls": "NaN"}, {"conversion_rate": 20}, {"satisfaction": 6}, {"revenue": "0.001"}, {"charm": 5}, {}],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(session: Session, agent: Person, targets: dict[str, object]) -> None:
    with pytest.raises(InputError):
        set_goals(session, viewer(session, agent.id), wanted(agent, **targets), TUESDAY, NOON)
    assert stored(session) == {}


def test_an_edit_names_the_version_it_saw(session: Session, agent: Person) -> None:
    goal, who = builders.goal(session, agent), viewer(session, agent.id)
    seen = SeenGoal(agent_id=agent.id, goal_id=goal.id, version=1)
    change_goal(session, who, seen, GoalEdit(target=Decimal(20)), TUESDAY, NOON)
    with pytest.raises(ConflictError, match="meanwhile"):
        change_goal(session, who, seen, GoalEdit(target=Decimal(30)), TUESDAY, NOON)
    assert stored(session) == {"conversions": (Decimal(20), 2)}


def test_a_goal_whose_time_is_over_stays_as_it_was(session: Session, agent: Person) -> None:
    goal, who = builders.goal(session, agent), viewer(session, agent.id)
    with pytest.raises(ConflictError, match="is over"):
        change_goal(session, who, SeenGoal(agent_id=agent.id, goal_id=goal.id, version=1), GoalEdit(target=Decimal(1)), MONTH[1], NOON)
    with pytest.raises(ConflictError, match="is over"):
        remove_goal(session, who, agent.id, goal.id, MONTH[1], NOON)
    remove_goal(session, who, agent.id, goal.id, MONTH[1] - timedelta(days=1), NOON)
    assert stored(session) == {}


def test_several_goals_of_a_kind_run_at_once_under_names(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    for name, target in (("", 10), ("Cold", 20), ("  Cold  calls ", 30)):
        create_goals(session, who, replace(wanted(agent, calls=target), name=name), TUESDAY, NOON)
    with pytest.raises(ConflictError, match="called Cold for March 2026 already"), session.begin_nested():
        create_goals(session, who, replace(wanted(agent, calls=5), name="Cold"), TUESDAY, NOON)
    set_goals(session, who, replace(wanted(agent, calls=25), name="Cold"), TUESDAY, NOON)
    running = goals_of(session, who, agent.id, TUESDAY).current
    assert [(each.goal.name, each.goal.target) for each in running] == [("", 10), ("Cold", 25), ("Cold calls", 30)]


def by_summer(agent: Person, **targets: object) -> WantedGoals:
    return replace(wanted(agent, period=GoalPeriod.SPAN, **targets), deadline=date(2026, 6, 30), name="By summer")


def test_a_goal_has_a_deadline_of_its_own(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    days = create_goals(session, who, by_summer(agent, revenue=50_000), TUESDAY, NOON)
    assert (days.start, days.last_day) == (TUESDAY, date(2026, 6, 30))
    set_goals(session, who, replace(by_summer(agent, revenue=50_000), deadline=date(2026, 7, 31)), TUESDAY, NOON)
    (goal,) = goals_of(session, who, agent.id, TUESDAY).current
    seen = SeenGoal(agent_id=agent.id, goal_id=goal.goal.id, version=2)
    change_goal(session, who, seen, GoalEdit(target=Decimal(60_000), name="By fall", deadline=date(2026, 9, 30)), TUESDAY, NOON)
    (goal,) = goals_of(session, who, agent.id, TUESDAY).current
    assert (goal.goal.name, goal.goal.days.last_day, goal.goal.target, goal.goal.version) == ("By fall", date(2026, 9, 30), 6_000_000, 3)


def test_only_days_of_their_own_have_a_deadline(session: Session, agent: Person) -> None:
    who = viewer(session, agent.id)
    goal = builders.goal(session, agent)
    seen = SeenGoal(agent_id=agent.id, goal_id=goal.id, version=1)
    codes = []
    for attempt in (
        lambda: create_goals(session, who, replace(by_summer(agent, calls=1), deadline=None), TUESDAY, NOON),
        lambda: create_goals(session, who, replace(wanted(agent, calls=1), deadline=TUESDAY), TUESDAY, NOON),
        lambda: change_goal(session, who, seen, GoalEdit(target=Decimal(1), deadline=TUESDAY), TUESDAY, NOON),
        lambda: create_goals(session, who, replace(wanted(agent, calls=1), name="x" * 121), TUESDAY, NOON),
    ):
        with pytest.raises(InputError) as refused:
            attempt()
        codes.append(refused.value.code)
    assert codes == ["deadline_missing", "no_deadline", "no_deadline", "name_too_long"]


def test_a_name_that_is_taken_is_told(session: Session, agent: Person) -> None:
    first, _ = (builders.goal(session, agent, name=name) for name in ("One", "Two"))
    seen = SeenGoal(agent_id=agent.id, goal_id=first.id, version=1)
    with pytest.raises(ConflictError, match="tell them apart by a name"):
        change_goal(session, viewer(session, agent.id), seen, GoalEdit(target=Decimal(1), name="Two"), TUESDAY, NOON)


def test_pauses_are_kept_and_their_days_left_out(session: Session, agent: Person) -> None:
    goal, who = builders.goal(session, agent, metric_key="calls", target=44), viewer(session, agent.id)
    for since, until in ((2, 4), (5, 5), (9, 10)):
        for _ in range(2):
            pause_goal(session, who, agent.id, goal.id, date(2026, 3, since), NOON)
        assert goals_of(session, who, agent.id, date(2026, 3, since)).current[0].status is Status.PAUSED
        for _ in range(2):
            resume_goal(session, who, agent.id, goal.id, date(2026, 3, until), NOON)
    (found,) = goals_of(session, who, agent.id, TUESDAY).current
    assert [(span.start.day, span.end.day) for span in found.goal.pauses if span.end] == [(2, 4), (9, 10)]
    assert found.pace is not None
    # 22 working days without the 2nd, 3rd and 9th; of those gone (the 4th to the 6th) three were planned.
    assert found.pace.ahead == pytest.approx(-44 * 3 / 19)
    assert sorted(session.scalars(select(AuditEntry.action))) == ["goal_paused"] * 3 + ["goal_resumed"] * 3


def test_what_is_taken_back_is_out_of_the_way_and_still_there(session: Session, agent: Person) -> None:
    goal, who = builders.goal(session, agent, metric_key="calls"), viewer(session, agent.id)
    pause_goal(session, who, agent.id, goal.id, TUESDAY, NOON)
    remove_goal(session, who, agent.id, goal.id, TUESDAY, NOON)
    create_goals(session, who, wanted(agent, calls=12), TUESDAY, NOON)
    for later in (TUESDAY, date(2026, 5, 1)):
        board = goals_of(session, who, agent.id, later)
        assert [(each.goal.id, each.status) for each in board.cancelled] == [(goal.id, Status.CANCELLED)]
        assert [each.goal.target for each in (*board.current, *board.past)] == [12]
    with pytest.raises(NotFoundError):
        remove_goal(session, who, agent.id, goal.id, TUESDAY, NOON)


def test_only_who_looks_after_an_agent_today_sets_their_goals(session: Session) -> None:
    north, south = builders.team(session), builders.team(session)
    agent, peer, foreign = (builders.person(session, on=team) for team in (north, north, south))
    goal = builders.goal(session, agent, metric_key="calls")
    strangers = [peer, foreign, builders.manager(session, of=south)]
    seen, edit = SeenGoal(agent_id=agent.id, goal_id=goal.id, version=1), GoalEdit(target=Decimal(1))
    for person in strangers:
        who = viewer(session, person.id)
        for attempt in (
            lambda who=who: create_goals(session, who, wanted(agent, revenue=1), TUESDAY, NOON),
            lambda who=who: set_goals(session, who, wanted(agent, calls=None), TUESDAY, NOON),
            lambda who=who: change_goal(session, who, seen, edit, TUESDAY, NOON),
            lambda who=who: pause_goal(session, who, agent.id, goal.id, TUESDAY, NOON),
            lambda who=who: resume_goal(session, who, agent.id, goal.id, TUESDAY, NOON),
            lambda who=who: remove_goal(session, who, agent.id, goal.id, TUESDAY, NOON),
            lambda who=who, own=person: remove_goal(session, who, own.id, goal.id, TUESDAY, NOON),
        ):
            with pytest.raises(NotFoundError):
                attempt()
    for person in (builders.manager(session, of=north), builders.person(session, role=Role.ADMIN)):
        set_goals(session, viewer(session, person.id), wanted(agent, revenue=person.id), TUESDAY, NOON)
    assert set(stored(session)) == {"calls", "revenue"}


def test_an_agent_is_told_when_somebody_else_sets_their_goals(session: Session) -> None:
    team = builders.team(session)
    agent, boss = builders.person(session, on=team), builders.manager(session, of=team, name="Mia")
    set_goals(session, viewer(session, agent.id), wanted(agent, calls=10), TUESDAY, NOON)
    assert session.scalars(select(Notification)).all() == []
    set_goals(session, viewer(session, boss.id), wanted(agent, calls=20, revenue=5, satisfaction=None), TUESDAY, NOON)
    set_goals(session, viewer(session, boss.id), wanted(agent, calls=20), TUESDAY, NOON + timedelta(hours=1))
    (told,) = session.scalars(select(Notification))
    assert (told.person_id, told.title, told.link) == (agent.id, "Mia changed your goals for March 2026", f"/goals?agent={agent.id}")


def test_two_who_set_the_same_goal_at_once_leave_one(fresh_database: Database) -> None:
    fresh_database.write(builders.organisation)
    agent = fresh_database.write(builders.person)
    meet = Barrier(2)

    def put(target: int) -> None:
        def work(session: Session) -> None:
            who = viewer(session, agent.id)
            meet.wait(timeout=10)
            set_goals(session, who, wanted(agent, calls=target, revenue=target), TUESDAY, NOON)

        fresh_database.write(work)

    with ThreadPoolExecutor(max_workers=2) as both:
        list(both.map(put, (10, 20)))
    with fresh_database.reading() as session:
        assert stored(session) in ({"calls": (Decimal(each), 2), "revenue": (Decimal(each), 2)} for each in (10, 20))
