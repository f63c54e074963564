"""A link of a digest that was followed: it was not ignored, so it goes on coming every week."""

import streamlit as st

import clock
from database import database
from services import week_digest_news
from services.access import Viewer


def note(viewer: Viewer) -> None:
    """Write down that it was opened, and take the mark out of the address."""
    week_start = st.query_params.get(week_digest_news.MARK)
    if week_start is not None:
        database().write(lambda session: week_digest_news.opened(session, viewer, week_start, clock.now()))
        del st.query_params[week_digest_news.MARK]
