"""A language model answers, or there is a named reason in time; nothing of key and words is left anywhere."""

import logging
import time
from collections.abc import Callable

import pytest
from pydantic import SecretStr

from domain.ai.outcome import Outcome
from integrations import openai_text
from integrations.openai_text import OpenAiTextModel
from integrations.text_model import Answer, NoTextModel, Question
from settings import Settings
from tests.fakes.http import OutsideWorld, Response
from tests.fakes.text_model import KEY, TextService
from tests.fakes.transcription import header
from tests.fakes.worlds import text_service, webhook

__all__ = ["text_service", "webhook"]

QUESTION = Question(instructions="Say it.", told='<data>\n{"facts": [], "say": ["268 calls"]}\n</data>', most_tokens=800)
WHOLE, SILENCE = 0.6, 0.2
SCENARIOS = {
    "badjson": Outcome.UNREADABLE,
    "wrongschema": Outcome.UNREADABLE,
    "empty": Outcome.UNREADABLE,
    "length": Outcome.UNREADABLE,
    "html": Outcome.UNREADABLE,
    "refusal": Outcome.DECLINED,
    "429": Outcome.BUSY,
    "429x": Outcome.BUSY,
    "500": Outcome.TROUBLE,
    "nothing": Outcome.TROUBLE,
    "hang": Outcome.LATE,
    "drip": Outcome.LATE,
}
Asking = Callable[..., Answer]


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Loading the library takes longer than these tests wait for an answer."""
    import openai  # noqa: F401, PLC0415


@pytest.fixture
def ask(text_service: TextService) -> Asking:
    def asked(model: str = "ok", *, key: str = KEY, url: str = "", whole: float = WHOLE) -> Answer:
        patient = {} if model in {"hang", "drip"} else {"silence_seconds": 5.0}
        limits = {"silence_seconds": SILENCE, "whole_seconds": whole if model in {"hang", "drip"} else 5.0} | patient
        return OpenAiTextModel(url or f"{text_service.url}/v1", SecretStr(key), model, **limits).ask(QUESTION)

    return asked


def test_sentences_come_back_and_nothing_is_stored_there(ask: Asking, text_service: TextService) -> None:
    found = ask()
    assert (found.outcome, found.sentences, found.tokens) == (Outcome.OK, ("The facts say: 268 calls.",), 500)
    (request,) = text_service.requests
    sent = request.json
    assert (request.path, sent["store"], sent["max_output_tokens"], sent["instructions"]) == ("/v1/responses", False, 800, "Say it.")
    assert header(request, "Authorization") == f"Bearer {KEY}"
    assert set(sent) == {"model", "instructions", "input", "text", "max_output_tokens", "store"}


@pytest.mark.parametrize(("model", "outcome"), SCENARIOS.items())
def test_whatever_goes_wrong_has_a_name_in_time_and_tells_no_key(
    ask: Asking, model: str, outcome: Outcome, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    began = time.monotonic()
    found = ask(model)
    assert (found.outcome, found.sentences) == (outcome, ())
    assert time.monotonic() - began < WHOLE + 2
    assert KEY not in caplog.text + repr(found)


def test_a_moments_trouble_is_tried_once_more(ask: Asking, text_service: TextService) -> None:
    assert ask("500then_ok").outcome is Outcome.OK
    assert len(text_service.requests) == 2


def test_a_wrong_key_and_a_closed_port_have_names_too(ask: Asking) -> None:
    assert ask(key="sk-wrong").outcome is Outcome.KEY_REFUSED
    assert ask(url="http://127.0.0.1:1/v1").outcome is Outcome.UNREACHABLE
    assert NoTextModel().ask(QUESTION) == Answer(outcome=Outcome.NOT_SET_UP, tokens=0)


def test_it_follows_no_redirect(ask: Asking, text_service: TextService, webhook: OutsideWorld) -> None:
    text_service.say(Response(307, "", {"Location": f"{webhook.url}/v1/responses"}))
    assert ask().outcome is Outcome.TROUBLE
    assert webhook.requests == []


def test_only_so_many_questions_are_on_their_way(text_service: TextService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_text, "MOST_AT_ONCE", 1)
    model = OpenAiTextModel(f"{text_service.url}/v1", SecretStr(KEY), "hang", silence_seconds=5, whole_seconds=0.1)
    assert [model.ask(QUESTION).outcome for _ in range(2)] == [Outcome.LATE, Outcome.BUSY]


def test_the_key_shows_nowhere(text_service: TextService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACESETTER_AI_KEY", KEY)
    model = OpenAiTextModel(f"{text_service.url}/v1", SecretStr(KEY), "ok")
    model.ask(QUESTION)
    assert KEY not in f"{Settings()!r} {Settings().model_dump_json()} {model!r} {vars(model)!r} {model._client!r}"
