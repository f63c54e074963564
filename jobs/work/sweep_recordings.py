"""sweep_recordings — which files of sound belong to no recording any more?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from recorder import recorder
from services import recordings


def sweep_recordings(session: Session, slot: Slot, now: datetime) -> Counts:
    """Delete them."""
    del slot
    return {"files": recordings.sweep(session, recorder().store, now)}


JOB: Final = Job(
    name="sweep_recordings",
    does="Deletes the files of recordings that were deleted with their activity or whose time is over, and what was left half written.",
    schedule=Every(step=timedelta(minutes=10)),
    catch_up=1,
    work=sweep_recordings,
)
"""A missed slot needs nothing made up for: the next one finds the same files."""
