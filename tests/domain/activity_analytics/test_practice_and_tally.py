"""What counts as a success of each type, and the rates that come of it."""

from datetime import date

from domain.activity_analytics.practice import PRACTICES
from domain.activity_analytics.tally import Tally, conversion, success, success_by
from domain.metrics.measures import Ratio
from domain.records import WORK_TYPES, ActivityType, Outcome

DAY = date(2026, 3, 10)


def tallied(type_: ActivityType, **counts: int) -> list[Tally]:
    """So many of each outcome; `unsaid` is none."""
    words = {name: None if name == "unsaid" else Outcome(name) for name in counts}
    return [Tally(on=DAY, hour=9, type=type_, outcome=words[name], count=count) for name, count in counts.items()]


def test_every_type_of_work_has_its_success_defined() -> None:
    assert set(PRACTICES) == WORK_TYPES


def test_a_call_succeeds_when_somebody_was_spoken_to_and_one_without_outcome_did_not() -> None:
    calls = tallied(ActivityType.CALL, connected=3, not_interested=1, no_answer=4, unsaid=2)
    assert success(PRACTICES[ActivityType.CALL], calls) == Ratio(4, 10)


def test_a_call_without_an_outcome_is_unknown_when_asked_whether_the_customer_moved_on() -> None:
    calls = tallied(ActivityType.CALL, appointment_set=2, interested=1, no_answer=4, unsaid=20)
    assert conversion(PRACTICES[ActivityType.CALL], calls) == Ratio(3, 7)


def test_an_email_that_is_merely_done_says_nothing_about_an_answer() -> None:
    emails = tallied(ActivityType.EMAIL, completed=30, connected=2, no_answer=6, unsaid=5)
    assert success(PRACTICES[ActivityType.EMAIL], emails) == Ratio(2, 8)
    assert conversion(PRACTICES[ActivityType.EMAIL], emails) == Ratio(0, 8)


def test_an_appointment_without_an_outcome_took_place() -> None:
    held = tallied(ActivityType.APPOINTMENT, unsaid=3, completed=2, interested=1, no_show=2, cancelled=1)
    assert success(PRACTICES[ActivityType.APPOINTMENT], held) == Ratio(6, 9)
    assert conversion(PRACTICES[ActivityType.APPOINTMENT], held) == Ratio(1, 3)


def test_where_everything_is_merely_done_nobody_noted_what_came_of_it() -> None:
    held = tallied(ActivityType.SHOWING, completed=90, no_show=3)
    assert conversion(PRACTICES[ActivityType.SHOWING], held) == Ratio(0, 0)


def test_desk_work_moves_no_customer_on() -> None:
    tasks = tallied(ActivityType.TASK, completed=3, cancelled=1, unsaid=2)
    assert success(PRACTICES[ActivityType.TASK], tasks) == Ratio(3, 4)
    assert conversion(PRACTICES[ActivityType.TASK], tasks) == Ratio(0, 0)


def test_other_types_are_left_out_and_times_without_anything_to_judge_are_absent() -> None:
    mixed = tallied(ActivityType.EMAIL, connected=1, completed=1) + tallied(ActivityType.CALL, connected=9)
    assert success(PRACTICES[ActivityType.EMAIL], mixed) == Ratio(1, 1)
    assert success_by(PRACTICES[ActivityType.EMAIL], tallied(ActivityType.EMAIL, completed=4), lambda each: each.hour) == {}
