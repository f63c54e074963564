"""One-time passwords, shown to the administrator once."""

from typing import Final

import streamlit as st

from ui.wording import plain

_SHOWN: Final = "one_time_password"


def keep(name: str, password: str) -> None:
    """Show the password on the next run of the screen, until it is put away."""
    st.session_state[_SHOWN] = (name, password)


def show() -> None:
    """The password that waits to be passed on, if there is one."""
    if _SHOWN not in st.session_state:
        return
    name, password = st.session_state[_SHOWN]
    with st.container(border=True, key="card-one-time"):
        st.markdown(f"**Pass this password on to {plain(name)}.** It is shown only now, and works until they choose their own.")
        st.code(password, language=None)
        if st.button("I have passed it on", key="one_time_done", type="primary"):
            del st.session_state[_SHOWN]
            st.rerun()
