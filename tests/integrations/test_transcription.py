"""The service writes down what it can; whatever else it does is a sentence, in time, without key or address."""

import json
import wave
from io import BytesIO
from pathlib import Path
from time import monotonic

import pytest

from domain.conversations.turns import talk_shares
from domain.metrics.measures import Ratio
from integrations import openai_transcription as client
from integrations.openai_transcription import OpenAiTranscriber
from integrations.transcription import (
    NOT_SET_UP,
    NoTranscriber,
    TranscriptionError,
    TranscriptionLaterError,
    TranscriptionRefusedError,
)
from tests.fakes import sounds
from tests.fakes.http import CLOSE, DRIP, HANG, OutsideWorld, Response
from tests.fakes.transcription import DIARIZING, KEY, MODEL, WORDS, TranscriptionService, error, fields

SOUND = sounds.wav(0.1)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "0123456789abcdef"
    path.write_bytes(SOUND)
    return path


def transcriber(world: OutsideWorld, *, key: str = KEY, model: str = MODEL, whole: float = 5.0, silence: float = 5.0) -> OpenAiTranscriber:
    return OpenAiTranscriber(f"{world.url}/v1", key, model, silence_seconds=silence, whole_seconds=whole)


def refusal(world: OutsideWorld, sound: Path, *, name: str = "sound.wav", **options: object) -> TranscriptionError:
    with pytest.raises(TranscriptionError) as refused:
        transcriber(world, **options).transcribe(sound, name=name)  # type: ignore[arg-type]
    words = str(refused.value)
    assert KEY not in words
    assert world.url not in words
    return refused.value


def test_what_was_said_comes_back_and_nothing_but_the_sound_goes_out(transcription: TranscriptionService, sound: Path) -> None:
    assert transcriber(transcription).transcribe(sound, name="sound.wav") == WORDS

    (request,) = transcription.requests
    form = fields(request)
    assert (form["file"], form["file name"], form["model"]) == (SOUND, b"sound.wav", MODEL.encode())
    assert set(form) == {"file", "file name", "model", "response_format"}
    assert sound.name.encode() not in request.body


def test_a_model_that_tells_voices_apart_gives_a_line_a_turn(transcription: TranscriptionService, sound: Path) -> None:
    told = transcriber(transcription, model=DIARIZING).transcribe(sound, name="sound.wav")
    assert told.splitlines() == [
        "Speaker 1: Hello, this is Ada. Shall we meet on Thursday?",
        "Speaker 2: Thursday is too soon.",
        "Speaker 1: Then Friday.",
    ]
    shares = talk_shares(told)
    assert shares == {"Speaker 1": Ratio(11, 15), "Speaker 2": Ratio(4, 15)}
    (request,) = transcription.requests
    form = fields(request)
    assert (form["response_format"], form["chunking_strategy"]) == (b"diarized_json", b"auto")


@pytest.mark.parametrize(
    ("segments", "told"),
    [
        ([{"speaker": "B", "text": " Yes.\n"}, {"speaker": "A", "text": ""}, {"speaker": "B", "text": "No."}], "Yes. No."),
        ([], "All of it."),
        ([{"speaker": "B", "text": "Yes."}, {"speaker": "A", "text": "No.\nNever."}], "Speaker 1: Yes.\nSpeaker 2: No. Never."),
    ],
    ids=["one voice", "none", "two"],
)
def test_a_voice_alone_has_no_label(transcription: TranscriptionService, sound: Path, segments: list[dict[str, str]], told: str) -> None:
    body = {"task": "transcribe", "duration": 1.0, "text": "All of it.", "segments": segments}
    transcription.say(Response(200, json.dumps(body), {"Content-Type": "application/json"}))
    assert transcriber(transcription, model=DIARIZING).transcribe(sound, name="sound.wav") == told


@pytest.mark.parametrize("segments", ["words", [{"speaker": 1, "text": "Yes."}], [{"text": "Yes."}], ["Yes."]])
def test_segments_that_are_none_are_no_transcript(transcription: TranscriptionService, sound: Path, segments: object) -> None:
    body = {"task": "transcribe", "duration": 1.0, "text": "All of it.", "segments": segments}
    transcription.say(Response(200, json.dumps(body), {"Content-Type": "application/json"}))
    assert str(refusal(transcription, sound, model=DIARIZING)) == client.GIBBERISH


def test_the_voices_of_a_recording_in_pieces_are_nobodys(
    transcription: TranscriptionService, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LARGEST_BYTES", sound.stat().st_size - 1)
    monkeypatch.setattr(client, "HEAD_BYTES", 100)
    told = transcriber(transcription, model=DIARIZING).transcribe(sound, name="sound.wav")
    assert len(transcription.requests) > 1
    assert talk_shares(told) is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"key": "sk-wrong"}, client._KEY),
        ({"key": ""}, client._KEY),
        ({"model": "gpt-nothing"}, client._OF_STATUS[404]),
    ],
)
def test_a_wrong_setting_is_said_and_may_be_mended(
    transcription: TranscriptionService, sound: Path, options: dict[str, str], words: str
) -> None:
    found = refusal(transcription, sound, **options)
    assert (type(found), str(found)) == (TranscriptionLaterError, words)


