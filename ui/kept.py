"""What a screen read a moment ago and need not read again, because nothing it is about has changed since.

Kept in the session of the one person who looks, for five minutes at most, and only while the process hears of every change; what
somebody does on the screen themselves drops all of it (docs/decisions/0032).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.records import Role
from services.access import Viewer
from services.freshness import HEARD

Value = TypeVar("Value")
LONGEST: Final = timedelta(minutes=5)
"""What changes untold (the hour, a colleague's part in an agent's place) is at most so old: the time asked of us for key figures."""
MOST: Final = 12
"""Boards somebody goes to and fro between; the one not looked at for the longest time goes first."""
_KEPT: Final = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    version: int
    at: datetime
    value: Any


def kept(viewer: Viewer, agent_ids: frozenset[int], key: tuple[object, ...], work: Callable[[Session], Value]) -> Value:
    """What `work` reads of the agents for the viewer; none are all. `key` names it together with everything else it depends on."""
    about = frozenset({viewer.person_id}) if viewer.role is Role.AGENT else agent_ids
    version, now = HEARD.version(about), clock.now()
    if version is None:
        return _read(work)
    held: dict[object, _Read] = st.session_state.setdefault(_KEPT, {})
    whole = (viewer, about, *key)
    found = held.pop(whole, None)
    if found is None or found.version != version or now - found.at > LONGEST:
        found = _Read(version=version, at=now, value=_read(work))
    held[whole] = found
    while len(held) > MOST:
        del held[next(iter(held))]
    value: Value = found.value
    return value


def forget() -> None:
    """Read everything again: called with whatever somebody does, because word of it comes a moment after it is done."""
    st.session_state.pop(_KEPT, None)


def _read(work: Callable[[Session], Value]) -> Value:
    with database().reading() as session:
        return work(session)
