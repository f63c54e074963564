"""When a difference is told: exact figures against known tables, and many agents with nothing to tell."""

from collections.abc import Callable
from datetime import date, timedelta
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activity_analytics.best_times import best_time, by_hour, by_weekday
from domain.activity_analytics.evidence import (
    Comparison,
    Verdict,
    at_least,
    at_most,
    compare,
    day_spread,
    findings,
    more_than_share,
    thinned,
)
from domain.activity_analytics.practice import PRACTICES
from domain.activity_analytics.report import ActivityFacts, report
from domain.activity_analytics.tally import Tally, by_type
from domain.activity_analytics.volume import volume_trend
from domain.counters import Counters
from domain.metrics.measures import Ratio
from domain.records import ActivityType, Outcome

CALL = PRACTICES[ActivityType.CALL]
MONDAY = date(2026, 3, 2)
TRIPLE, SINGLE = Ratio(30, 100), Ratio(10, 100)


def with_p(p_value: float | None, one: Ratio = TRIPLE, other: Ratio = SINGLE) -> Comparison:
    return Comparison(one=one, other=other, p_value=p_value, missing=0 if p_value is not None else 7)


def test_fishers_lady_tasting_tea() -> None:
    assert at_least(Ratio(3, 4), Ratio(1, 4)) == pytest.approx(17 / 70)
    assert at_least(Ratio(4, 4), Ratio(0, 4)) == pytest.approx(1 / 70)


@given(st.integers(0, 15), st.integers(0, 15), st.integers(0, 15), st.integers(0, 15))
def test_the_two_tails_share_only_what_was_seen(hits: int, misses: int, other_hits: int, other_misses: int) -> None:
    one, other = Ratio(hits, hits + misses), Ratio(other_hits, other_hits + other_misses)
    seen = comb(one.whole, one.part) * comb(other.whole, other.part) / comb(one.whole + other.whole, one.part + other.part)
    assert at_least(one, other) + at_most(one, other) == pytest.approx(1 + seen)


def test_a_binomial_tail() -> None:
    assert more_than_share(8, 10, 0.5) == pytest.approx(56 / 1024)


def test_too_few_on_either_side_is_too_early_and_says_what_is_missing() -> None:
    assert compare(Ratio(9, 12), Ratio(1, 90)).missing == 8
    assert findings({"a": compare(Ratio(9, 12), Ratio(1, 90))})["a"].verdict is Verdict.TOO_EARLY


def test_what_is_clear_alone_is_not_clear_among_many() -> None:
    assert findings({"one": with_p(0.04)})["one"].verdict is Verdict.CLEAR
    many = findings({"one": with_p(0.04)} | {str(number): with_p(0.5 + number / 100) for number in range(9)})
    assert many["one"].verdict is Verdict.NOT_CLEAR


def test_between_the_levels_it_is_likely_and_untold_comparisons_cost_nothing() -> None:
    found = findings({"one": with_p(0.04), "two": with_p(0.9), "early": with_p(None)})
    assert (found["one"].verdict, found["early"].verdict) == (Verdict.LIKELY, Verdict.TOO_EARLY)


def test_a_difference_below_a_fifth_is_not_told_however_sure() -> None:
    assert findings({"one": with_p(1e-9, Ratio(590, 1000), Ratio(500, 1000))})["one"].verdict is Verdict.NOT_CLEAR
    assert findings({"one": with_p(1e-9, Ratio(610, 1000), Ratio(500, 1000))})["one"].verdict is Verdict.CLEAR


def test_days_that_vary_more_than_luck_thin_the_counts() -> None:
    assert day_spread([Ratio(10, 10), Ratio(0, 10)] * 10) == pytest.approx(20 / 19 * 10)
    assert day_spread([Ratio(5, 10)] * 8) == 1.0
    assert thinned(Ratio(30, 60), 3.0) == Ratio(10, 20)


def calls(rate_of: Callable[[date, int], float], random: np.random.Generator, *, weeks: int = 13, streaky: bool = False) -> list[Tally]:
    """Three calls an hour from nine to five on working days; `rate_of(day, hour)` of them reach somebody."""
    found = []
    for day in (MONDAY + timedelta(days=number) for number in range(7 * weeks) if number % 7 < 5):
        mood = random.uniform(-0.25, 0.25) if streaky else 0.0
        for hour in range(9, 17):
            reached = int(random.binomial(3, min(1.0, max(0.0, rate_of(day, hour) + mood))))
            found.append(Tally(on=day, hour=hour, type=ActivityType.CALL, outcome=Outcome.CONNECTED, count=reached))
            found.append(Tally(on=day, hour=hour, type=ActivityType.CALL, outcome=Outcome.NO_ANSWER, count=3 - reached))
    return [each for each in found if each.count]


def facts(now: list[Tally], before: list[Tally]) -> ActivityFacts:
    return ActivityFacts(now=by_type(now), before=by_type(before), by_day={}, days_now=(), days_before=())


