"""The ASGI entry: Streamlit's screens, the API under /api and what wraps both. No screens and no rules in here."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import altair as alt  # noqa: F401 - heavy; imported once, before the first visitor
import pandas as pd  # noqa: F401 - the same
import pyarrow as pa  # noqa: F401 - the same
import streamlit as st
from starlette.routing import Mount

from api import feed, tv
from api.app import build_api
from api.live import live_screens
from api.middleware import middleware
from database import database
from services import logs
from settings import PROJECT, LogFormat, settings, writes_to_journal
from ui import trouble

STREAMLIT_PAGE: Final = Path(st.__file__).parent / "static" / "index.html"
settings().refuse_weakness()
logs.configure(as_json=settings().log_format is LogFormat.JSON, for_journal=writes_to_journal())


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Keep what is loaded out of every later garbage collection, keep screens informed; give connections back at the end."""
    logs.adopt()
    gc.collect()
    gc.freeze()
    async with live_screens():
        yield
    database().close()


app = st.App(
    PROJECT / "ui" / "router.py",
    routes=[Mount("/api", app=build_api()), feed.ROUTE, *tv.ROUTES],
    middleware=middleware(settings(), STREAMLIT_PAGE),
    lifespan=lifespan,
    on_script_error=trouble.show,
)

if __name__ == "__main__":
    app.run()
