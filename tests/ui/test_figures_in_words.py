"""What cards, tables and charts say about a figure."""

from datetime import date
from typing import Any

import pytest

from domain.counters import Counters
from domain.metrics.catalog import METRICS
from domain.metrics.heatmap import heatmap
from domain.metrics.measures import Median, Total
from domain.metrics.pace import Aim
from domain.metrics.ranking import Quartiles
from domain.metrics.reading import Reading, read
from domain.metrics.reading import reading as measured
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.metrics.trend import Point
from domain.periods import Grain, Period, Preset, containing, from_preset
from ui import cards, charts, exports, standings, tables, trend_charts
from ui.drawing import Drawing
from ui.period_words import comparison_text, period_label
from ui.theme import LIGHT

TODAY = date(2026, 11, 21)


def reading(key: str, now: Counters, before: Counters | None = None, target: float | None = None, expected: float = 0) -> Reading:
    aim = (
        None
        if target is None
        else Aim(target=target, expected=expected, due_with_today=expected, days_gone=14, days_planned=20, is_finished=False)
    )
    return read(METRICS[key], now, before, aim)


def drawn(chart: Drawing, layer: int | None = None) -> list[dict[str, Any]]:
    """The rows a chart, or one of its layers, is drawn from."""
    spec = chart.to_dict()
    data = spec["data"] if layer is None else spec["layer"][layer]["data"]
    return list(data["values"] if "values" in data else spec["datasets"][data["name"]])


def test_a_change_is_told_in_the_unit_and_against_what() -> None:
    text = cards.movement_text(reading("calls", Counters(calls=90), Counters(calls=40)), "the same days of October")
    assert text == r":small[:green[:material/arrow_upward: **\+50**] :gray[vs the same days of October]]"


def test_good_news_is_green_although_its_arrow_points_down() -> None:
    faster = measured(MEDIAN_RESPONSE_TIME, Median((3600,) * 50, 3600), Median((7200,) * 50, 3600))
    assert "green[:material/arrow_downward: **−1" in cards.movement_text(faster, "October").replace("\\", "")


def test_a_change_whose_spread_is_unknown_has_no_colour() -> None:
    slower, faster = (Counters(responses=50, response_seconds=50 * seconds) for seconds in (7200, 3600))
    text = cards.movement_text(reading("response_time", slower, faster), "October")
    assert text.startswith(":small[:gray[:material/arrow_upward:")


def test_a_share_changes_by_points() -> None:
    now, before = Counters(leads_assigned=100, leads_converted=30), Counters(leads_assigned=100, leads_converted=20)
    assert cards.movement(reading("conversion_rate", now, before), "USD") == "+10.0 points"


def test_nothing_before_is_new_and_no_data_before_is_unknown() -> None:
    assert cards.movement(reading("calls", Counters(calls=4), Counters()), "USD") == "new"
    assert cards.movement(reading("calls", Counters(calls=4)), "USD") is None
    text = cards.movement_text(reading("calls", Counters(calls=4), Counters()), "the same days of October")
    assert text.endswith("**new**] :gray[none before (the same days of October)]]")


def test_a_status_stands_with_target_and_what_is_due() -> None:
    text = cards.standing(reading("calls", Counters(calls=50), target=60.4, expected=40.2), "USD")
    assert text == ":green-badge[:material/trending_up: On track] :small[:gray[of target 60, 40 by now]]"


def test_small_targets_keep_their_decimal() -> None:
    assert cards.asked_text(METRICS["deals_won"], 0.75, "USD") == "0.8"


def test_too_little_data_gets_no_verdict_but_says_how_little() -> None:
    few = reading("conversion_rate", Counters(leads_assigned=3, leads_converted=1))
    assert cards.sample_text(few) == "from 3 records, too few for a verdict"
    assert cards.sample_text(reading("conversion_rate", Counters())) == "nothing to measure in these days"
    assert cards.sample_text(reading("calls", Counters())) == "none in these days"


def test_a_count_does_not_repeat_itself_as_what_it_rests_on() -> None:
    counted = reading("calls", Counters(calls=40))
    assert cards.sample_text(counted) == "no target set"
    assert "40" not in cards.explanation(METRICS["calls"], reading=counted)


def test_leads_that_still_need_time_are_not_compared_with_ripe_ones() -> None:
    young, ripe = Counters(leads_assigned=40), Counters(leads_assigned=40, leads_converted=4)
    early = read(METRICS["conversion_rate"], young, ripe, is_ripe=False)
    assert "too early to compare" in cards.movement_text(early, "October")


def test_a_change_of_old_leads_that_luck_explains_is_not_called_early() -> None:
    now, before = Counters(leads_assigned=20, leads_converted=4), Counters(leads_assigned=20, leads_converted=5)
    text = cards.movement_text(read(METRICS["conversion_rate"], now, before), "October")
    assert ("too early" in text, ":gray[:material/arrow_downward:" in text) == (False, True)


def test_the_table_names_the_most_pressing_statuses() -> None:
    late = [reading(key, Counters(), target=50, expected=40) for key in ("calls", "emails", "tasks")]
    assert tables.standing_words(late) == "⚠ At risk: Calls, Emails +1"
    assert tables.standing_words([reading("calls", Counters(calls=60), target=50, expected=40)]) == "✓ Reached"
    assert tables.standing_words([reading("calls", Counters(calls=60))]) == "No target set"


