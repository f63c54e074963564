"""The app with its other possible heart: every fragment asks again each second, nobody listens. For comparison only."""

from functools import partial

from ui import turns

EVERY = "1s"
"""As often as the promise, a change on screen within a second, asks for."""

turns.fragment = partial(turns.fragment, run_every=EVERY)

from ui.components import live  # noqa: E402 - after what its decorator uses has changed

live.listen = lambda _keys, _mail: None

from app import app  # noqa: E402 - the same

__all__ = ["app"]