@pytest.mark.parametrize("streaky", [False, True])
def test_of_agents_with_nothing_to_tell_at_most_one_in_twenty_is_told_anything_clear(*, streaky: bool) -> None:
    random, agents, told = np.random.default_rng(7), 120, 0
    for _ in range(agents):
        now, before = (calls(lambda _day, _hour: 0.35, random, streaky=streaky) for _ in range(2))
        (found,) = report(facts(now, before))
        told += any(each.verdict is Verdict.CLEAR for each in (found.hour.finding, found.weekday.finding, found.success_trend))
    assert told <= agents / 20


def test_what_is_called_clear_in_the_first_half_holds_in_the_second() -> None:
    random, same, clear = np.random.default_rng(11), 0, 0
    for _ in range(60):
        rate = {hour: random.choice([0.25, 0.3, 0.35, 0.5]) for hour in range(9, 17)}
        first, second = (calls(lambda _day, hour, rate=rate: rate[hour], random) for _ in range(2))
        found = report(facts(first, second))[0].hour
        if found.finding.verdict is Verdict.CLEAR:
            clear += 1
            there = [each for each in second if each.hour == found.at]
            rest = [each for each in second if each.hour != found.at]
            same += _reached(there) > _reached(rest)
    assert clear > 20
    assert same >= 0.8 * clear


def _reached(tallies: list[Tally]) -> float:
    return sum(each.count for each in tallies if each.outcome is Outcome.CONNECTED) / sum(each.count for each in tallies)


def test_a_better_hour_is_found_with_its_numbers() -> None:
    now = calls(lambda _day, hour: 0.6 if hour == 10 else 0.3, np.random.default_rng(3))
    found = best_time(CALL, now, by_hour)
    assert found.at == 10
    assert found.comparison.one.sample == 3 * 65
    assert found.comparison.other.sample == 3 * 65 * 7
    assert findings({"hour": found.comparison})["hour"].verdict is Verdict.CLEAR


def test_one_good_day_is_no_weekday_pattern() -> None:
    now = calls(lambda day, _hour: 0.9 if day == MONDAY else 0.3, np.random.default_rng(5), weeks=3)
    assert best_time(CALL, now, by_weekday).at is None


def test_a_single_hour_is_never_the_best() -> None:
    now = [each for each in calls(lambda _day, _hour: 0.5, np.random.default_rng(1)) if each.hour == 9]
    found = best_time(CALL, now, by_hour)
    assert (found.at, found.comparison.missing) == (None, 20)


def test_volume_is_compared_per_working_day_and_streaks_are_allowed_for() -> None:
    even = volume_trend([12] * 20, [6] * 20)
    assert findings({"v": even})["v"].verdict is Verdict.CLEAR
    assert even.lift == pytest.approx(1.0)
    streaky = volume_trend([0, 0, 0, 48] * 5, [0, 0, 0, 24] * 5)
    assert findings({"v": streaky})["v"].verdict is Verdict.NOT_CLEAR
    assert volume_trend([12] * 3, [6] * 20).p_value is None
    assert volume_trend([1] * 10, [1] * 10).missing == 20


def test_a_type_is_a_strength_or_a_gap_against_the_teams_calls_and_against_its_kind() -> None:
    counted = {MONDAY: Counters(calls=100, follow_ups=60)}
    now = [
        Tally(on=MONDAY, hour=9, type=ActivityType.CALL, outcome=Outcome.NO_ANSWER, count=96),
        Tally(on=MONDAY, hour=9, type=ActivityType.CALL, outcome=Outcome.APPOINTMENT_SET, count=4),
        Tally(on=MONDAY, hour=9, type=ActivityType.FOLLOW_UP, outcome=Outcome.INTERESTED, count=30),
        Tally(on=MONDAY, hour=9, type=ActivityType.FOLLOW_UP, outcome=Outcome.NO_ANSWER, count=30),
    ]
    found = report(
        ActivityFacts(
            now=by_type(now),
            before=None,
            by_day=counted,
            days_now=(MONDAY,),
            days_before=(),
            own_calls=Ratio(4, 100),
            team_calls=Ratio(300, 1000),
        )
    )
    reports = {each.practice.type: each for each in found}
    assert reports[ActivityType.CALL].is_gap
    assert reports[ActivityType.FOLLOW_UP].is_strength
    assert reports[ActivityType.CALL].against_team is not None
    assert reports[ActivityType.FOLLOW_UP].against_team is None
    assert reports[ActivityType.CALL].success_before is None
    assert reports[ActivityType.CALL].success_trend.verdict is Verdict.TOO_EARLY


def test_little_work_is_no_gap() -> None:
    now = [
        Tally(on=MONDAY, hour=9, type=ActivityType.EMAIL, outcome=Outcome.NO_ANSWER, count=30),
        Tally(on=MONDAY, hour=9, type=ActivityType.CALL, outcome=Outcome.APPOINTMENT_SET, count=100),
    ]
    counted = {MONDAY: Counters(calls=100, emails=30)}
    found = report(ActivityFacts(now=by_type(now), before=None, by_day=counted, days_now=(MONDAY,), days_before=()))
    email = next(each for each in found if each.practice.type is ActivityType.EMAIL)
    assert email.against_own is not None
    assert (email.against_own.verdict, email.against_own.is_better) == (Verdict.CLEAR, False)
    assert not email.is_gap
