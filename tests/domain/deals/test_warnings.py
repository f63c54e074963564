"""What warns of a deal, from which figure on, and how much its warnings ask for attention."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deals.facts import DealFacts, Note, StageMove, Talk, Task, UsualStay
from domain.deals.priority import DealPriority, Sizes, priority
from domain.deals.thresholds import DealThresholds
from domain.deals.warning_life import KnownWarning, WarningEnding, WarningState, opens, wakes
from domain.deals.warning_words import WARNING_WORDS
from domain.deals.warnings import RULES, DealWarning, Looked, WarningRule, warnings
from domain.records import DealStatus, EventKind, EventStatus
from domain.working_days import WorkDays
from tests.builders import NOON, TUESDAY

DAY = timedelta(days=1)
WEEKDAYS = WorkDays(tuple(day for ago in range(90, -2, -1) if (day := TUESDAY - ago * DAY).isoweekday() < 6))
PLANNED = Task(
    event_id=1, kind=EventKind.CALL, title="Call", starts_at=NOON + DAY, ends_at=NOON + DAY, status=EventStatus.PLANNED, version=1
)
FIGURES = tuple(name for name in DealThresholds.__dataclass_fields__ if name not in {"red_flags", "ghosted_days"})


def facts(**known: Any) -> DealFacts:
    """A deal in its second stage that nothing is wrong with."""
    moves = (StageMove(stage="Talk", at=NOON - 20 * DAY), StageMove(stage="Offer", at=NOON - 3 * DAY))
    usual = {
        "deal_id": 1, "name": "Roof", "company": "", "lead_id": None, "agent_id": 1, "agent_name": "Nora", "time_zone": "UTC",
        "pipeline": "", "stage": "Offer", "status": DealStatus.OPEN, "amount_minor": 1_000, "at": NOON, "today": TUESDAY,
        "created_on": TUESDAY - 20 * DAY, "stage_entered_at": NOON - 3 * DAY, "expected_close_on": TUESDAY + 60 * DAY, "moves": moves,
        "talk": Talk(last_at=NOON - DAY, answered_at=NOON - DAY), "tasks": (PLANNED,),
    }  # fmt: skip
    return DealFacts(**usual | known)


def found(known: DealFacts, thresholds: DealThresholds | None = None, *, is_large: bool | None = None) -> dict[WarningRule, DealWarning]:
    looked = Looked(facts=known, thresholds=thresholds or DealThresholds(), work_days=WEEKDAYS, is_large=is_large)
    return {each.rule: each for each in warnings(looked)}


def quiet(days: int, **known: Any) -> DealFacts:
    return facts(talk=Talk(last_at=NOON - days * DAY, answered_at=NOON - days * DAY), **known)


def test_nothing_warns_of_a_deal_that_moves() -> None:
    assert found(facts()) == {}


def test_a_week_without_activity_is_told_with_its_beginning_and_six_days_are_not() -> None:
    assert found(quiet(6)) == {}
    warning = found(quiet(7))[WarningRule.NO_ACTIVITY]
    assert warning.since == NOON - 7 * DAY
    assert warning.evidence == "No activity for 7 days, the last one on 3 Mar 2026; warned of from 7 days on."


def test_a_deal_in_its_first_stage_has_ten_days() -> None:
    first = (StageMove(stage="Talk", at=NOON - 12 * DAY),)
    assert found(quiet(9, moves=first)) == {}
    assert "in the first stage" in found(quiet(10, moves=first))[WarningRule.NO_ACTIVITY].evidence


def test_a_deal_never_worked_on_is_quiet_since_it_was_created() -> None:
    warning = found(facts(talk=Talk(), created_on=TUESDAY - 8 * DAY))[WarningRule.NO_ACTIVITY]
    assert "No activity for 8 days, none since it was created" in warning.evidence


def test_unknown_facts_warn_of_nothing_but_that_nothing_is_planned() -> None:
    unknown = facts(created_on=None, stage_entered_at=None, expected_close_on=None, talk=Talk(), tasks=(), moves=(), amount_minor=None)
    warning = found(unknown)[WarningRule.NO_NEXT_STEP]
    assert (set(found(unknown)), warning.since) == ({WarningRule.NO_NEXT_STEP}, None)


def test_two_messages_without_an_answer_for_five_working_days_are_told_and_a_weekend_is_no_wait() -> None:
    def sent(*days: int) -> DealFacts:
        return facts(talk=Talk(last_at=NOON - DAY, answered_at=NOON - 30 * DAY, unanswered=tuple(NOON - ago * DAY for ago in days)))

    assert WarningRule.GHOSTED in found(sent(8, 7))
    assert WarningRule.GHOSTED not in found(sent(8, 6)), "six days with a weekend are four working days"
    assert WarningRule.GHOSTED not in found(sent(8))
    assert found(sent(8, 7, 1))[WarningRule.GHOSTED].since == NOON - 8 * DAY


def test_a_closing_day_is_overdue_the_day_after() -> None:
    assert found(facts(expected_close_on=TUESDAY)) == {}
    assert "1 day ago" in found(facts(expected_close_on=TUESDAY - DAY))[WarningRule.CLOSE_OVERDUE].evidence


@pytest.mark.parametrize(
    ("days", "usual", "is_told"),
    [
        (20, UsualStay(median_days=8, late_days=19.5, count=10), True),
        (19, UsualStay(median_days=8, late_days=19.5, count=10), False),
        (14, UsualStay(median_days=1, late_days=2, count=500), False),
        (15, UsualStay(median_days=1, late_days=2, count=500), True),
        (20, UsualStay(median_days=8, late_days=12, count=9), False),
        (29, UsualStay(median_days=8, late_days=12, count=9), True),
        (28, None, False),
    ],
)
def test_a_stage_is_long_against_won_deals_and_never_below_two_weeks(days: int, usual: UsualStay | None, is_told: bool) -> None:  # noqa: FBT001 - a table of cases
    stayed = facts(stage_entered_at=NOON - days * DAY, usual_stay=usual)
    assert (WarningRule.STALLED in found(stayed)) is is_told


def test_no_next_step_is_told_once_there_was_time_to_plan_one() -> None:
    assert found(facts(tasks=(), created_on=TUESDAY - 2 * DAY)) == {}
    assert set(found(facts(tasks=()))) == {WarningRule.NO_NEXT_STEP}


def test_a_task_past_its_time_is_overdue_and_no_next_step() -> None:
    past = replace(PLANNED, starts_at=NOON - 2 * DAY, ends_at=NOON - 2 * DAY)
    assert set(found(facts(tasks=(past,)))) == {WarningRule.OVERDUE_TASKS, WarningRule.NO_NEXT_STEP}
    assert found(facts(tasks=(past, PLANNED)))[WarningRule.OVERDUE_TASKS].evidence.startswith("1 task is past its time")


def test_a_closing_day_put_off_three_times_is_told() -> None:
    assert found(facts(pushes=2, pushed_on=TUESDAY)) == {}
    assert "put off 3 times, the last time on 10 Mar 2026" in found(facts(pushes=3, pushed_on=TUESDAY))[WarningRule.CLOSE_PUSHED].evidence


def test_one_contact_matters_only_for_a_large_deal() -> None:
    assert found(facts(contacts=1), is_large=False) == found(facts(contacts=1), is_large=None) == found(facts(), is_large=True) == {}
    assert set(found(facts(contacts=1), is_large=True)) == {WarningRule.SINGLE_CONTACT}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("They say it is TOO EXPENSIVE.", "“too expensive”"),
        ("Postponed to May; a competitor called.", "“postponed”, “competitor”"),
        ("Решение отложили, дорого", "“отложили”, “дорого”"),
        ("The competition was fun", None),
        ("On holding company matters", None),
    ],
)
def test_words_in_notes_are_found_as_whole_words_in_any_case(text: str, said: str | None) -> None:
    warning = found(facts(notes=(Note(at=NOON - DAY, text=text),))).get(WarningRule.RED_FLAG)
    assert (warning and warning.evidence) == (said and f"A note of 9 Mar 2026 says {said}.")


def test_zero_switches_each_rule_off() -> None:
    worst = facts(
        talk=Talk(last_at=NOON - 40 * DAY, unanswered=(NOON - 50 * DAY, NOON - 40 * DAY)),
        stage_entered_at=NOON - 90 * DAY,
        expected_close_on=date(2026, 1, 1),
        pushes=9,
        contacts=1,
        notes=(Note(at=NOON, text="on hold"),),
        tasks=(replace(PLANNED, ends_at=NOON - DAY),),
    )
    assert set(found(worst, is_large=True)) == set(WarningRule) == set(RULES) == set(WARNING_WORDS)
    off = DealThresholds(**dict.fromkeys(FIGURES, 0), red_flags=())
    assert found(worst, off, is_large=True) == {}


SIZES = Sizes(median=500, large=2_000, count=20)


def test_priority_rises_with_what_is_wrong_what_is_at_stake_and_how_soon_it_closes() -> None:
    quiet_deal = [WarningRule.NO_ACTIVITY, WarningRule.NO_NEXT_STEP]
    assert priority(facts(amount_minor=100), quiet_deal, SIZES) is DealPriority.MEDIUM
    assert priority(facts(amount_minor=9_000), quiet_deal, SIZES) is DealPriority.MEDIUM
    assert priority(facts(amount_minor=9_000, expected_close_on=TUESDAY + 20 * DAY), quiet_deal, SIZES) is DealPriority.HIGH
    assert priority(facts(amount_minor=100), [WarningRule.OVERDUE_TASKS], SIZES) is DealPriority.LOW


def test_a_deal_nothing_is_wrong_with_is_never_high() -> None:
    assert priority(facts(amount_minor=9_000, expected_close_on=TUESDAY), [], SIZES) is DealPriority.MEDIUM


def test_what_was_left_for_a_quarter_is_to_be_decided_and_not_high() -> None:
    rules = [WarningRule.NO_ACTIVITY, WarningRule.STALLED, WarningRule.GHOSTED]
    assert priority(quiet(90, amount_minor=9_000), rules, SIZES) is DealPriority.HIGH
    assert priority(quiet(91, amount_minor=9_000), rules, SIZES) is DealPriority.MEDIUM


def test_a_known_chance_weighs_the_amount() -> None:
    rules = [WarningRule.NO_ACTIVITY, WarningRule.STALLED]
    assert priority(facts(amount_minor=2_500), rules, SIZES) is DealPriority.HIGH
    assert priority(facts(amount_minor=2_500), rules, SIZES, chance=0.1) is DealPriority.MEDIUM


@given(st.sets(st.sampled_from(WarningRule)), st.sampled_from(WarningRule))
def test_one_more_warning_never_lowers_the_priority(rules: set[WarningRule], more: WarningRule) -> None:
    order = list(DealPriority)
    before, after = (order.index(priority(facts(), each, SIZES)) for each in (rules, rules | {more}))
    assert after <= before


def test_what_somebody_resolved_is_told_again_only_when_it_begins_anew() -> None:
    resolved = KnownWarning(state=WarningState.RESOLVED, since=NOON, ending=WarningEnding.BY_PERSON)
    assert not opens(resolved, NOON)
    assert opens(resolved, NOON + DAY)
    assert opens(replace(resolved, ending=WarningEnding.GONE), NOON)
    assert opens(None, NOON)
    assert not opens(KnownWarning(state=WarningState.OPEN, since=NOON), NOON + DAY)


def test_what_was_put_aside_is_open_again_when_its_day_comes() -> None:
    aside = KnownWarning(state=WarningState.SNOOZED, since=NOON, snoozed_until=NOON)
    assert not wakes(aside, NOON - DAY)
    assert wakes(aside, NOON)
