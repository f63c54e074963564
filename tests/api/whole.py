"""The API for the tests of a worker, put together once: FastAPI works out each of its routes anew for every app, for some seconds."""

from functools import cache

from fastapi import FastAPI

from api.app import build_api
from settings import settings


def whole_api() -> FastAPI:
    """The API, one for all tests under the same limits; it holds nothing between requests."""
    return _under(settings().recording_megabytes)


@cache
def _under(recording_megabytes: int) -> FastAPI:
    del recording_megabytes  # which building reads for itself
    return build_api()
