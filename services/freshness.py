"""What this process has heard of changes: whether something read a moment ago still holds."""

from collections import Counter
from typing import Final

from data.changes import Change
from services.live import INBOX_TABLE


class Heard:
    """Counts the changes told to this process. Nothing can be said while it does not listen: what changes then is not told."""

    def __init__(self) -> None:
        """Nothing was heard yet, and nobody listens."""
        self._listens = False
        self._of_everybody = 0
        self._of_agent: Counter[int] = Counter()

    def tell(self, change: Change) -> None:
        """Count a change; the first one after a gap says that anything may have changed, and that we listen again."""
        self._listens = True
        if change.table == INBOX_TABLE:
            return
        if change.agent_ids is None:
            self._of_everybody += 1
        else:
            self._of_agent.update(change.agent_ids)

    def lose(self) -> None:
        """Nothing is heard from now on, until the next change is told."""
        self._listens = False

    def version(self, agent_ids: frozenset[int]) -> int | None:
        """Rises whenever records of one of the agents changed, or what everybody shares; None while changes are not heard.

        No agents are all of them.
        """
        if not self._listens:
            return None
        counts = (self._of_agent[each] for each in agent_ids) if agent_ids else self._of_agent.values()
        return self._of_everybody + sum(counts)


HEARD: Final = Heard()
"""Of this process: the web process tells it, screens ask it."""
