"""The bridge between the screen and the sign-in cookie, which only the server's API can set, change or read."""

from typing import Final

import streamlit as st

FAILED: Final = "cookie_bridge_failed"

_SCRIPT: Final = """
const asked = new Set();

export default function (component) {
    const { data, setTriggerValue } = component;
    if (asked.has(data.request)) return;
    asked.add(data.request);
    const options = { method: data.method, credentials: "same-origin" };
    if (data.method === "POST") {
        options.headers = { "Content-Type": "application/json" };
        options.body = JSON.stringify({ ticket: data.ticket });
    }
    fetch("/api/session", options)
        .then((answer) => {
            if (!answer.ok) throw new Error(answer.status);
            if (data.method === "POST") window.location.reload();
            else window.location.assign("/");
        })
        .catch(() => setTriggerValue("failed", true));
}
"""


def redeem(ticket: str) -> None:
    """Let the browser exchange the ticket for its cookie and load the same address again, now signed in."""
    _ask("POST", ticket)


def forget() -> None:
    """Let the browser end its session, drop the cookie and go to the front page."""
    _ask("DELETE", "")


def take_failure() -> bool:
    """Whether the last exchange failed; told once."""
    return bool(st.session_state.pop(FAILED, False))


def _ask(method: str, ticket: str) -> None:
    bridge = st.components.v2.component("pacesetter_cookie_bridge", js=_SCRIPT)
    bridge(
        key="cookie_bridge",
        data={"method": method, "ticket": ticket, "request": f"{method} {ticket}"},
        on_failed_change=_note_failure,
        height=1,
    )


def _note_failure() -> None:
    st.session_state[FAILED] = True
