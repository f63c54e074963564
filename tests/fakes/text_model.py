"""OpenAI's Responses as documented: the model's name says how it behaves, the right key opens, and every request is remembered."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.http import DRIP, HANG, OutsideWorld, Request, Response
from tests.fakes.transcription import error, header

KEY = "sk-CANARY-1c0de5"
JSON = {"Content-Type": "application/json"}
NOW = {"Retry-After-Ms": "1"}
SENTENCES = {"sentences"}
REVIEW = {"situation", "strengths", "concerns", "red_flags", "actions", "phrases", "plan"}
"""What may be asked to be filled in."""


@dataclass
class TextService(OutsideWorld):
    """Answers with what it is told to say; `obedient` does whatever the data tells it to."""

    obeys: dict[str, list[str]] = field(default_factory=dict)
    """What an obedient model says when it reads something."""
    failed_once: bool = False

    def judge(self, request: Request) -> Response:
        if request.path != "/v1/responses":
            return error(404, f"Invalid URL (POST {request.path})", None)
        if header(request, "Authorization") != f"Bearer {KEY}":
            return error(401, f"Incorrect API key provided: {header(request, 'Authorization')}.", "invalid_api_key")
        asked = request.json
        wanted = asked["text"]["format"]
        if (wanted["type"], wanted["strict"]) != ("json_schema", True) or form(asked) not in (SENTENCES, REVIEW):
            return error(400, "Invalid schema for response_format", "invalid_json_schema")
        return self.scenario(asked["model"], asked)

    def scenario(self, model: str, asked: dict[str, Any]) -> Response:
        if model == "500then_ok":
            first, self.failed_once = not self.failed_once, True
            return SCENARIOS["500"] if first else filled_in(asked, *self.grounded(asked))
        if model == "obedient":
            told = json.dumps(data(asked), ensure_ascii=False)
            obeyed = [words for read, says in self.obeys.items() if read in told for words in says]
            return filled_in(asked, *self.grounded(asked), *obeyed)
        if model == "ok":
            return filled_in(asked, *self.grounded(asked))
        return SCENARIOS.get(model) or error(404, f"No model `{model}`", "model_not_found")

    def grounded(self, asked: dict[str, Any]) -> list[str]:
        """A sentence with everything it must say."""
        return [f"The facts say: {'; '.join(data(asked)['say'])}."]


def data(asked: dict[str, Any]) -> dict[str, Any]:
    """What is in the block of the message."""
    (block,) = re.findall(r"<data>\n(.*)\n</data>", asked["input"][0]["content"], re.DOTALL)
    found: dict[str, Any] = json.loads(block)
    return found


def form(asked: dict[str, Any]) -> set[str]:
    """The fields that are to be filled in."""
    return set(asked["text"]["format"]["schema"]["properties"])


def filled_in(asked: dict[str, Any], *sentences: str) -> Response:
    """The sentences in the form that was asked for."""
    return message(json.dumps(review(*sentences))) if form(asked) == REVIEW else said(*sentences)


def review(first: str, *others: str) -> dict[str, Any]:
    """A short review of a deal that says these sentences."""
    act = {"what": "Call the client", "why": "It is time to.", "how": "Ask what is still missing.", "urgency": "urgent"}
    own = {"situation": first, "concerns": list(others), "actions": [act], "phrases": ["What has changed on your side?"]}
    return {"strengths": [], "red_flags": [], "plan": ["Today: call the client"]} | own


def said(*sentences: str) -> Response:
    return message(json.dumps({"sentences": list(sentences)}))


def message(text: str, **fields: object) -> Response:
    return answered([{"type": "output_text", "text": text, "annotations": []}], **fields)


def answered(content: list[dict[str, Any]], **fields: object) -> Response:
    """A response that holds one message, and what it used."""
    output = {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant", "content": content}
    used = {"input_tokens": 400, "output_tokens": 100, "total_tokens": 500}
    details = {"input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}
    known = {"id": "resp_1", "object": "response", "created_at": 1, "status": "completed", "model": "x", "output": [output]}
    rest = {"usage": used | details, "parallel_tool_calls": True, "tool_choice": "auto", "tools": []}
    return Response(200, json.dumps(known | rest | fields), JSON)


SCENARIOS = {
    "badjson": message('{"sentences": ["half'),
    "wrongschema": message('{"advice": 3}'),
    "empty": message(""),
    "length": message('{"sentences": ["With 268', status="incomplete", incomplete_details={"reason": "max_output_tokens"}),
    "refusal": answered([{"type": "refusal", "refusal": "I cannot help with that."}]),
    "429": error(429, "Rate limit reached", "rate_limit_exceeded", **NOW),
    "429x": error(429, "You exceeded your current quota", "insufficient_quota", **NOW),
    "500": error(500, "The server had an error", None, **NOW),
    "html": Response(200, "<html>Sign in to the guest network</html>", {"Content-Type": "text/html"}),
    "hang": Response(manner=HANG),
    "drip": Response(200, " " * 1000, JSON, manner=DRIP),
}
