"""Log lines say what they belong to, and never what somebody typed or what opens a door."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO

import pytest

from services import logs
from services.log_privacy import clean

Lines = Callable[[], list[dict[str, object]]]
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def _unchanged_logging() -> Iterator[None]:
    """Logging belongs to the whole process; give it back as it was."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in {*logs.ADOPTED, logs.OURS}]
    held = {name: logging.getLogger(name) for name in ("", *names)}
    before = {name: (logger.handlers, logger.level, logger.propagate, logger.disabled) for name, logger in held.items()}
    yield
    for name, logger in held.items():
        logger.handlers, logger.level, logger.propagate, logger.disabled = before[name]


@pytest.fixture
def lines() -> Lines:
    """What was logged, as JSON."""
    with redirect_stderr(StringIO()) as said:
        logs.configure(as_json=True)
    return lambda: [json.loads(line) for line in said.getvalue().splitlines()]


def test_a_line_has_its_level_its_logger_and_what_it_belongs_to(lines: Lines) -> None:
    with logs.belonging_to(job="rankings", slot="2026-03-10", attempt=2):
        logging.getLogger("pacesetter.jobs").info("started")
    logging.getLogger("pacesetter.jobs").warning("alone")

    inside, outside = lines()

    assert inside.pop("timestamp")
    assert inside == {
        "event": "started",
        "level": "info",
        "logger": "pacesetter.jobs",
        "job": "rankings",
        "slot": "2026-03-10",
        "attempt": 2,
    }
    assert "job" not in outside


def test_what_a_line_brings_along_is_kept_and_cleaned(lines: Lines) -> None:
    about = {"slot": "2026-03-10", "counts": {"rows": 3}, "email": "nora@example.com", "color_message": "twice"}
    logging.getLogger("pacesetter.jobs").info("%s: done", "rankings", extra=about)

    (line,) = lines()

    assert (line["event"], line["slot"], line["counts"]) == ("rankings: done", "2026-03-10", {"rows": 3})
    assert not {"email", "color_message"} & set(line)


def test_a_failure_keeps_its_kinds_and_places_and_loses_its_words(lines: Lines) -> None:
    def parse(_text: str) -> int:
        raise ValueError("Nora Quetzal <nora@example.com>")

    try:
        try:
            parse("x")
        except ValueError as error:
            raise RuntimeError("dsn=postgres://user:hunter2@host/db") from error
    except RuntimeError:
        logging.getLogger("pacesetter.ui").exception("A screen failed")

    (line,) = lines()

    assert line["error"] == "RuntimeError from ValueError"
    assert [str(place).rsplit(" ", 1)[1] for place in line["where"]][1:2] == ["parse"]  # type: ignore[attr-defined]
    assert str(line["where"][0]).startswith("tests/services/test_logs.py:")  # type: ignore[index]
    assert not [word for word in ("Nora", "nora@", "hunter2", "host/db") if word in str(line)]


def test_private_keys_never_come_out_whoever_sets_them(lines: Lines) -> None:
    import structlog  # noqa: PLC0415 - beside its only use

    structlog.stdlib.get_logger("pacesetter.test").info("told", password="p1", email="e1", kept=3, inner={"token": "t1", "rows": 4})

    (line,) = lines()

    assert (line["kept"], line["inner"]) == (3, {"rows": 4})
    assert "password" not in line
    assert "email" not in line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("mail to nora.q+x@mail.example.com failed", "mail to [e-mail] failed"),
        ("postgresql+psycopg://app:hunter2@db:5432/app is gone", "[database] is gone"),
        ("GET https://user:pw@host/x", "GET https://[credentials]@host/x"),
        ("POST https://hooks.slack.com/services/T0/B1/abc", "POST https://hooks.slack.com/services/[webhook]"),
        ("https://api.telegram.org/bot123456:AAE-x_y/sendMessage", "https://api.telegram.org/bot[token]/sendMessage"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer [token]"),
        (f"token {JWT} refused", "token [token] refused"),
        ('"GET /daily?agents=3&q=Nora HTTP/1.1" 200', '"GET /daily?[query] HTTP/1.1" 200'),
        (f"cookie {'aB3_' * 11} unknown", "cookie [token] unknown"),
        ("Rebuilt 1,204 rows in data/queries/job_health.py", "Rebuilt 1,204 rows in data/queries/job_health.py"),
        ("Is it well? Yes", "Is it well? Yes"),
    ],
)
def test_what_gives_itself_away_by_its_shape_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_libraries_with_handlers_of_their_own_come_out_in_the_same_shape(lines: Lines) -> None:
    streamlits = logging.getLogger("streamlit.late")
    streamlits.propagate = False
    streamlits.addHandler(logging.StreamHandler())
    logs.adopt()

    streamlits.error("Uncaught app execution", exc_info=ValueError("Nora"))
    logging.getLogger("uvicorn.error").warning('"WebSocket /_stcore/stream?x=Nora" [accepted]')
    logging.getLogger("uvicorn.access").warning("GET /?q=Nora")

    first, second = lines()
    assert (first["event"], first["error"], first["logger"]) == ("Uncaught app execution", "ValueError", "streamlit.late")
    assert second["event"] == '"WebSocket /_stcore/stream?[query]" [accepted]'


def test_people_get_troubles_as_text_and_programs_everything_of_ours() -> None:
    with redirect_stderr(StringIO()) as said:
        logs.configure(as_json=False)
    logging.getLogger("pacesetter.http").info("request")
    with logs.belonging_to(request_id="abc12345"):
        logging.getLogger("pacesetter.http").warning("slow")
    (text,) = said.getvalue().splitlines()
    assert "slow" in text
    assert "request_id=abc12345" in text

    with redirect_stderr(StringIO()) as said:
        logs.configure(as_json=True)
    logging.getLogger("pacesetter.http").info("request")
    logging.getLogger("urllib3").info("not ours")
    assert [json.loads(line)["event"] for line in said.getvalue().splitlines()] == ["request"]

    with redirect_stderr(StringIO()) as said:
        logs.configure(as_json=False, level=logging.INFO)
    logging.getLogger("pacesetter.jobs").info("rankings: done")
    assert "rankings: done" in said.getvalue()


def test_the_journal_finds_the_errors_among_all_lines() -> None:
    with redirect_stderr(StringIO()) as said:
        logs.configure(as_json=False, level=logging.INFO, for_journal=True)
    logger = logging.getLogger("pacesetter.jobs")
    logger.info("done")
    logger.warning("late")
    try:
        int("x")
    except ValueError:
        logger.exception("broken")

    lines = said.getvalue().splitlines()

    assert [line[:3] for line in lines[:3]] == ["<6>", "<4>", "<3>"]
    assert {line[:3] for line in lines[2:]} == {"<3>"}
