"""The vision board: columns, moves, and that a browser's word is checked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.vision import ANY_DAY, BoardView, Card, CardState, arranged, columns, label, labels, moved
from domain.errors import InputError
from domain.periods import Grain, containing

MONDAY = date(2026, 3, 9)
WEEK = containing(MONDAY, Grain.WEEK)


def card(number: int, state: CardState = CardState.TODO, **fields: object) -> Card:
    return Card(**{"id": number, "title": f"Card {number}", "state": state, "position": number} | fields)


def ids(cards: list[Card], view: BoardView) -> dict[str, list[int]]:
    return {column.key: [each.id for each in column.cards] for column in columns(cards, WEEK, view) if column.cards}


def test_suggestions_are_not_on_the_board() -> None:
    assert ids([card(1), card(2, CardState.SUGGESTED)], BoardView.STATE) == {"todo": [1]}


def test_by_day_a_card_without_a_day_of_this_week_is_for_any_day() -> None:
    cards = [card(1), card(2, day=MONDAY), card(3, day=MONDAY - timedelta(days=7))]
    assert ids(cards, BoardView.DAY) == {ANY_DAY: [1, 3], MONDAY.isoformat(): [2]}


def test_a_columns_minutes_leave_out_what_is_done_or_not_said() -> None:
    cards = [card(1, minutes=30, day=MONDAY), card(2, CardState.DONE, minutes=60, day=MONDAY), card(3, day=MONDAY)]
    assert {column.key: column.minutes for column in columns(cards, WEEK, BoardView.DAY)}[MONDAY.isoformat()] == 30


def test_a_move_by_day_keeps_the_state_and_tells_only_what_changed() -> None:
    cards = [card(0), card(1, CardState.DOING)]
    wanted = moved(columns(cards, WEEK, BoardView.DAY), 1, MONDAY.isoformat())
    (placed,) = arranged(cards, WEEK, BoardView.DAY, wanted)
    assert (placed.card_id, placed.state, placed.day) == (1, CardState.DOING, MONDAY)


def test_a_move_to_the_top_puts_the_others_below() -> None:
    cards = [card(0), card(1), card(2)]
    assert moved(columns(cards, WEEK, BoardView.STATE), 2, "todo", 0)["todo"] == [2, 0, 1]


@pytest.mark.parametrize(
    "wanted",
    [{"todo": [1]}, {"todo": [1, 2, 2]}, {"todo": [1, 2, 3]}, {"todo": [1], "someday": [2]}, {"suggested": [1, 2]}],
    ids=["one is missing", "one twice", "a stranger's", "no such column", "suggestions are no column"],
)
def test_a_browser_that_names_other_cards_or_columns_is_refused(wanted: dict[str, list[int]]) -> None:
    with pytest.raises(InputError):
        arranged([card(1), card(2)], WEEK, BoardView.STATE, wanted)


def test_a_move_of_a_card_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no such card"):
        moved(columns([card(1)], WEEK, BoardView.STATE), 9, "done")


def test_cards_that_read_alike_are_told_apart() -> None:
    alike = [card(1, title="Call Ada"), card(2, title="Call Ada"), card(3, title="Call Ada (2)")]
    assert labels(alike) == {"Call Ada": 1, "Call Ada (2)": 2, "Call Ada (2) (2)": 3}


def test_a_label_says_without_colour_what_is_done_and_what_came_over() -> None:
    done = card(1, CardState.DONE, title="Offer", minutes=45, about="Oak Street", weeks_carried=2)
    assert label(done) == "✓ Offer · 45 min · Oak Street · ↻ for 2 weeks"


@given(st.permutations(range(6)), st.lists(st.sampled_from(["todo", "doing", "done"]), min_size=6, max_size=6))
def test_whatever_order_is_dragged_the_board_then_shows_it(order: list[int], keys: list[str]) -> None:
    cards = [card(number) for number in range(6)]
    wanted = {key: [number for number, of in zip(order, keys, strict=True) if of == key] for key in ("todo", "doing", "done")}
    placed = {each.card_id: each for each in arranged(cards, WEEK, BoardView.STATE, wanted)}
    after = [card(each.id, placed[each.id].state, position=placed[each.id].position) if each.id in placed else each for each in cards]
    assert ids(after, BoardView.STATE) == {key: found for key, found in wanted.items() if found}
