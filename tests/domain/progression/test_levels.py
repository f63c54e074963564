"""The ladder: half-open bands, what each level asks, how far somebody is, and when the level changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.counters import Counters
from domain.progression.assessment import Standing, assess
from domain.progression.levels import LADDER, RANKS, STEPS, level_of_sales
from domain.progression.requirements import Kind, is_month_held, progress_share, requirements
from domain.progression.terms import TERMS
from domain.records import Level, Profile
from tests.domain.progression.stretches import TERMS_OF_HOMES, developing_month, facts, stretch

OLD = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("sales", "level"),
    [
        (0, Level.NEW_AGENT),
        (4, Level.NEW_AGENT),
        (5, Level.DEVELOPING),
        (19, Level.DEVELOPING),
        (20, Level.CONSISTENT),
        (49, Level.CONSISTENT),
        (50, Level.TOP_PERFORMER),
        (99, Level.TOP_PERFORMER),
        (100, Level.ELITE),
        (1000, Level.ELITE),
    ],
)
def test_every_number_of_sales_has_one_level(sales: int, level: Level) -> None:
    assert level_of_sales(sales) is level


def test_the_levels_ask_what_the_business_wrote_down() -> None:
    asked = [
        (each.asked.calls_per_week, each.asked.appointments_per_week, each.asked.showings_per_week, each.asked.conversion)
        for each in LADDER
    ]
    assert asked == [(20, 2, 1, None), (40, 5, 3, 0.10), (60, 8, 5, 0.15), (80, 12, 8, 0.20), (100, 15, 10, 0.25)]
    assert [each.asked.sales_per_month for each in LADDER] == [None, None, 2, 5, 8]


def test_progress_is_the_weakest_requirement_and_it_comes_first() -> None:
    done = stretch(calls=30, appointments=5, showings=3, sales=4, sales_12_months=4)
    asked = requirements(Level.DEVELOPING, done, TERMS_OF_HOMES)
    assert [(each.kind, each.share) for each in asked[:2]] == [(Kind.CALLS, 0.75), (Kind.SALES, 0.8)]
    assert progress_share(asked) == 0.75


def test_a_holiday_lowers_nothing_and_too_few_days_tell_nothing() -> None:
    sums = Counters(calls=80)
    half = requirements(Level.DEVELOPING, stretch(work=sums, weeks=2.0), TERMS_OF_HOMES)
    away = requirements(Level.DEVELOPING, stretch(work=sums, weeks=0.4), TERMS_OF_HOMES)
    assert {each.kind: each.value for each in half}[Kind.CALLS] == 40
    assert {each.kind: each.value for each in away}[Kind.CALLS] is None
    unknown = [each.share is None for each in away]
    assert unknown == sorted(unknown)


def test_a_lucky_appointment_is_no_conversion() -> None:
    few = stretch(conversion_sums=Counters(appointments=9, deals_won=9))
    enough = stretch(conversion_sums=Counters(appointments=10, deals_won=1))
    values = [{each.kind: each.value for each in requirements(Level.DEVELOPING, done, TERMS_OF_HOMES)} for done in (few, enough)]
    assert [each[Kind.CONVERSION] for each in values] == [None, 0.1]


def test_a_business_without_showings_is_not_asked_for_any() -> None:
    for profile in (Profile.LOAN_OFFICER, Profile.BDR, Profile.B2B):
        kinds = {each.kind for each in requirements(Level.ELITE, stretch(), TERMS[profile])}
        assert Kind.SHOWINGS not in kinds
    by_meetings = requirements(Level.ELITE, stretch(), TERMS[Profile.B2B])
    assert {each.metric_key for each in by_meetings if each.kind is Kind.APPOINTMENTS} == {"meetings"}


@pytest.mark.parametrize(("showings", "is_held"), [(3, True), (2, False)])
def test_a_month_counts_from_four_fifths_of_the_requirements_on(showings: int, *, is_held: bool) -> None:
    """A developing agent is asked four things: three of four are less than four fifths."""
    assert is_month_held(Level.DEVELOPING, stretch(calls=40, appointments=5, showings=showings, sales=4), TERMS_OF_HOMES) is is_held


def test_four_of_five_requirements_make_a_month() -> None:
    assert is_month_held(Level.CONSISTENT, stretch(calls=60, appointments=8, showings=0, sales=6), TERMS_OF_HOMES)


def test_the_first_assessment_places_by_sales() -> None:
    found = assess(facts(23), None)
    assert (found.level, found.was, found.is_promotion, found.following) == (Level.CONSISTENT, None, False, Level.TOP_PERFORMER)


@pytest.mark.parametrize(("known", "level"), [(date(2025, 4, 1), Level.CONSISTENT), (date(2025, 3, 1), Level.NEW_AGENT)])
def test_an_import_that_brings_a_quarter_more_of_the_past_places_anew(known: date, level: Level) -> None:
    """The facts reach back to January 2025."""
    found = assess(facts(23), Standing(level=Level.NEW_AGENT, since=OLD, known_since=known))
    assert (found.level, found.is_promotion) == (level, False)


@pytest.mark.parametrize(("held", "level"), [(3, Level.DEVELOPING), (2, Level.DEVELOPING), (1, Level.NEW_AGENT), (0, Level.NEW_AGENT)])
def test_up_with_the_sales_and_the_work_of_two_of_three_months(held: int, level: Level) -> None:
    months = tuple([developing_month()] * held + [stretch()] * (3 - held))
    found = assess(facts(6, months=months), Standing(level=Level.NEW_AGENT, since=OLD))
    assert (found.level, found.is_promotion) == (level, level is Level.DEVELOPING)


def test_the_work_alone_does_not_promote() -> None:
    found = assess(facts(4, months=(developing_month(),) * 3), Standing(level=Level.NEW_AGENT, since=OLD))
    assert (found.level, found.months_held) == (Level.NEW_AGENT, 3)


def test_sales_of_two_levels_up_give_the_one_whose_work_was_done() -> None:
    found = assess(facts(25, months=(developing_month(),) * 3), Standing(level=Level.NEW_AGENT, since=OLD))
    assert found.level is Level.DEVELOPING


def test_a_level_is_at_risk_before_it_is_lost() -> None:
    before = Standing(level=Level.CONSISTENT, since=OLD)
    first, second = assess(facts(18, quarters=(19, 22)), before), assess(facts(15, quarters=(17, 19)), before)
    assert (first.level, first.is_at_risk) == (Level.CONSISTENT, True)
    assert (second.level, second.is_at_risk) == (Level.DEVELOPING, False)


def test_sales_that_came_back_keep_the_level() -> None:
    found = assess(facts(20, quarters=(17, 19)), Standing(level=Level.CONSISTENT, since=OLD))
    assert (found.level, found.is_at_risk) == (Level.CONSISTENT, False)


def test_quarters_before_the_level_was_reached_do_not_count_against_it() -> None:
    found = assess(facts(15, quarters=(17, 19)), Standing(level=Level.CONSISTENT, since=date(2026, 9, 1)))
    assert (found.level, found.is_at_risk) == (Level.CONSISTENT, True)


def test_at_the_highest_level_there_is_nothing_to_progress_to() -> None:
    found = assess(facts(120), Standing(level=Level.ELITE, since=OLD))
    assert (found.following, found.progress_share) == (None, None)
    assert found.requirements[0].needed == STEPS[Level.ELITE].asked.calls_per_week


@given(
    sales=st.integers(0, 150),
    quarters=st.lists(st.integers(0, 150), max_size=2).map(tuple),
    level=st.sampled_from(Level),
    held=st.integers(0, 3),
)
def test_whatever_the_facts(sales: int, quarters: tuple[int, ...], level: Level, held: int) -> None:
    """A level never rises above its sales nor falls below them, and what is assessed again at once stays."""
    given_facts = facts(sales, months=(developing_month(),) * held, quarters=quarters)
    found = assess(given_facts, Standing(level=level, since=OLD))
    if RANKS[found.level] > RANKS[level]:
        assert STEPS[found.level].from_sales <= sales
    if RANKS[found.level] < RANKS[level]:
        assert RANKS[found.level] >= RANKS[level_of_sales(sales)]
    assert found.progress_share is None or 0 <= found.progress_share <= 1
    assert assess(given_facts, Standing(level=found.level, since=OLD)).level is found.level
