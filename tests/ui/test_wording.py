"""Other people's text stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.metrics.status import Status
from ui.wording import counted, plain, status_text


@pytest.mark.parametrize(
    "text",
    ["![x](https://evil.example/a.png)", "[click](javascript:alert(1))", "<img src=x onerror=alert(1)>", "**bold**", "$x$", ":red[text]"],
)
def test_markdown_is_escaped(text: str) -> None:
    assert not any(f"{before}{sign}" in plain(text) for sign in "[]<>*$" for before in (" ", "a", "x"))


@pytest.mark.parametrize("text", ["https://evil.example", "www.evil.example", "see HTTP://evil.example now"])
def test_an_address_does_not_become_a_link(text: str) -> None:
    shown = plain(text).replace("\\", "")
    assert "://" not in shown.replace("\u2060://", "")
    assert "www." not in shown


def test_names_of_icons_stay_words() -> None:
    assert ":material" not in plain(":material/home: and :smile:").replace("\\", "")


def test_text_that_would_read_backwards_loses_its_direction_marks() -> None:
    assert plain("a\u202egpj.exe") == r"agpj\.exe"


def test_a_line_break_cannot_start_a_heading_or_a_list() -> None:
    assert plain("a\n# b") == r"a \# b"


def test_long_text_is_cut_before_it_is_escaped() -> None:
    assert plain("*" * 500, limit=3) == r"\*\*…"


@given(st.text())
def test_nothing_but_escapes_is_added_or_lost(text: str) -> None:
    assert "\n" not in plain(text)


@pytest.mark.parametrize("status", Status)
def test_a_status_has_icon_word_and_colour(status: Status) -> None:
    shown = status_text(status)
    assert status.word in shown
    assert f":material/{status.icon}:" in shown
    assert shown.startswith((":green-badge", ":orange-badge", ":red-badge", ":gray-badge"))


def test_counts_agree_with_their_words() -> None:
    assert [counted(1, "call"), counted(2, "call"), counted(1200, "activity", "activities")] == ["1 call", "2 calls", "1,200 activities"]


@pytest.mark.parametrize("words", ["likely 0.0 %–5.0 %", "3.6 ★", "2.0 h or less", "35 min within", "45 s"])
def test_a_figure_and_its_unit_are_never_on_two_lines(words: str) -> None:
    number = words.index(" %" if "%" in words else " ", 3 if "%" in words else 1)
    assert plain(words).replace("\\", "")[number] == "\u00a0"


def test_words_that_only_begin_like_a_unit_may_go_on_the_next_line() -> None:
    assert plain("7 minutes, 3 stars, 2 holidays") == "7 minutes, 3 stars, 2 holidays"
