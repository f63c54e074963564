"""Account."""

import streamlit as st

from ui.page import open_page

viewer = open_page("account")
st.title("Account")
st.write(viewer.name)
