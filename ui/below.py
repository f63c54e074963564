"""What lies below the first screenful is read and drawn in a second step, so that the first one is there at once.

A screen that has just been opened ends its first run above it; as soon as the browser has drawn that and rests, it asks for the rest,
and asks again where nothing came of it and nothing runs. Once it is there, further runs draw the whole screen in one go.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from ui.turns import fragment

KEY: Final = "below"
_SCREEN: Final = "screen"
WHOLE: Final = "screen_is_whole"
_HANDSHAKE: Final = "Sec-WebSocket-Key"
"""In the headers of a browser; programs and tests read a screen without one, and nobody would ask for the rest."""

_SCRIPT: Final = """
const PATIENCE = 400, AGAIN = 2000;

export default function ({ setTriggerValue }) {
    const ask = () => setTriggerValue("wanted", true);
    const isRunning = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running";
    const again = setInterval(() => isRunning() || ask(), AGAIN);
    const stop = whenTheBrowserRests(ask);
    return () => { stop(); clearInterval(again); };
}

function whenTheBrowserRests(act) {
    if (!window.requestIdleCallback) {
        const timer = setTimeout(act, PATIENCE / 4);
        return () => clearTimeout(timer);
    }
    const rest = requestIdleCallback(act, { timeout: PATIENCE });
    return () => cancelIdleCallback(rest);
}
"""


def arrive(screen: str) -> None:
    """Say which screen is drawn: coming from another one begins with its first screenful."""
    if st.session_state.get(_SCREEN) != screen:
        st.session_state[_SCREEN] = screen
        st.session_state[WHOLE] = not _has_browser()


@fragment(key=KEY)
def show(draw: Callable[[], None]) -> None:
    """Draw the rest of the screen, now or when the browser asks for it; one place of a screen only."""
    if st.session_state.get(WHOLE, True):
        draw()
    else:
        asker = st.components.v2.component("pacesetter_below", js=_SCRIPT)
        asker(key=KEY, on_wanted_change=_wanted, height=1)


def _wanted() -> None:
    st.session_state[WHOLE] = True


def _has_browser() -> bool:
    return _HANDSHAKE in st.context.headers
