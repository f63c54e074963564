"""What a month's report says to coach with rests on its figures: targets, movements beyond luck, and the plan."""

from domain.counters import Counters
from domain.metrics.catalog import metric
from domain.metrics.pace import Aim
from domain.metrics.reading import Reading, read
from domain.progression.plan import Horizon, PlanItem
from domain.reports import coaching_parts as parts
from domain.reports.work_rhythm import Rhythm
from domain.success.conversion import conversions


def calls(now: int, before: int, target: float | None = None) -> Reading:
    aim = (
        None
        if target is None
        else Aim(target=target, expected=target, due_with_today=target, days_gone=20, days_planned=20, is_finished=True)
    )
    return read(metric("calls"), Counters(calls=now, conversations=now // 2), Counters(calls=before), aim)


def step(horizon: Horizon, text: str, evidence: str = "") -> PlanItem:
    return PlanItem(horizon=horizon, text=text, evidence=evidence)


def test_a_reached_target_went_well_and_a_missed_one_is_worth_attention() -> None:
    reached, missed = calls(220, 215, 200), calls(150, 155, 200)
    assert parts.good([reached, missed]) == [reached]
    assert parts.open_ends([reached, missed]) == [missed]
    assert parts.went_well([reached], "USD").lines == ("Calls: 220; 200 was asked by then, reached.",)


def test_what_reached_its_target_and_fell_beyond_luck_is_told_once_and_as_worth_attention() -> None:
    fell = calls(220, 400, 200)
    assert (parts.good([fell]), parts.open_ends([fell])) == ([], [fell])
    assert parts.worth_attention([fell], "USD").lines == (
        "Calls: 220; 200 was asked by then, reached; −45 % on the period before, more than luck.",
    )


def test_a_rate_says_where_it_likely_lies_and_what_it_rests_on_and_a_count_does_not() -> None:
    rate = read(metric("conversation_rate"), Counters(calls=300, conversations=150), Counters(calls=300, conversations=90), None)
    (line,) = parts.went_well([rate], "USD").lines
    assert line.endswith("(n = 300).")
    assert "likely 46." in line


def test_a_movement_counts_only_beyond_luck() -> None:
    lucky, clear = calls(105, 100), calls(300, 100)
    assert parts.good([lucky, clear]) == [clear]
    assert "+200 % on the period before, more than luck" in parts.went_well([clear], "USD").lines[0]
    assert parts.open_ends([lucky, calls(100, 300)]) == [calls(100, 300)]


def test_a_movement_that_cannot_be_told_from_luck_is_no_news_and_said_to_be_so() -> None:
    waits = Counters(response_seconds=40 * 3600, responses=30), Counters(response_seconds=30 * 3600, responses=30)
    aim = Aim(target=1.0, expected=1.0, due_with_today=1.0, days_gone=20, days_planned=20, is_finished=True)
    slower, late = read(metric("response_time"), *waits), read(metric("response_time"), *waits, aim)
    assert (parts.good([slower]), parts.open_ends([slower, late])) == ([], [late])
    assert "+33 % on the period before; whether that is luck cannot be told" in parts.worth_attention([late], "USD").lines[0]


def test_one_step_of_each_kind_and_three_at_most() -> None:
    plan = [
        step(Horizon.WEEK, "80 calls this week.", "Calls a week: 55."),
        step(Horizon.WEEK, "Another of the week."),
        step(Horizon.MONTH, "Sales a month: reach 5."),
        step(Horizon.THREE_MONTHS, "17 more sales."),
        step(Horizon.TRAINING, "Call when people answer (10 min)"),
        step(Horizon.PRACTICE, "Role-play."),
    ]
    assert parts.next_steps(plan).lines == (
        "This week: 80 calls this week. Why: Calls a week: 55.",
        "This month: Sales a month: reach 5.",
        "To learn: Call when people answer (10 min)",
    )
    assert parts.next_steps([]).is_empty


def test_questions_are_open_and_begin_with_good_news() -> None:
    asked = parts.questions([calls(150, 155, 200), calls(220, 215, 200)], [step(Horizon.WEEK, "80 calls this week.")]).lines
    assert asked[0] == "Calls: this went well. What did you do that others could try?"
    assert asked[1] == "Calls: short of the target. What stood in the way, and what would help?"
    assert asked[2].startswith("Suggested next: 80 calls this week. Does that fit")
    assert all("?" in each for each in asked)


def test_an_empty_month_says_so_kindly() -> None:
    assert parts.went_well([], "USD").empty.endswith("most months are like this.")
    assert parts.level(None).is_empty
    assert parts.earned([]).is_empty
    assert parts.patterns([], "note").is_empty


QUIET = Rhythm(planned=20, worked=18, activities=468, middle=(18, 31))


def test_the_month_in_short_is_the_best_news_what_held_back_and_the_work() -> None:
    before = Counters(calls=1800, conversations=450, appointments_set=90)
    weak = conversions(Counters(calls=300, conversations=74, appointments_set=3), before, is_ripe=True)
    assert parts.in_short([calls(220, 215, 200), calls(150, 155, 200)], weak, QUIET, "USD").lines == (
        "Went well: Calls: 220; 200 was asked by then, reached.",
        "Held back most: Conversations → appointments: 4.1 % (likely 1.5 %–9.0 %, n = 74), usually 20.0 % (n = 450).",
        "Work was logged on 18 of 20 planned working days, 23.4 activities a planned day.",
    )


def test_a_month_without_news_in_short_is_its_first_figure_without_a_verdict() -> None:
    said = parts.in_short([calls(105, 100)], (), QUIET, "USD").lines
    assert said[:2] == ("Calls: 105.", "Nothing is short of its target or fell by more than luck.")
    assert parts.in_short([calls(150, 155, 200)], (), QUIET, "USD").lines[1].startswith("Worth attention: Calls: 150; 200 was asked")
    assert parts.in_short([], (), QUIET, "USD").is_empty
