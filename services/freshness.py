"""What this process has heard of changes: whether something read a moment ago still holds."""

from collections import Counter, deque
from collections.abc import Sequence
from secrets import token_hex
from typing import Final

from data.changes import Change
from services.live import INBOX_TABLE, LEADS_TABLES

REMEMBERED: Final = 2_000
"""Changes told again to whom asks what has happened since a mark; who asks for more looks at everything."""


class Heard:
    """Counts the changes told to this process. Nothing can be said while it does not listen: what changes then is not told."""

    def __init__(self) -> None:
        """Nothing was heard yet, and nobody listens."""
        self._listens = False
        self._of_everybody = 0
        self._of_agent: Counter[int] = Counter()
        self._told: deque[Change] = deque(maxlen=REMEMBERED)
        self._count = 0
        self._name = token_hex(8)

    def tell(self, change: Change) -> None:
        """Count a change; the first one after a gap says that anything may have changed, and that we listen again."""
        self._listens = True
        self._told.append(change)
        self._count += 1
        if change.table == INBOX_TABLE or change.table in LEADS_TABLES:
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

    def mark(self) -> str:
        """This moment in what was heard, to ask `since` for it later; empty while changes are not heard."""
        return f"{self._name}.{self._count}" if self._listens else ""

    def since(self, mark: str) -> Sequence[Change] | None:
        """What was told after the mark; None where that cannot be said, as of a mark of another process or of long ago."""
        name, _, count = mark.partition(".")
        if name != self._name or not count.isdecimal() or not self._listens:
            return None
        missed = self._count - int(count)
        return tuple(self._told)[len(self._told) - missed :] if 0 <= missed <= len(self._told) else None


HEARD: Final = Heard()
"""Of this process: the web process tells it, screens ask it."""
