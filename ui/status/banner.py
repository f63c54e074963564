"""The banner above every screen while jobs or messages stand still: the whole story for admins, the consequence for managers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

import streamlit as st

import clock
from database import database
from domain.records import Role
from services.access import Viewer
from services.job_health import JobHealth, Trouble, job_health
from ui.pages import page_spec
from ui.status.words import sentence

FRESH_FOR: Final = timedelta(seconds=5)
"""Everybody's clicks within it share one look at the database."""
STATUS: Final = "status"
FOR_MANAGERS: Final = "Messages and nightly numbers are late at the moment; what you enter is saved and counted at once."


@dataclass(slots=True)
class Recent:
    """The process's latest look at the jobs process, shared by all screens."""

    seen: JobHealth | None = None

    def health(self, now: datetime) -> JobHealth:
        """The latest look, taken again when it is too old. Two screens that look at once do no harm."""
        if self.seen is None or now - self.seen.at >= FRESH_FOR:
            with database().reading() as session:
                self.seen = job_health(session, now)
        return self.seen


@lru_cache(maxsize=1)
def recent(_of: object) -> Recent:
    """The one look of the process at a database."""
    return Recent()


def show(viewer: Viewer, page: str) -> None:
    """Say what is not well to those who can do something about it; agents see nothing, and the Status screen says it itself.

    An installation without any jobs process is not finished rather than broken: only its administrator is told.
    """
    if viewer.role is Role.AGENT or page == STATUS:
        return
    health = recent(database()).health(clock.now())
    if health.is_well:
        return
    if viewer.role is Role.ADMIN:
        _tell_admin(health)
    elif Trouble.NEVER_STARTED not in health.troubles:
        st.warning(FOR_MANAGERS, icon=":material/schedule:")


def _tell_admin(health: JobHealth) -> None:
    with st.container(key="not-well", gap="xxsmall"):
        st.warning(sentence(health.troubles[0], health), icon=":material/monitor_heart:")
        st.page_link(page_spec(STATUS).page(), label="Open Status", icon=":material/arrow_forward:")
