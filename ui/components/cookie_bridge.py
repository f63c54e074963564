"""The bridge between the screen and the sign-in cookie, which only the server's API can set, change or read."""

from typing import Final, Literal

import streamlit as st

FAILED: Final = "cookie_bridge_failed"
LEAVING: Final = "cookie_bridge_leaving"
"""Which try to sign out is under way."""
TRIES: Final = "cookie_bridge_tries"

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


def sign_out_button(
    *, icon: str | None = None, kind: Literal["secondary", "tertiary"] = "secondary", width: Literal["stretch", "content"] = "content"
) -> None:
    """The way out: the browser ends its session, drops the cookie and goes to the front page; nothing else is shown meanwhile.

    What was pressed once stays pressed until then, whatever else the screen is asked to draw.
    """
    st.button("Sign out", key="sign_out", on_click=_leave, icon=icon, type=kind, width=width)
    if LEAVING in st.session_state:
        _ask("DELETE", "", number=st.session_state[LEAVING])
        st.stop()
    if take_failure():
        st.error("The server could not be reached. Try again.")


def take_failure() -> bool:
    """Whether the last exchange failed; told once."""
    return bool(st.session_state.pop(FAILED, False))


def _leave() -> None:
    st.session_state[TRIES] = st.session_state[LEAVING] = st.session_state.get(TRIES, 0) + 1


def _ask(method: str, ticket: str, number: int = 0) -> None:
    bridge = st.components.v2.component("pacesetter_cookie_bridge", js=_SCRIPT)
    bridge(
        key="cookie_bridge",
        data={"method": method, "ticket": ticket, "request": f"{method} {ticket or number}"},
        on_failed_change=_note_failure,
        height=1,
    )


def _note_failure() -> None:
    st.session_state[FAILED] = True
    st.session_state.pop(LEAVING, None)
