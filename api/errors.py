"""The API's one error shape, {"error": {"code", "message"}}, and the HTTP status each named error gets."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from domain.errors import (
    AccessError,
    BusyError,
    ConflictError,
    InputError,
    NotFoundError,
    PacesetterError,
    SetupError,
    SignedOutError,
    TooLargeError,
)

STATUS_OF: Final[Mapping[type[PacesetterError], int]] = {
    InputError: 422,
    TooLargeError: 413,
    NotFoundError: 404,
    AccessError: 403,
    ConflictError: 409,
    SignedOutError: 401,
    BusyError: 429,
    SetupError: 503,
    PacesetterError: 400,
}
CODE_OF: Final[Mapping[int, str]] = {
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "not_json",
    429: "too_many_requests",
}
FAULTS_NAMED: Final = 10
"""A batch can be wrong in thousands of places; the first ones show what is wrong."""
NOT_JSON: Final = "Send JSON and say so: the header Content-Type: application/json is missing."
_WORDS_OF: Final[Mapping[int, str]] = {404: "There is nothing at this address.", 405: "This address does not accept that method."}
_log = logging.getLogger("pacesetter.api")


class ErrorWords(BaseModel):
    """What went wrong: a stable code for programs, a sentence for people."""

    model_config = ConfigDict(extra="forbid")

    code: str
    message: str


class ErrorAnswer(BaseModel):
    """The one shape of every error."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"error": {"code": "not_found", "message": "There is no such lead."}}]}
    )

    error: ErrorWords


WHEN: Final[Mapping[int, str]] = {
    400: "The request cannot be read.",
    401: "Nobody is signed in, or not any more.",
    403: "The role or the token's scopes do not include it, or the request comes from another site.",
    404: "There is no such record, or you may not see it.",
    405: "The address does not accept that method.",
    409: "Something changed first, or a name is taken.",
    413: "The body is too large.",
    415: "The body is not announced as JSON.",
    422: "A value cannot be used; the message names it.",
    429: "It was tried too often; Retry-After says when to try again.",
    500: "A fault of ours.",
    503: "The installation is not ready.",
}


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors a route can answer with, for the OpenAPI document."""
    return {status: {"model": ErrorAnswer, "description": WHEN[status]} for status in (*statuses, 500)}


def named_error(error: PacesetterError) -> JSONResponse:
    """A named error as every route answers it."""
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, BusyError) else {}
    headers |= {"WWW-Authenticate": "Bearer"} if isinstance(error, SignedOutError) else {}
    return error_response(status_of(error), error.code, str(error), headers)


def error_response(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error as every route answers it."""
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status, headers=dict(headers or {}))


def status_of(error: PacesetterError) -> int:
    """The status of the error's nearest named class."""
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def install(app: FastAPI) -> None:
    """Let every failure of the app answer in the one shape."""
    app.add_exception_handler(PacesetterError, _named)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _named(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PacesetterError)  # noqa: S101 - registered for it
    return named_error(error)


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Name each field and what is wrong with it; never repeat the value, it may be a password."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    if isinstance(error.body, bytes):
        return error_response(415, CODE_OF[415], NOT_JSON)
    faults = [_fault(fault) for fault in error.errors()]
    more = [f"and {len(faults) - FAULTS_NAMED} more"] if len(faults) > FAULTS_NAMED else []
    return error_response(422, InputError.code, "; ".join(faults[:FAULTS_NAMED] + more))


def _fault(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "json_invalid":
        return f"body: is not JSON at character {fault['loc'][-1]}: {fault['ctx']['error']}"
    return f"{_place(fault['loc'])}: {str(fault['msg']).removeprefix('Value error, ')}"


def _place(where: Sequence[object]) -> str:
    """The field, without its quoted name: an unknown one is as long as whoever sent it likes."""
    return ".".join(str(part)[:60] for part in where[1:]) or "body"


def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    message = _WORDS_OF.get(error.status_code, str(error.detail))
    return error_response(error.status_code, CODE_OF.get(error.status_code, "error"), message, error.headers)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    """Tell the log what happened and the caller only that it did."""
    _log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return error_response(500, "internal", "Something went wrong on our side. It has been logged; please try again.")
