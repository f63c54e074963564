"""Goals in words, for running ones and for those that are over."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.counters import Counters
from domain.goals.entry import GoalEntry
from domain.goals.progress import GoalFacts, GoalProgress, judged_by_a_part, progress
from domain.periods import Grain, containing
from domain.records import GoalPeriod
from domain.working_days import WorkDays
from ui.goals.words import PARTLY, PARTLY_REACHED, days_text, ending_text, figure_text, hover_text, progress_text, score_text

TUESDAY, APRIL = date(2026, 3, 10), date(2026, 4, 1)
MARCH = containing(TUESDAY, Grain.MONTH)
WEEKDAYS = WorkDays(tuple(day for day in MARCH if day.isoweekday() < 6))


def held(kind: str, target: float, today: date = TUESDAY, **facts: Any) -> GoalProgress:
    goal = GoalEntry(
        id=1, agent_id=1, period=GoalPeriod.MONTHLY, type=kind, target=target, starts_on=MARCH.start, ends_on=MARCH.end, version=1
    )
    return progress(goal, GoalFacts(**{"by_day": {}, "waits": (), "work_days": WEEKDAYS} | facts), today)


def calls(count: int) -> dict[date, Counters]:
    return {TUESDAY: Counters(calls=count)}


def waits(count: int, hours: int = 1) -> list[tuple[date, int]]:
    return [(TUESDAY, hours * 3600)] * count


@pytest.mark.parametrize(
    ("goal", "figure", "sentence"),
    [
        (held("calls", 44, by_day=calls(18)), "18 of goal 44", "6 ahead; 1.6 per working day needed."),
        (held("calls", 44, by_day=calls(11)), "11 of goal 44", "1 behind; 2.1 per working day needed."),
        (held("calls", 5, by_day=calls(9)), "9 of goal 5", "Since 10 Mar 2026. Everything more is on top."),
        (held("calls", 5, by_day=calls(3), work_days=WorkDays(())), "3 of goal 5", "No pace: no working days are known for these days."),
        (held("revenue", 50_000), "$0 of goal $500", "$136 behind; $31.25 per working day needed."),
        (held("median_response_time", 2), "–, goal 2.0 h or less", "Nothing to measure in these days yet."),
        (held("median_response_time", 2, waits=waits(4)), "1.0 h, goal 2.0 h or less", "A verdict needs 10 records; there are 4."),
        (
            held("median_response_time", 2, waits=waits(10)),
            "1.0 h, goal 2.0 h or less",
            "So far. What counts is how it stands on the last day.",
        ),
        (
            held("conversion_rate", 0.2, by_day={TUESDAY: Counters(leads_assigned=20, leads_converted=1)}),
            "5.0 %, goal 20.0 % or more",
            "Leads need time: those of these days can still come through.",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_running_goal_says_where_it_stands(goal: GoalProgress, figure: str, sentence: str) -> None:
    assert (figure_text(goal, "USD"), progress_text(goal, "USD")) == (figure, sentence)


def test_a_running_goal_of_which_days_are_hidden_is_not_judged_in_words() -> None:
    seen = [judged_by_a_part(held("calls", target, by_day=calls(9))) for target in (44, 5)]
    assert [progress_text(each, "USD") for each in seen] == [PARTLY, PARTLY_REACHED]


def test_a_small_shortfall_is_not_called_on_pace() -> None:
    behind = held("calls", 44, by_day=calls(12)), held("calls", 4, today=MARCH.last_day, by_day=calls(3))
    assert [progress_text(each, "USD").split(";")[0] for each in behind] == ["right on pace", "0.8 behind"]


def test_the_days_left_include_today() -> None:
    assert days_text(held("calls", 5), TUESDAY) == "March 2026 · 22 days left"
    assert days_text(held("calls", 5, today=MARCH.last_day), MARCH.last_day) == "March 2026 · 1 day left"


def test_endings_and_their_score() -> None:
    past = [
        held("calls", 5, APRIL, by_day=calls(9)),
        held("revenue", 100, APRIL),
        held("satisfaction", 4, APRIL),
    ]
    assert [ending_text(goal) for goal in past] == [" on 10 Mar 2026", "", " · too little happened to say"]
    assert [ending_text(judged_by_a_part(goal)) for goal in past[::2]] == [
        " · counts only the days on a team of yours",
        " · counts only the days on a team of yours, too few to say",
    ]
    assert (score_text(past), score_text(past[:1])) == ("1 of 2 goals reached, 1 could not be measured", "1 of 1 goal reached")


def test_the_hover_says_where_the_period_heads() -> None:
    lately = {TUESDAY - timedelta(days=1 + number): Counters(calls=2) for number in range(9)}
    work_days = WorkDays(tuple(TUESDAY + timedelta(days=number) for number in range(-28, 22)))
    shown = hover_text(held("calls", 60, by_day=lately, work_days=work_days), "USD")
    assert "At the pace of the last four weeks it ends near 32" in shown
