"""monitor_deals — which schedule is due, and who is to be told what its reviews say?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from data.engine import Database
from jobs.definition import Loop
from services.monitoring_runs import monitor


def monitor_deals(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Have reviewed what is due, tell what is reviewed, and return how many runs went on."""
    del worker
    return monitor(database, now, stopping)


LOOP: Final = Loop(
    name="monitor_deals",
    does="Has open deals reviewed by the schedules somebody started, and tells agents and managers once, of what is new.",
    every=timedelta(seconds=10),
    turn=monitor_deals,
)
