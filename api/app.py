"""The HTTP API: its routes, and one shape for every error. app.py mounts it under /api."""

import re
from typing import Any, Final

from fastapi import FastAPI

from api import errors
from api.middleware.body_size import BodyLimit
from api.middleware.unstored import Unstored
from api.routes import ROUTERS
from recorder import MEGABYTE
from settings import settings

LARGEST_BODY: Final = 4 * 1024 * 1024
"""A thousand activities with long notes; more is a mistake."""
RECORDINGS: Final = re.compile(r"/v1/activities/[0-9]+/recordings$")
"""Where sound comes in: written to disk as it arrives, under a limit of its own."""
WRAPPING: Final = 64 * 1024
"""What a form adds around a file."""

DESCRIPTION: Final = (
    "Feed Pacesetter from a dialer or a CRM, and read what is in it. Programs send `Authorization: Bearer …` with a service token "
    "(People screen, *API tokens*) or a person's token (`POST /v1/auth/token`). docs/api.md has the first ten minutes."
)


_FIRST_WORDS: Final = re.compile(r"[^.:;\n]+")


class Api(FastAPI):
    """Its operations are titled by the first words of what they say of themselves, not by the names of functions."""

    def openapi(self) -> dict[str, Any]:
        """The schema, titles included."""
        schema = super().openapi()
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["summary"] = _title(operation["description"])
        return schema


def _title(description: str) -> str:
    found = _FIRST_WORDS.match(description)
    return found[0] if found else description


def build_api() -> FastAPI:
    """The API as one ASGI app. FastAPI's documentation pages load scripts from elsewhere, so they are off; ours are a route.

    An address with a slash too many is no address: a redirect would name the host and scheme the request claims, and clients follow
    it with their token.
    """
    api = Api(
        title="Pacesetter",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    api.add_middleware(BodyLimit, limit=LARGEST_BODY, larger={RECORDINGS: settings().recording_megabytes * MEGABYTE + WRAPPING})
    api.add_middleware(Unstored)
    errors.install(api)
    for router in ROUTERS:
        api.include_router(router)
    return api
