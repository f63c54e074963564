"""A failing screen tells people what to do, and the program's words to nobody but the log."""

import logging

import pytest
from streamlit.testing.v1 import AppTest


def _named() -> None:
    from domain.errors import InputError  # noqa: PLC0415 - AppTest runs this function's source alone
    from ui import trouble  # noqa: PLC0415

    trouble.show(InputError("Choose an end on or after the *start*."))


def _unforeseen() -> None:
    from ui import trouble  # noqa: PLC0415

    trouble.show(RuntimeError("dsn=postgres://user:secret@host/db"))


def test_a_named_error_is_shown_in_its_own_words_without_formatting() -> None:
    at = AppTest.from_function(_named).run()
    assert [each.value for each in at.error] == [r"Choose an end on or after the \*start\*\."]


def test_an_unforeseen_error_shows_a_reference_that_the_log_has_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="pacesetter.ui"):
        at = AppTest.from_function(_unforeseen).run()
    (shown,) = at.error
    reference = shown.value.rsplit(" ", 1)[1]
    assert "secret" not in shown.value
    assert [reference in record.getMessage() for record in caplog.records] == [True]
