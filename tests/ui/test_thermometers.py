"""The thermometers of the week: what they say, and that a browser gets words and shares, never more than a full tube."""

from domain.metrics.status import Status
from ui.theme import LIGHT
from ui.week.thermometers import Gauge, shown


def gauge(**fields: object) -> Gauge:
    return Gauge(**{"name": "Calls", "figure": "25 of goal 45", "share": 25 / 45, "due_share": 0.33, "status": Status.ON_TRACK} | fields)


def test_a_screen_reader_hears_figure_share_pace_and_state() -> None:
    assert shown(gauge(), LIGHT)["sentence"] == "Calls: 25 of goal 45, 56 %, 33 % due by now. On track."


def test_beside_the_colour_stands_the_states_word() -> None:
    told = shown(gauge(status=Status.BEHIND), LIGHT)
    assert (told["state"], told["color"]) == ("Behind", LIGHT.fair)


def test_what_is_surpassed_fills_the_tube_and_no_more() -> None:
    assert (shown(gauge(share=1.7), LIGHT)["share"], shown(gauge(due_share=1.2), LIGHT)["due_share"]) == (1.0, 1.0)


def test_without_a_known_pace_there_is_no_mark() -> None:
    assert shown(gauge(due_share=None), LIGHT)["due_share"] is None
