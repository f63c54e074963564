"""Whose turn it is to draw: a few runs at once, the others wait their turn, so that a full house is served and not shuffled about.

Python computes in one thread at a time. Thirty runs at once do not end sooner than two, they only hinder each other at every step:
each element sent and each statement answered is a moment to lose one's place (docs/performance.md, "Many people at once").
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Event, Lock, get_ident
from time import monotonic
from typing import Final, ParamSpec

import streamlit as st

Given = ParamSpec("Given")
AT_ONCE: Final = 2
"""One computes while the other waits for the database; what a third would add, it takes from these two."""
LONG_SECONDS: Final = 2.0
"""A run that takes longer waits for something else, such as a slow statement, and keeps nobody from their turn any more."""


class Turns:
    """Lets a few threads through at once, in the order in which they came."""

    def __init__(self, at_once: int, long_seconds: float) -> None:
        """Nobody is in yet."""
        self._at_once, self._long_seconds = at_once, long_seconds
        self._lock = Lock()
        self._since: dict[int, float] = {}
        self._waiting: dict[int, Event] = {}

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it while the block runs; a thread that has one already goes on."""
        me = get_ident()
        if me in self._since:
            yield
            return
        self._take(me)
        try:
            yield
        finally:
            with self._lock:
                del self._since[me]
                self._call()

    def _take(self, me: int) -> None:
        called = Event()
        with self._lock:
            self._waiting[me] = called
            self._call()
        while not called.wait(timeout=self._long_seconds / 4):
            with self._lock:
                self._call()

    def _call(self) -> None:
        """Give the turns that are free to those who wait the longest; with the lock held."""
        now = monotonic()
        free = self._at_once - sum(now - since < self._long_seconds for since in self._since.values())
        for who in list(self._waiting)[: max(free, 0)]:
            self._since[who] = now
            self._waiting.pop(who).set()


TURNS: Final = Turns(AT_ONCE, LONG_SECONDS)
"""Of this process."""


def fragment(*, key: str, run_every: str | None = None) -> Callable[[Callable[Given, None]], Callable[Given, None]]:
    """A part of a screen that can be drawn again alone, when it is its turn; `key` and `run_every` are Streamlit's."""

    def of(show: Callable[Given, None]) -> Callable[Given, None]:
        @wraps(show)
        def in_turn(*args: Given.args, **kwargs: Given.kwargs) -> None:
            with TURNS.turn():
                show(*args, **kwargs)

        return st.fragment(in_turn, key=key, run_every=run_every)  # noqa: TID251 - the one place it is taken from

    return of
