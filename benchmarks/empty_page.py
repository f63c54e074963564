"""An empty Streamlit page, served like the product and without anything of ours, to hold a screen's first load against."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).with_name("empty_screen.py"))
