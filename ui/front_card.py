"""The card in the middle of an otherwise empty screen: sign-in, the first start, a new password."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

CARD_WIDTH: Final = 440


@contextmanager
def front_card(title: str, sentence: str) -> Iterator[None]:
    """Draw the product's name, and under it a card with a title and one sentence."""
    with st.container(horizontal_alignment="center", key="front"):
        st.space("large")
        st.markdown("##### Pacesetter", width="content")
        with st.container(border=True, width=CARD_WIDTH, key="card-front"):
            st.title(title, anchor=False)
            st.caption(sentence)
            yield
