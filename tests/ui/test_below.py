"""A screen just opened ends its first run above the fold; its browser asks for the rest."""

import pytest
from streamlit.testing.v1 import AppTest

from ui import below


def screen() -> None:
    """A screen with an upper and a lower part, and a button that draws it again."""
    import streamlit as st  # noqa: PLC0415 - AppTest runs the function's text by itself

    from ui import below as part  # noqa: PLC0415 - the same

    part.arrive(st.session_state.get("page", "daily"))
    st.title("Upper")
    st.button("Again")
    part.show(lambda: st.header("Lower"))


def test_who_reads_without_a_browser_gets_the_whole_screen() -> None:
    at = AppTest.from_function(screen).run()
    assert [each.value for each in at.header] == ["Lower"]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(below, "_has_browser", lambda: True)


@pytest.mark.usefixtures("browser")
def test_a_browser_gets_the_upper_part_first_and_the_rest_when_it_asks() -> None:
    at = AppTest.from_function(screen).run()
    assert not at.header
    at.session_state[below.WHOLE] = True
    at.run()
    assert [each.value for each in at.header] == ["Lower"]
    at.button[0].click().run()
    assert [each.value for each in at.header] == ["Lower"]
    at.session_state["page"] = "weekly"
    at.run()
    assert not at.header
