"""Text that a spreadsheet would run is marked, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spreadsheet_text import marked, unmarked


@pytest.mark.parametrize("start", list("=+-@|\t\r\n\0＝＋－＠"))
def test_what_may_start_a_formula_is_marked(start: str) -> None:
    assert marked(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_a_formula_behind_spaces_is_marked_too() -> None:
    assert marked("  =1+1") == "'  =1+1"


@pytest.mark.parametrize("text", ["", "  ", "Ana Lima", "3 calls", "a=b", "O'Neill"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert marked(text) == text


def test_an_apostrophe_of_the_text_itself_is_not_taken_away() -> None:
    assert unmarked("'tis") == "'tis"


@given(st.text() | st.builds("".join, st.lists(st.sampled_from("'= +-@|\t\r\nab"))))
def test_reading_back_gives_the_same_text(text: str) -> None:
    assert unmarked(marked(text)) == text