def test_cells_are_sortable_numbers() -> None:
    assert tables.cell(METRICS["revenue"], 123_456, "USD") == 1235.0
    assert tables.cell(METRICS["win_rate"], 0.25, "USD") == 25.0
    assert tables.cell(METRICS["win_rate"], None, "USD") is None


def test_target_bars_mark_what_is_due_and_end_a_little_beyond_the_target() -> None:
    far = reading("calls", Counters(calls=300), target=100, expected=70)
    (row,) = drawn(charts.target_bars([far], LIGHT))
    assert (row["share"], row["due_share"], row["words"]) == (charts.MAX_SHARE, 0.7, "300 of target 100 (300 %) · Reached")


def test_bars_say_who_and_how_much() -> None:
    (row,) = drawn(charts.ranked_bars([("Ana", 3.0, "3 calls")], LIGHT))
    assert row == {"name": "Ana", "figure": 3.0, "words": "3 calls"}


def test_an_unfinished_bucket_is_not_part_of_the_solid_line() -> None:
    points = [Point(start=date(2026, 11, day), label=f"{day} Nov", measure=Total(day), unfinished=day == 21) for day in (19, 20, 21)]
    chart = trend_charts.trend_line(METRICS["calls"], points, LIGHT)
    solid, whole = drawn(chart, 0), drawn(chart, 1)
    assert ([row["value"] for row in solid], [row["value"] for row in whole]) == ([19.0, 20.0], [19.0, 20.0, 21.0])
    assert [row["basis"] for row in whole] == ["complete", "complete", "not complete yet"]


def test_a_trend_without_anything_says_so() -> None:
    assert trend_charts.trend_text(METRICS["win_rate"], []) == "Win rate: nothing to show."


def test_money_stands_on_the_axis_in_major_units() -> None:
    point = Point(start=TODAY, label="21 Nov", measure=Total(12_345), unfinished=False)
    row = drawn(trend_charts.trend_line(METRICS["revenue"], [point], LIGHT), 0)[0]
    assert (row["value"], row["figure"]) == (123.45, "$123")


def test_the_week_names_its_best_hour_only_when_it_is_clearly_best() -> None:
    assert trend_charts.week_heatmap_text(heatmap([])) == "No calls in this period."
    clear = heatmap([(1, 9, 200, 150), (2, 10, 200, 40), (3, 11, 200, 40)])
    assert trend_charts.week_heatmap_text(clear).endswith("Mon 09:00–10:00 reaches the most people: 75 % of 200 calls.")


def test_cells_with_few_calls_show_no_rate() -> None:
    rows = drawn(trend_charts.week_heatmap(heatmap([(1, 9, 3, 3)]), LIGHT))
    assert [row["reached"] for row in rows if row["calls"]] == ["too few calls for a rate"]


def test_the_top_quarter_is_told_so() -> None:
    others = Quartiles(lower=10, median=20, upper=30, peers=8)
    assert standings.benchmark_text(31, others, by_target=False).endswith("You are in the top quarter with 31.")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (from_preset(Preset.THIS_MONTH, TODAY), "the same days of October"),
        (from_preset(Preset.LAST_MONTH, TODAY), "September"),
        (from_preset(Preset.THIS_WEEK, TODAY), "the same days of last week"),
        (from_preset(Preset.LAST_WEEK, TODAY), "the week before"),
        (from_preset(Preset.TODAY, TODAY), "yesterday"),
        (containing(date(2026, 11, 3), Grain.DAY), "the day before"),
        (from_preset(Preset.THIS_QUARTER, TODAY), "the same days of Q3 2026"),
        (from_preset(Preset.LAST_30_DAYS, TODAY), "the 30 days before"),
        (Period(date(2026, 11, 3), date(2026, 11, 4)), "the day before"),
    ],
)
def test_a_comparison_says_with_what(period: Period, words: str) -> None:
    assert comparison_text(period, TODAY) == words


def test_a_period_is_named_with_its_days() -> None:
    assert period_label(containing(TODAY, Grain.MONTH), Preset.THIS_MONTH, TODAY) == "This month · 1 – 30 Nov"
    assert period_label(Period(date(2025, 12, 30), date(2026, 1, 3)), None, TODAY) == "30 Dec 2025 – 2 Jan"


def test_a_download_keeps_the_filters_of_its_screen() -> None:
    assert exports.export_url("agents", "csv", {"category": "Land, sea", "agents": "1,2"}) == (
        "/api/export/agents.csv?category=Land%2C+sea&agents=1%2C2"
    )
    assert exports.export_url("heatmap", "xlsx", {}) == "/api/export/heatmap.xlsx"


def test_figures_with_something_to_say_come_first() -> None:
    empty, won, aimed = reading("calls", Counters()), reading("deals_won", Counters(deals_won=4)), reading("emails", Counters(), target=9)
    assert cards.telling_first([empty, won, aimed]) == [won, aimed, empty]


def test_an_axis_of_zeros_still_has_numbers() -> None:
    points = [Point(start=date(2026, 11, day), label=f"{day} Nov", measure=Total(0), unfinished=False) for day in (19, 20)]
    spec = trend_charts.trend_line(METRICS["calls"], points, LIGHT).to_dict()
    assert spec["layer"][0]["encoding"]["y"]["scale"] == {"domain": [0, 1]}
