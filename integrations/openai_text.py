"""Sentences by a service that speaks OpenAI's protocol (its Responses): OpenAI itself, or one in the house.

The client's own limit begins anew with every byte, so a deadline of ours ends the whole; a try that outlives it ends in its thread, and
only a few such threads may live at once. The library is loaded with the first question: it takes a second, and most processes ask none.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

from domain.ai.outcome import Outcome
from integrations.text_model import Answer, Phrasing, Question

if TYPE_CHECKING:
    from openai import OpenAI

SILENCE_SECONDS: Final = 8.0
"""How long the service may say nothing."""
WHOLE_SECONDS: Final = 12.0
"""The longest somebody waits for it, tries and pauses included."""
TRIES_MORE: Final = 1
"""Of the client itself, for a moment's trouble."""
MOST_AT_ONCE: Final = 8
"""Questions on their way, those given up included."""
_OF_STATUS: Final = {401: Outcome.KEY_REFUSED, 403: Outcome.KEY_REFUSED, 429: Outcome.BUSY}
_LOG: Final = logging.getLogger("pacesetter.ai")


class OpenAiTextModel:
    """Asks one service with one key."""

    def __init__(
        self, url: str, key: SecretStr, model: str, *, silence_seconds: float = SILENCE_SECONDS, whole_seconds: float = WHOLE_SECONDS
    ) -> None:
        """Nothing is opened yet."""
        self.name = model
        self._url, self._key = url, key
        self._silence_seconds, self._whole_seconds = silence_seconds, whole_seconds
        self._places = BoundedSemaphore(MOST_AT_ONCE)
        self._client: OpenAI | None = None

    def ask(self, question: Question) -> Answer:
        """The answer within `whole_seconds`, or why there is none."""
        began = monotonic()
        if not self._places.acquire(blocking=False):
            return Answer(outcome=Outcome.BUSY, tokens=0)
        found = _within(self._whole_seconds, lambda: self._asked(question), self._places.release)
        return replace(found, seconds=monotonic() - began)

    def _asked(self, question: Question) -> Answer:
        try:
            answer = self._opened().responses.parse(
                model=self.name,
                instructions=question.instructions,
                input=[{"role": "user", "content": question.told}],
                text_format=question.form,
                max_output_tokens=question.most_tokens,
                store=False,
            )
            return _read(answer)
        except Exception as error:  # noqa: BLE001 - the library fails in a dozen ways, a page of a proxy among them
            return _failed(error)

    def _opened(self) -> "OpenAI":
        """The client, which follows no redirect: what is told goes to this address or nowhere."""
        if self._client is None:
            from openai import DefaultHttpxClient, OpenAI  # noqa: PLC0415 - loaded with the first question

            self._client = OpenAI(
                api_key=self._key.get_secret_value(),
                base_url=self._url,
                timeout=self._silence_seconds,
                max_retries=TRIES_MORE,
                http_client=DefaultHttpxClient(follow_redirects=False, timeout=self._silence_seconds),
            )
        return self._client


def _read(answer: Any) -> Answer:  # noqa: ANN401 - the library's own, or a text where a proxy answered
    tokens = answer.usage.total_tokens if answer.usage else None
    if answer.output_parsed is None:
        return Answer(outcome=Outcome.DECLINED, tokens=tokens)
    if isinstance(answer.output_parsed, Phrasing):
        return Answer(outcome=Outcome.OK, sentences=tuple(answer.output_parsed.sentences), tokens=tokens)
    return Answer(outcome=Outcome.OK, filled=answer.output_parsed, tokens=tokens)


def _failed(error: Exception) -> Answer:
    """What it means; the log names the kind of the error and the service's own number for it, never its words."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError  # noqa: PLC0415 - loaded by now

    _LOG.warning("The language model did not answer: %s (%s)", type(error).__name__, getattr(error, "request_id", None) or "no number")
    if isinstance(error, APITimeoutError):
        return Answer(outcome=Outcome.LATE)
    if isinstance(error, APIConnectionError):
        return Answer(outcome=Outcome.UNREACHABLE, tokens=0)
    if isinstance(error, APIStatusError):
        return Answer(outcome=_OF_STATUS.get(error.status_code, Outcome.TROUBLE), tokens=0)
    return Answer(outcome=Outcome.UNREADABLE)


def _within(seconds: float, work: Callable[[], Answer], ended: Callable[[], None]) -> Answer:
    """The work's answer, or that it came too late; `ended` is called when the work is over, however long that takes."""
    answers: SimpleQueue[Answer] = SimpleQueue()

    def done() -> None:
        try:
            answers.put(work())
        finally:
            ended()

    Thread(target=done, name="language model", daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return Answer(outcome=Outcome.LATE)
