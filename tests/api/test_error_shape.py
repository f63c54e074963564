"""Every failure of the API answers with a status, a stable code and a sentence, in one shape."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException

from api import errors
from domain.errors import AccessError, ConflictError, InputError, NotFoundError, PacesetterError, SetupError

FAILURES = {
    "input": (InputError("No such category."), 422, "invalid_input"),
    "missing": (NotFoundError("There is no such lead."), 404, "not_found"),
    "access": (AccessError("Not for you."), 403, "not_allowed"),
    "conflict": (ConflictError("Changed since.", code="stale"), 409, "stale"),
    "setup": (SetupError("Set DATABASE_URL."), 503, "setup"),
    "named": (PacesetterError("Something of ours."), 400, "error"),
    "busy": (HTTPException(429, "Wait a moment.", {"Retry-After": "30"}), 429, "too_many_requests"),
}


@pytest.fixture
def api() -> TestClient:
    """An API that fails as asked."""
    app = FastAPI()
    errors.install(app)

    @app.get("/fail/{how}")
    def fail(how: str) -> None:
        raise FAILURES[how][0]

    @app.get("/number/{number}")
    def number(number: int) -> int:
        return number

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("password=hunter2")

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("how", FAILURES)
def test_named_errors_keep_their_code_and_sentence(api: TestClient, how: str) -> None:
    error, status, code = FAILURES[how]

    answer = api.get(f"/fail/{how}")

    assert answer.status_code == status
    assert answer.json() == {"error": {"code": code, "message": str(getattr(error, "detail", error))}}


def test_the_headers_of_a_refusal_stay(api: TestClient) -> None:
    assert api.get("/fail/busy").headers["retry-after"] == "30"


def test_an_unknown_address_and_a_wrong_method_have_the_same_shape(api: TestClient) -> None:
    assert api.get("/nowhere").json()["error"]["code"] == "not_found"
    assert api.post("/fault").json()["error"]["code"] == "method_not_allowed"


def test_an_invalid_value_is_named_but_not_repeated(api: TestClient) -> None:
    answer = api.get("/number/my-secret")

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_input"
    assert answer.json()["error"]["message"].startswith("number: ")
    assert "my-secret" not in answer.text


def test_a_fault_of_ours_tells_the_caller_nothing_about_it(api: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = api.get("/fault")

    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert "hunter2" not in answer.text
    assert "hunter2" in caplog.text
