"""OpenAI's transcription as documented: a multipart form with a file whose ending says its kind, a model it knows, a key it knows.

Its diarizing model tells voices apart where it is asked in the one format that shows them, and wants to be told how to cut the sound.
"""

import json
from email import message_from_bytes
from typing import Any

from tests.fakes.http import OutsideWorld, Request, Response

KEY = "sk-CANARY-key"
MODEL, DIARIZING = "whisper-1", "gpt-4o-transcribe-diarize"
FORMATS = {MODEL: {"json", "text", "srt", "verbose_json", "vtt"}, DIARIZING: {"json", "text", "diarized_json"}}
KINDS = frozenset({"flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm"})
WORDS = "Hello, this is Ada. Shall we meet on Thursday?"
TALK = (("A", "Hello, this is Ada."), ("A", "Shall we meet on Thursday?"), ("B", "Thursday is too soon."), ("A", "Then Friday."))


class TranscriptionService(OutsideWorld):
    """Hears the same in every recording."""

    def judge(self, request: Request) -> Response:
        if request.path != "/v1/audio/transcriptions":
            return error(404, f"Invalid URL (POST {request.path})", None)
        shown = header(request, "Authorization")
        if shown != f"Bearer {KEY}":
            return error(401, f"Incorrect API key provided: {shown}.", "invalid_api_key")
        form = fields(request)
        model, asked = form["model"].decode(), form.get("response_format", b"json").decode()
        if model not in FORMATS:
            return error(404, f"The model `{model}` does not exist", "model_not_found")
        if form["file name"].decode().rpartition(".")[2] not in KINDS:
            return error(400, f"Unrecognized file format. Supported formats: {sorted(KINDS)}", None)
        if why_not := unfit(model, asked, form):
            return error(400, why_not, "unsupported_value")
        told = diarized() if asked == "diarized_json" else {"text": WORDS}
        return Response(200, json.dumps(told), {"Content-Type": "application/json"})


def unfit(model: str, asked: str, form: dict[str, bytes]) -> str:
    """Why the model does not take what is asked of it; empty where it does."""
    if asked not in FORMATS[model]:
        return f"response_format '{asked}' is not compatible with model '{model}'."
    return "chunking_strategy is required for diarization models" if model == DIARIZING and "chunking_strategy" not in form else ""


def diarized() -> dict[str, Any]:
    """The talk, a segment each time somebody takes breath."""
    named = ((number, {"id": f"seg_{number}", "speaker": who, "text": said}) for number, (who, said) in enumerate(TALK))
    segments = [each | {"type": "transcript.text.segment", "start": number * 2.0, "end": number * 2.0 + 1.5} for number, each in named]
    usage = {"type": "duration", "seconds": 8}
    return {"task": "transcribe", "duration": 8.0, "text": " ".join(said for _, said in TALK), "segments": segments, "usage": usage}


def error(status: int, message: str, code: str | None, **headers: str) -> Response:
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    return Response(status, json.dumps(body), {"Content-Type": "application/json"} | headers)


def header(request: Request, name: str) -> str:
    """A header of the request, however its name is written."""
    return next((value for written, value in request.headers.items() if written.lower() == name.lower()), "")


def fields(request: Request) -> dict[str, bytes]:
    """The form's fields by name, and the `file name`."""
    head = f"Content-Type: {header(request, 'Content-Type')}\r\n\r\n".encode()
    found: dict[str, bytes] = {}
    parts: Any = message_from_bytes(head + request.body).get_payload()
    for part in parts:
        found[part.get_param("name", header="Content-Disposition")] = part.get_payload(decode=True)
        if part.get_filename():
            found["file name"] = part.get_filename().encode()
    return found
