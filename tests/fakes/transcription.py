"""OpenAI's transcription as documented: a multipart form with a file whose ending says its kind, a model it knows, a key it knows."""

import json
from email import message_from_bytes
from typing import Any

from tests.fakes.http import OutsideWorld, Request, Response

KEY = "sk-CANARY-key"
MODEL = "whisper-1"
KINDS = frozenset({"flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm"})
WORDS = "Hello, this is Ada. Shall we meet on Thursday?"


class TranscriptionService(OutsideWorld):
    """Hears the same in every recording."""

    def judge(self, request: Request) -> Response:
        if request.path != "/v1/audio/transcriptions":
            return error(404, f"Invalid URL (POST {request.path})", None)
        shown = header(request, "Authorization")
        if shown != f"Bearer {KEY}":
            return error(401, f"Incorrect API key provided: {shown}.", "invalid_api_key")
        form = fields(request)
        if form["model"] != MODEL.encode():
            return error(404, f"The model `{form['model'].decode()}` does not exist", "model_not_found")
        if form["file name"].decode().rpartition(".")[2] not in KINDS:
            return error(400, f"Unrecognized file format. Supported formats: {sorted(KINDS)}", None)
        return Response(200, json.dumps({"text": WORDS}), {"Content-Type": "application/json"})


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
