"""Screens that move by themselves: the browser listens for changes, and what shows numbers is drawn again, nothing else."""

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

import clock
from services.freshness import HEARD
from ui.session import current_viewer
from ui.turns import fragment

KEY: Final = "live"
SLOW_LOOK_SECONDS: Final = 30
"""How often a screen looks by itself while it cannot listen, as behind a proxy that holds streams back."""
REGULAR_LOOK_SECONDS: Final = 300
"""How often it looks although nothing changed: what is due by now moves with the clock."""
_HEARD: Final = "heard"

_SCRIPT: Final = """
const FAILURES_ALLOWED = 3, REST = 300, PATIENCE = 20000, BUSY = 400, PAGE_CHANGE = 3000;
const ENGAGED = '[role="dialog"], [role="menu"], [role="listbox"]';
const wanted = new Set();
let screen = null, source = null, failures = 0, over = false;
let asked = 0, timer = null, retry = null, regular = null, leaving = null;

export default function (component) {
    screen = component;
    clearTimeout(leaving);
    if (asked) {
        asked = 0;
        later(REST);
    }
    listen();
    return () => {
        if (screen === component) leaving = setTimeout(() => { screen = null; hush(); }, PAGE_CHANGE);
    };
}

document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));

function listen() {
    if (source || retry || over || !screen || document.hidden) return;
    regular = regular || setInterval(look, screen.data.regular * 1000);
    source = new EventSource("/api/events?since=" + encodeURIComponent(screen.data.heard));
    source.addEventListener("open", () => { failures = 0; });
    source.addEventListener("figures", look);
    source.addEventListener("inbox", () => want("mail"));
    source.addEventListener("ended", () => { over = true; hush(); screen?.setTriggerValue("ended", true); });
    source.addEventListener("crowded", () => { failures = FAILURES_ALLOWED; fallBack(); });
    source.addEventListener("error", fallBack);
}

function hush() {
    source?.close();
    clearTimeout(retry);
    clearInterval(regular);
    source = retry = regular = null;
}

function fallBack() {
    failures += 1;
    if (failures === 1 && source?.readyState === EventSource.CLOSED) screen?.setTriggerValue("ended", true);
    if (failures < FAILURES_ALLOWED && source?.readyState !== EventSource.CLOSED) return;
    hush();
    if (!screen || document.hidden) return;
    retry = setTimeout(() => { retry = null; look(); listen(); }, screen.data.slow * 1000);
}

function look() {
    if (screen?.data.moves) want("changed");
}

function want(news) {
    wanted.add(news);
    later(0);
}

function later(milliseconds) {
    timer = timer || setTimeout(() => { timer = null; tell(); }, milliseconds);
}

function tell() {
    if (!wanted.size || !screen || document.hidden) return;
    if (asked && Date.now() - asked < PATIENCE) return;
    if (document.querySelector(ENGAGED)) return later(BUSY);
    asked = Date.now();
    wanted.forEach((news) => screen.setTriggerValue(news, true));
    wanted.clear();
}
"""


def begin() -> None:
    """Remember the moment before anything is read for the screen: what is heard from now on, it may have missed."""
    st.session_state[_HEARD] = HEARD.mark()


def listen(keys: Sequence[str], mail: str) -> None:
    """Listen for as long as the screen is open, and draw its fragments with these keys again when what they show may have changed.

    The fragment `mail` is drawn again when a message has come or was read.
    Nothing is redrawn under a dialog, a menu or a list that is open: it waits until that is closed. When the sign-in ends
    elsewhere, the whole screen is drawn again, which is then the sign-in.
    """
    _listen(tuple(keys), mail)


@fragment(key=KEY)
def _listen(keys: tuple[str, ...], mail: str) -> None:
    """A fragment of its own, so that a change never interrupts what a click has started."""
    ear = st.components.v2.component("pacesetter_live", js=_SCRIPT)
    ear(
        key=KEY,
        data={
            "moves": bool(keys),
            "slow": SLOW_LOOK_SECONDS,
            "regular": REGULAR_LOOK_SECONDS,
            "drawn": clock.now().isoformat(),
            "heard": st.session_state.get(_HEARD, ""),
        },
        on_changed_change=lambda: _look_again(keys),
        on_mail_change=lambda: _draw_again((mail,)),
        on_ended_change=st.rerun,
        height=1,
    )


def _draw_again(keys: tuple[str, ...]) -> None:
    """Run the fragments; the listener's own comes last and tells the browser that they are done.

    Where one of them is not on the screen, as while its lower part has not come yet, the whole screen is drawn again.
    """
    if current_viewer() is None:
        st.rerun()
    try:
        st.rerun([*keys, KEY])
    except StreamlitAPIException:
        st.rerun()


def _look_again(keys: tuple[str, ...]) -> None:
    begin()
    _draw_again(keys)
