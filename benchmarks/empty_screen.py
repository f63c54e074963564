"""What an empty Streamlit page shows."""

import streamlit as st

st.title("Empty")