def test_a_recording_the_service_cannot_read_is_never_read(transcription: TranscriptionService, sound: Path) -> None:
    found = refusal(transcription, sound, name="sound.exe")
    assert (type(found), str(found)) == (TranscriptionRefusedError, client.UNREADABLE)


def test_a_busy_service_is_asked_once_more(transcription: TranscriptionService, sound: Path) -> None:
    transcription.say(error(429, "Rate limit reached", "rate_limit_exceeded", **{"Retry-After": "0"}))
    assert transcriber(transcription).transcribe(sound, name="sound.wav") == WORDS
    assert len(transcription.requests) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_stays_in_trouble_may_be_asked_later(transcription: TranscriptionService, sound: Path, status: int) -> None:
    transcription.say(*[error(status, "no", "insufficient_quota", **{"Retry-After": "0"})] * 2)
    assert type(refusal(transcription, sound)) is TranscriptionLaterError


@pytest.mark.parametrize(
    "answer",
    [
        Response(200, "<html>Sign in to the guest network</html>", {"Content-Type": "text/html"}),
        Response(200, "{", {"Content-Type": "application/json"}),
        Response(200, '{"words": 3}', {"Content-Type": "application/json"}),
        Response(200, "[]", {"Content-Type": "application/json"}),
        Response(200, '{"text": null}', {"Content-Type": "application/json"}),
    ],
    ids=["page", "half", "other", "list", "null"],
)
def test_an_answer_that_is_no_transcript_is_none(transcription: TranscriptionService, sound: Path, answer: Response) -> None:
    transcription.say(answer, answer)
    found = refusal(transcription, sound)
    assert (type(found), str(found)) == (TranscriptionLaterError, client.GIBBERISH)


def test_the_sound_follows_no_redirect(transcription: TranscriptionService, webhook: OutsideWorld, sound: Path) -> None:
    transcription.say(Response(307, "", {"Location": f"{webhook.url}/v1/audio/transcriptions"}))
    assert type(refusal(transcription, sound)) is TranscriptionLaterError
    assert webhook.requests == []


@pytest.mark.parametrize("manner", [HANG, DRIP, CLOSE])
def test_a_service_that_is_not_there_in_time_is_given_up_for_now(transcription: TranscriptionService, sound: Path, manner: str) -> None:
    transcription.say(*[Response(manner=manner)] * 2)
    began = monotonic()
    found = refusal(transcription, sound, whole=0.8, silence=0.3)
    assert type(found) is TranscriptionLaterError
    assert monotonic() - began < 5


def test_a_port_nobody_listens_on_is_said(transcription: TranscriptionService, sound: Path) -> None:
    nobody = OutsideWorld(port=1)
    assert str(refusal(nobody, sound)) == client.UNREACHABLE
    assert transcription.requests == []


def test_a_long_recording_of_a_browser_is_sent_in_pieces_of_the_same_kind(
    transcription: TranscriptionService, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LARGEST_BYTES", client.HEAD_BYTES + 1000)
    sound.write_bytes(sounds.wav(0.5))
    assert transcriber(transcription).transcribe(sound, name="sound.wav") == " ".join([WORDS] * 8)

    pieces = [frames(fields(each)["file"]) for each in transcription.requests]
    assert b"".join(sound for _, sound in pieces) == frames(sounds.wav(0.5))[1]
    assert {rate for rate, _ in pieces} == {8000}


def frames(content: bytes) -> tuple[int, bytes]:
    with wave.open(BytesIO(content)) as file:
        return file.getframerate(), file.readframes(file.getnframes())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("sound.mp3", sounds.mp3(20), client.TOO_LARGE), ("sound.wav", sounds.wav(1)[:20] + b"\x00" * 9000, client.UNREADABLE)],
)
def test_what_is_too_long_and_cannot_be_cut_is_not_sent(
    transcription: TranscriptionService, sound: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, words: str
) -> None:
    monkeypatch.setattr(client, "LARGEST_BYTES", client.HEAD_BYTES + 1000)
    sound.write_bytes(content)
    found = refusal(transcription, sound, name=name)
    assert (type(found), str(found), transcription.requests) == (TranscriptionRefusedError, words, [])


def test_a_transcript_is_stored_as_text_can_be(transcription: TranscriptionService, sound: Path) -> None:
    transcription.say(Response(200, '{"text": " \\u0000Hello\\n "}', {"Content-Type": "application/json"}))
    assert transcriber(transcription).transcribe(sound, name="sound.wav") == "Hello"


def test_an_installation_without_a_service_lets_everything_wait(sound: Path) -> None:
    with pytest.raises(TranscriptionLaterError, match=NOT_SET_UP):
        NoTranscriber().transcribe(sound, name="sound.wav")
