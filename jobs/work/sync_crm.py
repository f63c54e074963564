"""sync_crm — what changed in the company's CRM?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from crm_link import crm_link
from data.engine import Database
from jobs.definition import Loop
from services.amocrm.sync import sync_due


def sync_crm(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Read what is due and return how many pages were stored."""
    return sync_due(database, crm_link(), worker, now, stopping)


LOOP: Final = Loop(
    name="sync_crm",
    does="Reads amoCRM every 10 minutes where an account is connected, and at once what a webhook or “Sync now” asks for.",
    every=timedelta(seconds=5),
    turn=sync_crm,
)
