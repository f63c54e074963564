"""The HTTP API: its routes, and one shape for every error. app.py mounts it under /api."""

from fastapi import FastAPI

from api import errors
from api.routes import ROUTERS


def build_api() -> FastAPI:
    """The API as one ASGI app. Its documentation pages load scripts from elsewhere, so they are off."""
    api = FastAPI(title="Pacesetter", docs_url=None, redoc_url=None, openapi_url=None)
    errors.install(api)
    for router in ROUTERS:
        api.include_router(router)
    return api
