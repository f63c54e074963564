"""The thermometers of the week: what they say, and that nothing of it is markup or colour alone."""

from domain.metrics.status import Status
from ui.theme import LIGHT
from ui.week.thermometers import Gauge, told


def gauge(**fields: object) -> Gauge:
    return Gauge(**{"name": "Calls", "figure": "25 of goal 45", "share": 25 / 45, "due_share": 0.33, "status": Status.ON_TRACK} | fields)


def test_a_screen_reader_hears_figure_share_pace_and_state() -> None:
    said = "Calls: 25 of goal 45, 56 %, 33 % due by now. On track."
    assert gauge().sentence == said
    assert told([gauge()], LIGHT)[0]["sentence"] == said


def test_what_is_surpassed_fills_the_tube_and_no_more() -> None:
    assert told([gauge(share=1.7)], LIGHT)[0]["level"] == "100.0%"


def test_without_a_known_pace_there_is_no_mark() -> None:
    assert told([gauge(due_share=None)], LIGHT)[0]["due"] is None


def test_beside_every_colour_stands_the_states_word() -> None:
    shown = told([gauge(), gauge(status=Status.BEHIND)], LIGHT)
    assert [each["state"] for each in shown] == [Status.ON_TRACK.word, Status.BEHIND.word]
    assert shown[0]["fluid"] != shown[1]["fluid"]
