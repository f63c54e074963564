"""Sound is not lost by being in a hurry: whoever saves while the recorder still runs has it stopped and sent first."""

from typing import Final

import streamlit as st

_SCRIPT: Final = """
const STEP = 100, PATIENCE = 30000;

export default function ({ data }) {
    const running = () => document.querySelector(`${data.card} button[aria-label="Stop recording"]`);
    const whole = () => document.querySelector(`${data.card} button[aria-label="Play"]`);

    const stopFirst = (event) => {
        const save = event.target.closest?.(`${data.save} button`);
        const stop = save && running();
        if (!stop) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        stop.click();
        let waited = 0;
        const timer = setInterval(() => {
            waited += STEP;
            if (whole()) save.click();
            if (whole() || waited > PATIENCE) clearInterval(timer);
        }, STEP);
    };

    document.addEventListener("click", stopFirst, true);
    return () => document.removeEventListener("click", stopFirst, true);
}
"""


def stop_before(save: str, *, within: str, key: str) -> None:
    """Let a click on the button with the key `save` stop the recorder inside the container `within` first, and follow when it has ended."""
    guard = st.components.v2.component("pacesetter_recording_guard", js=_SCRIPT)
    guard(key=key, data={"save": f".st-key-{save}", "card": f".st-key-{within}"}, height=1)
