"""Calling a lead: its number as a link that a phone dials."""

import re
from typing import Final

import streamlit as st

from ui.wording import plain

FEWEST_DIGITS: Final = 3
"""The shortest numbers there are, such as those for emergencies; with fewer it is a remark."""
MOST_DIGITS: Final = 15
"""The longest number of the international plan (ITU-T E.164); two numbers in one field are longer."""


def call_button(phone: str, *, key: str) -> None:
    """A button that dials the number; nothing where there is none to dial."""
    address = dial_address(phone)
    if address is not None:
        st.link_button(f"Call {plain(phone, limit=40)}", address, icon=":material/call:", key=key)


def dial_address(phone: str) -> str | None:
    """`tel:+442079460958`: the digits and a leading plus, without an extension; None for what is more than a number."""
    number = re.sub(r"(?i)\s*(?:ext\.?|x|#)\s*[0-9]+$", "", phone.strip()).replace("(0)", "")
    digits = re.sub(r"[^0-9]", "", number)
    if re.search(r"[^0-9+()./\s-]", number) or not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return None
    return f"tel:{'+' if number.startswith('+') else ''}{digits}"
