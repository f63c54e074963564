"""Movements and states: directions, thresholds and small samples."""

import pytest

from domain.metrics.catalog import metric
from domain.metrics.change import ChangeKind, beyond_luck, change
from domain.metrics.measures import Amount, Mean, Measure, Median, Ratio, Total
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.metrics.status import Status, Tone, status_of

CALLS, WIN_RATE, RESPONSE, LEADS = metric("calls"), metric("win_rate"), metric("response_time"), metric("leads_assigned")


def test_nothing_before_is_new_and_has_no_percentage() -> None:
    found = change(CALLS, Total(12), Total(0))
    assert (found.kind, found.share, found.difference, found.is_good) == (ChangeKind.NEW, None, 12, True)


def test_nothing_before_and_nothing_now_is_flat() -> None:
    assert change(CALLS, Total(0), Total(0)).kind is ChangeKind.FLAT


@pytest.mark.parametrize(("now", "before"), [(Ratio(1, 2), None), (Ratio(0, 0), Ratio(1, 2)), (Ratio(1, 2), Ratio(0, 0))])
def test_what_cannot_be_measured_cannot_have_changed(now: Measure, before: Measure | None) -> None:
    assert change(WIN_RATE, now, before).kind is ChangeKind.UNKNOWN


def test_a_falling_conversion_rate_is_bad_news_and_points_down() -> None:
    found = change(WIN_RATE, Ratio(20, 100), Ratio(40, 100))
    assert (found.kind, found.share, found.difference, found.is_good) == (ChangeKind.DOWN, pytest.approx(-0.5), pytest.approx(-0.2), False)


def test_a_falling_response_time_is_good_news_and_still_points_down() -> None:
    found = change(MEDIAN_RESPONSE_TIME, Median((3600,) * 20), Median((7200,) * 20))
    assert (found.kind, found.is_good) == (ChangeKind.DOWN, True)


def test_too_few_facts_move_without_a_verdict() -> None:
    assert change(WIN_RATE, Ratio(9, 19), Ratio(40, 100)).is_good is None
    assert change(CALLS, Total(4), Total(2)).is_good is None


def test_a_count_that_fell_to_nothing_is_judged_by_what_it_fell_from() -> None:
    assert change(CALLS, Total(0), Total(40)).is_good is False


def test_a_circumstance_is_never_good_or_bad() -> None:
    assert change(LEADS, Total(80), Total(40)).is_good is None


def test_what_rounds_to_nothing_is_flat() -> None:
    found = change(CALLS, Total(1004), Total(1000))
    assert (found.kind, found.is_good) == (ChangeKind.FLAT, None)


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (100, Status.REACHED),
        (99, Status.ON_TRACK),
        (50, Status.ON_TRACK),
        (49, Status.BEHIND),
        (41, Status.BEHIND),
        (40, Status.AT_RISK),
        (0, Status.AT_RISK),
    ],
)
def test_a_count_is_held_against_what_is_due_by_now(actual: int, status: Status) -> None:
    assert status_of(CALLS, Total(actual), target=100, expected=50, elapsed_share=0.5) is status


@pytest.mark.parametrize(
    ("actual", "status"), [(4950, Status.ON_TRACK), (4949, Status.BEHIND), (4050, Status.BEHIND), (4049, Status.AT_RISK)]
)
def test_on_track_begins_at_99_percent_and_at_risk_below_81(actual: int, status: Status) -> None:
    assert status_of(CALLS, Total(actual), target=10_000, expected=5000, elapsed_share=0.5) is status


def test_nobody_is_behind_in_the_first_tenth_or_before_three_events_are_due() -> None:
    assert status_of(CALLS, Total(0), target=100, expected=9, elapsed_share=0.09) is Status.TOO_EARLY
    assert status_of(CALLS, Total(0), target=100, expected=10, elapsed_share=0.1) is Status.AT_RISK
    assert status_of(CALLS, Total(0), target=4, expected=2.9, elapsed_share=0.7) is Status.TOO_EARLY
    assert status_of(CALLS, Total(0), target=4, expected=3, elapsed_share=0.75) is Status.AT_RISK


def test_money_is_not_counted_in_events() -> None:
    assert status_of(metric("revenue"), Amount(0, 0), target=200, expected=2, elapsed_share=0.5) is Status.AT_RISK


def test_a_target_reached_early_is_reached_and_one_not_reached_at_the_end_is_missed() -> None:
    assert status_of(CALLS, Total(5), target=5, expected=0, elapsed_share=0) is Status.REACHED
    assert status_of(CALLS, Total(99), target=100, expected=100, is_finished=True) is Status.MISSED


def test_without_a_target_or_a_figure_there_is_no_verdict() -> None:
    assert status_of(CALLS, Total(5), target=None) is Status.NO_TARGET
    assert status_of(CALLS, None, target=5) is Status.NO_DATA
    assert status_of(WIN_RATE, Ratio(0, 0), target=0.5) is Status.NO_DATA


def test_a_lower_is_better_goal_is_not_complete_without_data() -> None:
    assert status_of(RESPONSE, Mean(0, 0, 3600), target=2) is Status.NO_DATA
    assert status_of(RESPONSE, Mean(3600, 1, 3600), target=2) is Status.TOO_EARLY


@pytest.mark.parametrize(
    ("hours", "status"), [(1, Status.REACHED), (2, Status.REACHED), (2.4, Status.BEHIND), (3, Status.AT_RISK), (0, Status.REACHED)]
)
def test_a_slow_answer_is_held_against_the_whole_target(hours: float, status: Status) -> None:
    measured = Mean(round(hours * 3600 * 10), 10, 3600)
    assert status_of(RESPONSE, measured, target=2, expected=0.1, elapsed_share=0.01) is status


@pytest.mark.parametrize(("won", "status"), [(50, Status.REACHED), (45, Status.BEHIND), (40, Status.AT_RISK)])
def test_a_rate_is_never_prorated(won: int, status: Status) -> None:
    assert status_of(WIN_RATE, Ratio(won, 100), target=0.5, expected=0.05, elapsed_share=0.1) is status


def test_every_state_is_told_by_word_icon_and_tone() -> None:
    assert len({status.word for status in Status}) == len({status.icon for status in Status}) == len(Status)
    assert (Status.ON_TRACK.tone, Status.BEHIND.tone, Status.AT_RISK.tone, Status.TOO_EARLY.tone) == (
        Tone.GOOD,
        Tone.WARNING,
        Tone.BAD,
        Tone.QUIET,
    )


@pytest.mark.parametrize(("now", "before", "verdict"), [(375, 390, None), (340, 390, False), (440, 390, True), (12, 0, True), (6, 5, None)])
def test_a_change_that_luck_explains_has_no_verdict(now: int, before: int, verdict: bool | None) -> None:  # noqa: FBT001
    assert change(CALLS, Total(now), Total(before)).is_good is verdict


def test_where_the_spread_is_unknown_nothing_is_claimed() -> None:
    for key, now, before in (
        ("revenue", Amount(900_000, 90), Amount(100_000, 90)),
        ("response_time", Mean(3600 * 40, 30, 3600), Mean(3600 * 30, 30, 3600)),
    ):
        found = change(metric(key), now, before)
        assert (found.kind, found.is_good) == (ChangeKind.UP, None)
        assert not beyond_luck(now, before)
