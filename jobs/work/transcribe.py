"""transcribe — what was said in the recordings that wait?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from data.engine import Database
from jobs.definition import Loop
from recorder import recorder
from services.transcription import write_down_waiting
from transcriber import transcriber


def transcribe(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Have what waits written down and return how many recordings are settled."""
    del worker
    return write_down_waiting(database, recorder().store, transcriber(), now, stopping)


LOOP: Final = Loop(
    name="transcribe",
    does="Has recordings written down by the transcription service, where one is set up.",
    every=timedelta(seconds=15),
    turn=transcribe,
)
