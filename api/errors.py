"""The API's one error shape, {"error": {"code", "message"}}, and the HTTP status each named error gets."""

import logging
from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from domain.errors import AccessError, ConflictError, InputError, NotFoundError, PacesetterError, SetupError

STATUS_OF: Final[Mapping[type[PacesetterError], int]] = {
    InputError: 422,
    NotFoundError: 404,
    AccessError: 403,
    ConflictError: 409,
    SetupError: 503,
    PacesetterError: 400,
}
CODE_OF: Final[Mapping[int, str]] = {
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many_requests",
}
_WORDS_OF: Final[Mapping[int, str]] = {404: "There is nothing at this address.", 405: "This address does not accept that method."}
_log = logging.getLogger("pacesetter.api")


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
    return error_response(status_of(error), error.code, str(error))


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Name each field and what is wrong with it; never repeat the value, it may be a password."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    faults = (f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'body'}: {fault['msg']}" for fault in error.errors())
    return error_response(422, InputError.code, "; ".join(faults))


def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    message = _WORDS_OF.get(error.status_code, str(error.detail))
    return error_response(error.status_code, CODE_OF.get(error.status_code, "error"), message, error.headers)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    """Tell the log what happened and the caller only that it did."""
    _log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return error_response(500, "internal", "Something went wrong on our side. It has been logged; please try again.")
