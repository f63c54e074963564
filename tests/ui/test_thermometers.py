"""The thermometers of the week: what they say, and that nothing of it is markup or colour alone."""

from domain.metrics.status import Status
from ui.theme import LIGHT
from ui.week.thermometers import Gauge, drawn


def gauge(**fields: object) -> Gauge:
    return Gauge(**{"name": "Calls", "figure": "25 of goal 45", "share": 25 / 45, "due_share": 0.33, "status": Status.ON_TRACK} | fields)


def test_a_screen_reader_hears_figure_share_pace_and_state() -> None:
    said = "Calls: 25 of goal 45, 56 %, 33 % due by now. On track."
    assert gauge().sentence == said
    assert f'role="img" aria-label="{said}"' in drawn([gauge()], LIGHT)


def test_what_is_surpassed_fills_the_tube_and_no_more() -> None:
    assert "--level:100.0%" in drawn([gauge(share=1.7)], LIGHT)


def test_without_a_known_pace_there_is_no_mark() -> None:
    assert 'class="due"' not in drawn([gauge(due_share=None)], LIGHT)


def test_a_goals_name_is_no_markup() -> None:
    html = drawn([gauge(name='<img src=x onerror="alert(1)">')], LIGHT)
    assert "<img" not in html


def test_motion_stops_where_the_reader_asks_for_less() -> None:
    assert "@media (prefers-reduced-motion: reduce) { .thermometer .fluid { animation: none; } }" in drawn([gauge()], LIGHT)
