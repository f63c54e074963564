"""Settings."""

import streamlit as st

from ui.page import open_page

viewer = open_page("settings")
st.title("Settings")
st.write(viewer.name)
