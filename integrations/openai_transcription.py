"""Recordings written down by a service that speaks OpenAI's protocol: OpenAI itself, or one in the house."""

import wave
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from openai import APIConnectionError, APIStatusError, APITimeoutError, DefaultHttpxClient, OpenAI, OpenAIError, omit

from integrations.spoken_lines import Heard, spoken_lines
from integrations.transcription import TranscriptionLaterError, TranscriptionRefusedError

LARGEST_BYTES: Final = 25 * 1024 * 1024
"""What OpenAI takes at once; a longer WAV file, as browsers make them, is sent in pieces."""
HEAD_BYTES: Final = 4096
"""Room for what a piece begins with."""
SILENCE_SECONDS: Final = 120.0
"""How long the service may say nothing: it answers when it has heard all of an hour's call."""
WHOLE_SECONDS: Final = 240.0
"""The longest one piece may take, tries and pauses included; a slow drip would otherwise never end."""
TRIES_MORE: Final = 1
"""Of the client itself; whoever asks comes again anyway."""
LONGEST_TRANSCRIPT: Final = 200_000
"""Signs; an hour of fast talk has about 60,000."""
DIARIZES: Final = "diarize"
"""In the name of a model that tells voices apart, such as gpt-4o-transcribe-diarize."""
TOO_LARGE: Final = f"This recording is longer than the transcription service takes ({LARGEST_BYTES // 1024 // 1024} MB). Send WAV instead."
UNREADABLE: Final = "The transcription service cannot read this recording."
LATE: Final = "The transcription service did not answer in time."
UNREACHABLE: Final = "The transcription service cannot be reached."
GIBBERISH: Final = "The transcription service answered with something that is no transcript."
_KEY: Final = "The transcription service does not accept the key."
_OF_STATUS: Final = {
    401: _KEY,
    403: _KEY,
    404: "The transcription service does not know this address or model.",
    429: "The transcription service is busy, or its account has no credit left.",
}
_UNREADABLE_STATUS: Final = frozenset({400, 413, 415, 422})


class OpenAiTranscriber:
    """Asks one service with one key."""

    def __init__(
        self, url: str, key: str, model: str, *, silence_seconds: float = SILENCE_SECONDS, whole_seconds: float = WHOLE_SECONDS
    ) -> None:
        """Without a key the service must do without one. It is followed nowhere else: the sound goes to this address or not at all."""
        self._client = OpenAI(
            api_key=key or "none",
            base_url=url,
            timeout=silence_seconds,
            max_retries=TRIES_MORE,
            http_client=DefaultHttpxClient(follow_redirects=False, timeout=silence_seconds),
        )
        self._model, self._whole_seconds = model, whole_seconds

    def transcribe(self, sound: Path, *, name: str) -> str:
        """What is said in the file, at most `LONGEST_TRANSCRIPT` signs of it; raises a TranscriptionError.

        By a model that tells voices apart, a line a turn; not where the file goes in pieces, since each begins with voices of its own.
        """
        answers = [_within(self._whole_seconds, lambda piece=piece: self._asked(name, piece)) for piece in _pieces(sound, name)]  # type: ignore[misc]
        texts = [_lines(answers[0])] if len(answers) == 1 else [_text(answer) for answer in answers]
        return " ".join(text.replace("\x00", "").strip() for text in texts)[:LONGEST_TRANSCRIPT]

    def _asked(self, name: str, content: bytes) -> object:
        tells_voices = DIARIZES in self._model
        try:
            return self._client.audio.transcriptions.create(
                model=self._model,
                file=(name, content),
                response_format="diarized_json" if tells_voices else "json",
                chunking_strategy="auto" if tells_voices else omit,
            )
        except APITimeoutError as error:
            raise TranscriptionLaterError(LATE) from error
        except APIConnectionError as error:
            raise TranscriptionLaterError(UNREACHABLE) from error
        except APIStatusError as error:
            raise _of_status(error.status_code) from error
        except (OpenAIError, ValueError) as error:
            raise TranscriptionLaterError(GIBBERISH) from error


def _text(answer: object) -> str:
    """All words of an answer."""
    text: object = getattr(answer, "text", None)
    if not isinstance(text, str):
        raise TranscriptionLaterError(GIBBERISH)
    return text


def _lines(answer: object) -> str:
    """The words by voices where the answer tells them, else as they are."""
    segments: object = getattr(answer, "segments", None)
    if not segments:
        return _text(answer)
    if not isinstance(segments, list):
        raise TranscriptionLaterError(GIBBERISH)
    return spoken_lines([_heard(each) for each in segments])


def _heard(segment: object) -> Heard:
    voice, words = getattr(segment, "speaker", None), getattr(segment, "text", None)
    if not isinstance(voice, str) or not isinstance(words, str):
        raise TranscriptionLaterError(GIBBERISH)
    return voice, words


def _pieces(sound: Path, name: str) -> Iterator[bytes]:
    """The file, or files of the same kind that together say the same; a word at a seam may suffer."""
    if sound.stat().st_size <= LARGEST_BYTES:
        yield sound.read_bytes()
    elif not name.endswith(".wav"):
        raise TranscriptionRefusedError(TOO_LARGE)
    else:
        yield from _wav_pieces(sound)


def _wav_pieces(sound: Path) -> Iterator[bytes]:
    try:
        with wave.open(str(sound), "rb") as whole:
            frames = (LARGEST_BYTES - HEAD_BYTES) // (whole.getnchannels() * whole.getsampwidth())
            while heard := whole.readframes(frames):
                piece = BytesIO()
                with wave.open(piece, "wb") as written:
                    written.setparams(whole.getparams())
                    written.writeframes(heard)
                yield piece.getvalue()
    except (wave.Error, EOFError) as error:
        raise TranscriptionRefusedError(UNREADABLE) from error


def _of_status(status: int) -> TranscriptionLaterError | TranscriptionRefusedError:
    if status in _UNREADABLE_STATUS:
        return TranscriptionRefusedError(UNREADABLE)
    return TranscriptionLaterError(_OF_STATUS.get(status, f"The transcription service is in trouble ({status})."))


def _within(seconds: float, work: Callable[[], object]) -> object:
    """The work's result; TranscriptionLaterError when there is none in time. The client's own limit begins anew with every byte."""
    results: SimpleQueue[object] = SimpleQueue()

    def done() -> None:
        try:
            results.put(work())
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            results.put(error)

    Thread(target=done, name="transcription", daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except Empty:
        raise TranscriptionLaterError(LATE) from None
    if isinstance(result, Exception):
        raise result
    return result
