"""Going on when something fails: nothing a thread does may end the process, and an outage is reported once, not every second."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

LOG: Final = logging.getLogger("pacesetter.jobs")
_PROJECT: Final = Path(__file__).resolve().parent.parent
MOST_WORDS: Final = 300


class Patience:
    """One thread's: tries what it is given, and remembers whether it failed the last time."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._failing = False

    def attempt(self, action: Callable[[], bool]) -> bool:
        """What the action returns, or False when it failed."""
        try:
            answer = action()
        except Exception as error:  # noqa: BLE001 - the process outlives whatever happens to it, a lost database first of all
            if not self._failing:
                LOG.error("%s does not work: %s. Trying again.", self._doing, failure_words(error))  # noqa: TRY400 - a message may hold data
            self._failing = True
            return False
        if self._failing:
            LOG.info("%s works again.", self._doing)
        self._failing = False
        return answer


def failure_words(error: BaseException) -> str:
    """The kind of a failure and where in our code it happened; its message is left out, it may quote a row."""
    cause = getattr(error, "orig", None) or error
    places = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_PROJECT)]
    ours = [frame for frame in places if ".venv" not in frame.filename]
    where = f" at {Path(ours[-1].filename).relative_to(_PROJECT)}:{ours[-1].lineno}" if ours else ""
    return f"{type(cause).__name__}{where}"[:MOST_WORDS]
