"""Points and streaks of real days: right at once, settled once, corrected by lines, private, and for the viewer's own people."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from data.models import Activity, DailyScore, EnergyCheckIn, Person, PointEntry, StreakSetting, Team
from domain.coaching.energy import Daypart
from domain.coaching.points import ValueChange
from domain.coaching.streaks import DayState
from domain.errors import AccessError, InputError, NotFoundError
from domain.records import ActivityType, Role
from services import daily_plan, energy, points, streaks
from services.access import viewer
from services.play_day import PlayDay, play_day
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session, country="DE")
    return builders.team(session)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def seen(session: Session, agent: Person, by: Person | None = None, now: datetime = NOON) -> PlayDay:
    return play_day(session, viewer(session, (by or agent).id), agent.id, now)


def ledger(session: Session) -> list[tuple[date, str, int]]:
    rows = session.scalars(select(PointEntry).order_by(PointEntry.id))
    return [(row.day, row.reason, row.points) for row in rows]


def test_a_call_brings_its_points_and_keeps_the_day_at_once(session: Session, agent: Person) -> None:
    assert (seen(session, agent).points, seen(session, agent).streak.today) == (0, DayState.OPEN)
    builders.activity(session, agent)
    found = seen(session, agent)
    assert (found.points, found.streak.length, found.streak.today, found.own.level.total) == (2, 1, DayState.KEPT, 2)


def test_a_note_is_no_work(session: Session, agent: Person) -> None:
    builders.activity(session, agent, type=ActivityType.NOTE)
    assert (seen(session, agent).points, seen(session, agent).streak.today) == (0, DayState.OPEN)


def test_a_night_closes_the_day_and_settles_its_points_once(session: Session, agent: Person) -> None:
    builders.activity(session, agent)
    tomorrow = NOON + timedelta(days=1)
    assert streaks.close_days(session, tomorrow) == {"agents": 1, "ledger_lines": 1}
    assert streaks.close_days(session, tomorrow + timedelta(hours=1)) == {"agents": 0, "ledger_lines": 0}
    assert streaks.close_days(session, tomorrow + timedelta(days=1)) == {"agents": 1, "ledger_lines": 0}
    assert ledger(session) == [(TUESDAY, "calls", 2)]
    row = session.get_one(DailyScore, (agent.id, TUESDAY))
    assert (row.state, row.points, row.done, row.length, row.completion_share) == (DayState.KEPT, 2, 1, 1, None)


def test_a_must_do_ticked_by_hand_keeps_the_day_and_much_work_never_loses_it(session: Session, agent: Person) -> None:
    own = viewer(session, agent.id)
    keys = [builders.must_do(session, agent).key for _ in range(3)]
    daily_plan.tick(session, own, agent.id, keys[0], NOON, is_done=True)
    assert (seen(session, agent).streak.done, seen(session, agent).streak.today) == (1, DayState.KEPT)
    streaks.choose(session, own, minimum=4, is_shared=False)
    assert seen(session, agent).streak.today is DayState.OPEN
    for _ in range(4):
        builders.activity(session, agent)
    assert (seen(session, agent).streak.done, seen(session, agent).streak.today) == (4, DayState.KEPT)


def test_a_promise_done_in_full_keeps_a_day_below_its_minimum(session: Session, agent: Person) -> None:
    own = viewer(session, agent.id)
    streaks.choose(session, own, minimum=4, is_shared=False)
    keys = [builders.must_do(session, agent).key for _ in range(2)]
    for key in keys:
        daily_plan.tick(session, own, agent.id, key, NOON, is_done=True)
    builders.activity(session, agent, at=NOON - timedelta(days=1))
    streaks.close_days(session, NOON + timedelta(days=1))
    row = session.get_one(DailyScore, (agent.id, TUESDAY))
    assert (row.state, row.done, row.completion_share) == (DayState.KEPT, 2, 1.0)


def test_what_is_written_down_late_or_taken_back_is_a_line_of_its_own(session: Session, agent: Person) -> None:
    call = builders.activity(session, agent)
    streaks.close_days(session, NOON + timedelta(days=1))
    builders.activity(session, agent, type=ActivityType.MEETING)
    session.execute(delete(Activity).where(Activity.id == call.id))
    streaks.close_days(session, NOON + timedelta(days=2))
    assert ledger(session) == [(TUESDAY, "calls", 2), (TUESDAY, "calls", -2), (TUESDAY, "meetings", 10)]


def test_a_day_ends_on_the_agents_own_clock(session: Session, team: Team) -> None:
    ahead = builders.person(session, on=team, time_zone="Pacific/Auckland")
    builders.activity(session, ahead)
    assert streaks.close_days(session, NOON.replace(hour=10))["agents"] == 1
    assert session.get(DailyScore, (ahead.id, TUESDAY)) is None
    streaks.close_days(session, NOON.replace(hour=11))
    assert session.get_one(DailyScore, (ahead.id, TUESDAY)).state is DayState.KEPT


def test_a_streak_goes_on_over_the_weekend_and_live_days_join_closed_ones(session: Session, agent: Person) -> None:
    for back in (5, 4, 1, 0):  # Thursday, Friday, Monday, Tuesday
        builders.activity(session, agent, at=NOON - timedelta(days=back))
    streaks.close_days(session, NOON - timedelta(days=2))
    found = seen(session, agent).streak
    assert (found.length, found.best, found.freezes) == (4, 4, 2)
    assert (found.kept, found.asked) == (4, 7)


def test_a_late_entry_mends_the_streak(session: Session, agent: Person) -> None:
    for back in (4, 1):
        builders.activity(session, agent, at=NOON - timedelta(days=back))
    streaks.close_days(session, NOON)
    assert session.get_one(DailyScore, (agent.id, TUESDAY - timedelta(days=1))).length == 2
    builders.activity(session, agent, at=NOON - timedelta(days=5))
    streaks.close_days(session, NOON + timedelta(days=1))
    assert session.get_one(DailyScore, (agent.id, TUESDAY - timedelta(days=1))).length == 3


def test_a_pause_counts_no_day_until_it_is_resumed(session: Session, agent: Person) -> None:
    own = viewer(session, agent.id)
    builders.activity(session, agent, at=NOON - timedelta(days=1))
    streaks.pause(session, own, NOON)
    assert seen(session, agent).streak.today is DayState.PAUSED
    assert seen(session, agent, now=NOON + timedelta(days=10)).streak.length == 1
    streaks.resume(session, own, NOON + timedelta(days=10))
    found = seen(session, agent, now=NOON + timedelta(days=10))
    assert (found.streak.today, found.streak.length, found.own.settings.is_paused) == (DayState.OPEN, 1, False)


def test_a_new_minimum_changes_no_closed_day(session: Session, agent: Person) -> None:
    builders.activity(session, agent)
    streaks.close_days(session, NOON + timedelta(days=1))
    streaks.choose(session, viewer(session, agent.id), minimum=3, is_shared=False)
    streaks.close_days(session, NOON + timedelta(days=2))
    assert session.get_one(DailyScore, (agent.id, TUESDAY)).state is DayState.KEPT
    assert seen(session, agent, now=NOON + timedelta(days=2)).streak.minimum == 3
    with pytest.raises(InputError, match="from 1 to 50"):
        streaks.choose(session, viewer(session, agent.id), minimum=0, is_shared=False)


def test_a_streak_level_and_energy_are_private_and_a_shared_streak_is_the_streak_alone(session: Session, agent: Person, team: Team) -> None:
    boss, admin = builders.manager(session, of=team), builders.person(session, role=Role.ADMIN)
    builders.activity(session, agent)
    energy.check_in(session, viewer(session, agent.id), 4, NOON)
    for other in (boss, admin):
        found = seen(session, agent, by=other)
        assert (found.points, found.streak, found.own) == (2, None, None)
    streaks.choose(session, viewer(session, agent.id), minimum=1, is_shared=True)
    assert (seen(session, agent, by=boss).streak.length, seen(session, agent, by=boss).own) == (1, None)


def test_a_colleagues_day_is_not_there(session: Session, agent: Person, team: Team) -> None:
    stranger = builders.person(session, on=team)
    foreign_boss = builders.manager(session, of=builders.team(session))
    for other in (stranger, foreign_boss):
        with pytest.raises(NotFoundError):
            seen(session, agent, by=other)


def test_values_change_from_a_day_to_come_by_an_admin_alone(session: Session, agent: Person) -> None:
    admin = viewer(session, builders.person(session, role=Role.ADMIN).id)
    dear = ValueChange(key="calls", from_on=TUESDAY + timedelta(days=1), points=7, most=70)
    with pytest.raises(AccessError):
        points.change_value(session, viewer(session, agent.id), dear, NOON)
    with pytest.raises(InputError, match="stay as they are"):
        points.change_value(session, admin, ValueChange(key="calls", from_on=TUESDAY, points=7, most=70), NOON)
    points.change_value(session, admin, dear, NOON)
    builders.activity(session, agent)
    builders.activity(session, agent, at=NOON + timedelta(days=1))
    streaks.close_days(session, NOON + timedelta(days=2))
    assert [made for _, _, made in ledger(session)] == [2, 7]


def test_energy_is_told_once_for_a_part_of_the_day_and_all_of_it_can_be_deleted(session: Session, agent: Person) -> None:
    own = viewer(session, agent.id)
    energy.check_in(session, own, 2, NOON)
    energy.check_in(session, own, 4, NOON + timedelta(hours=1))
    found = energy.energy_of(session, own, NOON)
    assert (found.now, found.pattern.counts) == (4, {Daypart.AFTERNOON: 1})
    assert energy.forget(session, own) == 1
    assert energy.energy_of(session, own, NOON).now is None
    with pytest.raises(InputError):
        energy.check_in(session, own, 6, NOON)


def test_everything_playful_goes_with_the_person(session: Session, agent: Person) -> None:
    own = viewer(session, agent.id)
    streaks.pause(session, own, NOON)
    energy.check_in(session, own, 3, NOON)
    call = builders.activity(session, agent)
    streaks.close_days(session, NOON + timedelta(days=1))
    session.execute(delete(Activity).where(Activity.id == call.id))
    session.execute(delete(Person).where(Person.id == agent.id))
    for table in (DailyScore, PointEntry, StreakSetting, EnergyCheckIn):
        assert session.scalar(select(func.count()).select_from(table)) == 0
