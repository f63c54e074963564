"""An open tab without a browser: speaks Streamlit's websocket protocol, signed in by cookie, pressing what the page offers."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from ui import below

PATIENCE: Final = 60.0
"""Seconds after which a run that has not finished counts as failed."""
LARGEST: Final = 64 * 1024 * 1024
USER_KEY: Final = re.compile(r"\$\$ID-[0-9a-f]{32}-(.+)")
TROUBLE: Final = "Something went wrong"
"""How the sentence of a screen that failed begins."""
FINISHED: Final = frozenset({ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """Something on the page to use."""

    id: str
    kind: str
    """The name of its element in Streamlit's protocol."""
    options: tuple[str, ...] = ()
    fragment_id: str = ""


@dataclass(slots=True, kw_only=True)
class Run:
    """What one run of the script, or of some fragments, sent to the browser."""

    seconds: float = 0.0
    messages: list[bytes] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def everything(self) -> bytes:
        """All that reached the browser, as it came."""
        return b"".join(self.messages)

    def add(self, later: Self) -> None:
        """Count a run that followed as part of this one."""
        self.seconds += later.seconds
        self.messages += later.messages
        self.complaints += later.complaints


class Tab:
    """One websocket with what the server has put on its page."""

    def __init__(self, socket: ClientConnection) -> None:
        """Nothing is on the page yet."""
        self.widgets: dict[str, Widget] = {}
        """By the key the page gave them."""
        self.timers: dict[str, float] = {}
        """Seconds after which a fragment wants to be drawn again, by its id."""
        self.session_id = ""
        self._socket = socket
        self._hashes: dict[str, str] = {}
        self._page_hash = self._query = ""
        self._values: dict[str, WidgetState] = {}

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, cookies: Mapping[str, str], *, resume: str = "") -> AsyncIterator[Self]:
        """Connect the way a page of this host does; `resume` is the session id of a tab that lost its connection."""
        host = urlsplit(url).netloc
        protocols = ["streamlit", "none", resume] if resume else ["streamlit"]
        held = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        options: dict[str, Any] = {"subprotocols": protocols, "origin": f"http://{host}", "additional_headers": held}
        async with connect(f"ws://{host}/_stcore/stream", max_size=LARGEST, compression=None, **options) as socket:
            yield cls(socket)

    async def visit(self, page: str, query: str = "") -> Run:
        """Open a page, its lower part too: the first as a deep link, further ones as by a click in the navigation."""
        self._query, self._values, self.widgets = query, {}, {}
        self._page_hash = self._hashes.get(page, "")
        run = await self._run(ClientState(page_name="" if self._page_hash else page))
        if below.KEY in self.widgets:
            await self.signal(below.KEY, "wanted")
            run.add(await self.settled())
        return run

    async def press(self, key: str) -> Run:
        """Press the button with this key."""
        widget = self.widgets[key]
        return await self._run(self._state([WidgetState(id=widget.id, trigger_value=True)], widget.fragment_id))

    async def choose(self, key: str, option: str) -> Run:
        """Choose an option of a selectbox or of pills by its label."""
        widget = self.widgets[key]
        state = WidgetState(id=widget.id)
        if widget.kind == "button_group":
            state.string_array_value.data.append(option)
        else:
            state.string_value = option
        self._values[widget.id] = state
        return await self._run(self._state([], widget.fragment_id))

    async def signal(self, key: str, event: str) -> None:
        """What a component's setTriggerValue(event, true) sends; does not wait for what comes of it."""
        widget = self.widgets[key]
        told = json.dumps([{"event": event, "value": True}])
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{widget.id}__events", json_trigger_value=told)
        await self._send(self._state([state], widget.fragment_id))

    async def rerun(self, fragment_id: str) -> None:
        """What a fragment's own timer sends; does not wait for what comes of it."""
        state = self._state([], fragment_id)
        state.is_auto_rerun = True
        await self._send(state)

    async def settled(self) -> Run:
        """What comes until the script has finished; raises TimeoutError when it does not."""
        run, started = Run(), perf_counter()
        async with asyncio.timeout(PATIENCE):
            while True:
                raw, message = await self.receive()
                run.messages.append(raw)
                run.complaints.extend(_complaints(message))
                if message.WhichOneof("type") == "script_finished" and message.script_finished in FINISHED:
                    run.seconds = perf_counter() - started
                    return run

    async def receive(self) -> tuple[bytes, ForwardMsg]:
        """The next message."""
        raw = await self._socket.recv(decode=False)
        message = ForwardMsg.FromString(raw)
        self._note(message)
        return raw, message

    async def _run(self, state: ClientState) -> Run:
        await self._send(state)
        return await self.settled()

    def _state(self, pressed: list[WidgetState], fragment_id: str) -> ClientState:
        state = ClientState(fragment_id=fragment_id)
        state.widget_states.widgets.extend([*self._values.values(), *pressed])
        return state

    async def _send(self, state: ClientState) -> None:
        state.page_script_hash, state.query_string = self._page_hash, self._query
        await self._socket.send(BackMsg(rerun_script=state).SerializeToString())

    def _note(self, message: ForwardMsg) -> None:
        """Remember what a browser would: the page, its address, the widgets on it."""
        match message.WhichOneof("type"):
            case "new_session":
                self._page_hash = message.new_session.page_script_hash or self._page_hash
                self.session_id = message.new_session.initialize.session_id or self.session_id
            case "navigation":
                self._page_hash = message.navigation.page_script_hash
                self._hashes = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "auto_rerun":
                self.timers[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "delta":
                self._note_element(message.delta)

    def _note_element(self, delta: Delta) -> None:
        kind = delta.new_element.WhichOneof("type") if delta.WhichOneof("type") == "new_element" else None
        element = getattr(delta.new_element, kind) if kind else None
        key = USER_KEY.fullmatch(getattr(element, "id", "") or "")
        if element is not None and kind is not None and key is not None and key[1] != "None":
            options = tuple(getattr(each, "content", each) for each in getattr(element, "options", ()))
            self.widgets[key[1]] = Widget(id=element.id, kind=kind, options=options, fragment_id=delta.fragment_id)


def _complaints(message: ForwardMsg) -> list[str]:
    """Errors the page shows."""
    if message.WhichOneof("type") != "delta" or message.delta.WhichOneof("type") != "new_element":
        return []
    element = message.delta.new_element
    match element.WhichOneof("type"):
        case "exception":
            return [f"{element.exception.type}: {element.exception.message}"]
        case "alert" if TROUBLE in element.alert.body:
            return [element.alert.body]
    return []
