"""A clock that runs in the browser: the server says once how long it has been running."""

from typing import Final

import streamlit as st

_PAGE: Final = '<span role="timer"></span>'
_STYLE: Final = """
span {
    color: var(--st-text-color);
    font: 700 1.75rem var(--st-font);
    font-variant-numeric: tabular-nums;
}
"""
_SCRIPT: Final = """
const clocks = new WeakMap();

export default function ({ data, parentElement }) {
    const face = parentElement.querySelector("span");
    const began = performance.now() - data.seconds * 1000;
    const two = (number) => String(number).padStart(2, "0");
    const tick = () => {
        const passed = Math.max(0, Math.floor((performance.now() - began) / 1000));
        const hours = Math.floor(passed / 3600), minutes = Math.floor(passed / 60) % 60;
        face.textContent = (hours ? `${hours}:` : "") + `${two(minutes)}:${two(passed % 60)}`;
    };
    clearInterval(clocks.get(parentElement));
    tick();
    clocks.set(parentElement, setInterval(tick, 1000));
    return () => clearInterval(clocks.get(parentElement));
}
"""


def running(seconds: int, *, key: str) -> None:
    """Show the time since then, growing by itself: `03:20`, `1:03:20`."""
    timer = st.components.v2.component("pacesetter_timer", html=_PAGE, css=_STYLE, js=_SCRIPT)
    timer(key=key, data={"seconds": max(0, seconds)}, height="content")
