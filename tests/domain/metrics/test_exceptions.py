"""Exceptions: real differences are found, luck is left alone."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.counters import Counters, total
from domain.metrics.exceptions import MOST, flags, flags_of
from domain.metrics.flags import FlagKind, Signals
from domain.metrics.pace import Aim

STEADY = Counters(
    activities=300,
    calls=120,
    conversations=40,
    leads_assigned=40,
    leads_converted=8,
    deals_won=10,
    deals_lost=14,
    revenue_minor=10_000_00,
    deals_won_valued=10,
)


def aim(target: float, share: float = 0.5) -> Aim:
    return Aim(
        target=target,
        expected=target * share,
        due_with_today=target * share,
        days_gone=round(share * 20),
        days_planned=20,
        is_finished=False,
    )


def signals(now: Counters = STEADY, **fields: Any) -> Signals:
    defaults: dict[str, Any] = {
        "agent_id": 1,
        "name": "Ann",
        "now": now,
        "before": None,
        "peers": total([STEADY] * 9),
        "peer_count": 9,
        "aims": {},
        "quiet_days": 0,
        "active_peers": 9,
        "workdays": 10,
        "workdays_before": 10,
        "currency": "USD",
    }
    return Signals(**defaults | fields)


def kinds(found: Signals) -> list[FlagKind]:
    return [each.kind for each in flags_of(found)]


def test_an_agent_like_the_others_is_left_in_peace() -> None:
    assert flags_of(signals()) == []


def test_a_win_rate_clearly_below_the_others_is_shown_with_its_counts() -> None:
    (found,) = flags_of(signals(replace(STEADY, deals_won=5, deals_lost=45)))
    assert (found.kind, found.metric_key, found.sample) == (FlagKind.BELOW_PEERS, "win_rate", 50)
    assert found.sentence == "Win rate is 10.0 %; the others are at 41.7 %."
    assert found.evidence == "5 of 50 closed deals; the others 90 of 216"


def test_the_same_rate_on_few_deals_is_no_finding() -> None:
    assert flags_of(signals(replace(STEADY, deals_won=1, deals_lost=9))) == []


def test_a_sure_but_small_difference_is_not_worth_a_conversation() -> None:
    many = replace(STEADY, calls=100_000, conversations=29_000)
    assert flags_of(signals(many, peers=replace(STEADY, calls=900_000, conversations=300_000))) == []


def test_satisfaction_below_the_others_is_found_by_its_spread() -> None:
    peers = replace(total([STEADY] * 9), ratings=200, rating_points=900, rating_squares=4100)
    unhappy = replace(STEADY, ratings=20, rating_points=60, rating_squares=200)
    (found,) = flags_of(signals(unhappy, peers=peers))
    assert (found.metric_key, found.sentence) == ("satisfaction", "Satisfaction is 3.0 ★; the others are at 4.5 ★.")
    assert found.evidence == "from 20 ratings; the others from 200"


@pytest.mark.parametrize(("calls", "is_found"), [(95, False), (66, False), (55, True), (0, True)])
def test_calls_are_flagged_only_when_even_luck_would_leave_them_behind(calls: int, is_found: bool) -> None:  # noqa: FBT001
    found = kinds(signals(replace(STEADY, calls=calls, conversations=calls // 3), aims={"calls": aim(200)}))
    assert (FlagKind.BEHIND_PACE in found) == is_found


def test_a_finding_about_pace_says_what_was_due() -> None:
    (found,) = flags_of(signals(replace(STEADY, calls=50, conversations=17), aims={"calls": aim(200)}))
    assert (found.sentence, found.evidence) == (
        "50 calls so far; 100 would be on pace.",
        "target 200 for the period, 50 % of the working days gone",
    )


def test_a_finding_about_a_period_that_is_over_speaks_of_its_target() -> None:
    (found,) = flags_of(signals(replace(STEADY, calls=50, conversations=17), aims={"calls": replace(aim(200, 1.0), is_finished=True)}))
    assert found.sentence == "50 calls; the target was 200."


@pytest.mark.parametrize("asked", [aim(200, 0.05), aim(4, 0.5)])
def test_nothing_is_behind_before_enough_is_due(asked: Aim) -> None:
    assert flags_of(signals(replace(STEADY, calls=0, conversations=0), aims={"calls": asked})) == []


def test_only_the_count_furthest_behind_is_named() -> None:
    aims = {"calls": aim(200), "showings": aim(60)}
    (found,) = flags_of(signals(replace(STEADY, calls=50, conversations=17, showings=0), aims=aims))
    assert found.metric_key == "showings"


def test_revenue_is_behind_only_when_more_sales_of_usual_size_would_not_close_the_gap() -> None:
    behind = replace(STEADY, deals_won=1, deals_lost=1, revenue_minor=1000_00, deals_won_valued=1)
    (found,) = flags_of(signals(behind, aims={"revenue": aim(40_000_00)}))
    assert (found.kind, found.sentence) == (FlagKind.REVENUE_GAP, "$1,000 so far; $20,000 would be on pace.")
    assert found.evidence == "from 1 sale; target $40,000 for the period"
    assert flags_of(signals(behind, aims={"revenue": aim(10_000_00)})) == []
    assert flags_of(signals(replace(behind, revenue_minor=19_000_00), aims={"revenue": aim(40_000_00)})) == []


def test_fewer_calls_per_working_day_than_before_are_a_finding() -> None:
    (found,) = flags_of(signals(replace(STEADY, calls=30, conversations=10), before=replace(STEADY, calls=200)))
    assert (found.kind, found.sentence) == (FlagKind.FALLEN, "3.0 calls per working day, after 20.0 in the period before.")
    assert found.evidence == "30 calls in 10 working days, 200 in 10 before"


def test_fewer_calls_on_fewer_working_days_are_no_fall() -> None:
    assert flags_of(signals(replace(STEADY, calls=40, conversations=13), before=replace(STEADY, calls=200), workdays=2)) == []
    assert flags_of(signals(replace(STEADY, calls=0, conversations=0), before=replace(STEADY, calls=200), workdays=0)) == []
    assert flags_of(signals(replace(STEADY, calls=0, conversations=0), before=replace(STEADY, calls=20))) == []
    assert flags_of(signals(replace(STEADY, calls=50, conversations=17), before=replace(STEADY, calls=0))) == []


def test_silence_while_the_others_work_is_the_only_thing_said() -> None:
    (found,) = flags_of(signals(Counters(), before=STEADY, aims={"calls": aim(200)}, quiet_days=6))
    assert (found.kind, found.sentence) == (FlagKind.QUIET, "No activity for 6 working days. Is all well, or is an absence missing?")
    assert found.evidence == "9 of 9 others logged work in these days"


@pytest.mark.parametrize(("days", "active"), [(2, 9), (6, 0), (6, 4), (None, 9)])
def test_silence_is_no_finding_when_short_or_shared(days: int | None, active: int) -> None:
    assert FlagKind.QUIET not in kinds(signals(quiet_days=days, active_peers=active))


def test_a_board_shows_at_most_seven_findings_and_two_per_agent() -> None:
    worst = replace(STEADY, calls=10, conversations=0, deals_won=0, deals_lost=60, leads_assigned=100, leads_converted=0)
    board = [
        signals(worst, agent_id=number, name=f"Agent {number}", before=replace(STEADY, calls=300), aims={"calls": aim(200)})
        for number in range(5)
    ]
    found = flags(board)
    assert len(found) == MOST
    assert max(sum(each.agent_id == number for each in found) for number in range(5)) == 2
    assert [each.severity for each in found] == sorted((each.severity for each in found), reverse=True)
    assert {each.kind for each in found[:5]} <= {FlagKind.FALLEN, FlagKind.BEHIND_PACE}


def lucky(luck: random.Random, calls_a_day: float = 8, days: int = 10) -> Counters:
    """An agent whose every figure is drawn from the same chances as everybody's; calls come in streaks."""
    calls = sum(luck.randint(0, round(2 * calls_a_day)) for _ in range(days))
    leads, responses, closed, ratings = (luck.randint(20, 50) for _ in range(4))
    stars = [luck.choice([3, 4, 4, 5, 5]) for _ in range(ratings)]
    won = share(luck, closed, 0.4)
    return Counters(
        activities=calls,
        calls=calls,
        conversations=share(luck, calls, 0.3),
        showings=share(luck, 40, 0.25),
        leads_assigned=leads,
        leads_converted=share(luck, leads, 0.2),
        responses=responses,
        fast_responses=share(luck, responses, 0.5),
        ratings=ratings,
        rating_points=sum(stars),
        rating_squares=sum(star * star for star in stars),
        deals_won=won,
        deals_won_valued=won,
        deals_lost=closed - won,
        revenue_minor=sum(round(luck.lognormvariate(11, 0.8)) for _ in range(won)),
    )


def share(luck: random.Random, whole: int, chance: float) -> int:
    return sum(luck.random() < chance for _ in range(whole))


def test_of_identical_agents_at_most_one_in_twenty_is_flagged() -> None:
    luck = random.Random(4711)  # noqa: S311 - a simulation
    boards, size, flagged = 40, 20, 0
    aims: Mapping[str, Aim] = {"calls": aim(160), "showings": aim(20)}
    for _ in range(boards):
        now, before = [lucky(luck) for _ in range(size)], [lucky(luck) for _ in range(size)]
        everybody = total(now)
        flagged += sum(
            bool(flags_of(signals(mine, agent_id=number, before=before[number], peers=everybody - mine, peer_count=size - 1, aims=aims)))
            for number, mine in enumerate(now)
        )
    assert flagged / (boards * size) <= 0.05
