"""How people reach this product."""

from urllib.parse import urlsplit

import streamlit as st

from settings import settings


def site() -> str:
    """Host and scheme as they are set, else as this browser has them."""
    shown = urlsplit(st.context.url or "")
    return settings().address if settings().public_url or not shown.netloc else f"{shown.scheme}://{shown.netloc}"
