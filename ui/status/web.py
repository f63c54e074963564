"""The web process that draws this very screen: its version, age and memory."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psutil

from settings import version


@dataclass(frozen=True, slots=True, kw_only=True)
class WebProcess:
    """What a process knows about itself."""

    version: str
    started_at: datetime
    memory_bytes: int
    """Resident, shared libraries included."""

    def age(self, now: datetime) -> timedelta:
        """How long it has been running."""
        return now - self.started_at


def this_process() -> WebProcess:
    """This one; behind a proxy there are others like it."""
    process = psutil.Process()
    started_at = datetime.fromtimestamp(process.create_time(), UTC)
    return WebProcess(version=version(), started_at=started_at, memory_bytes=process.memory_info().rss)
