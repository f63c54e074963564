"""People."""

import streamlit as st

from ui.page import open_page

viewer = open_page("people")
st.title("People")
st.write(viewer.name)
