"""A proposal for what to talk about: the agent's points first, what works before what does not, and questions instead of verdicts."""

from collections.abc import Iterator
from typing import Final

from domain.metrics.status import Status
from domain.one_on_ones.pre_read import PreRead

OPENING: Final = "What is on your mind?"
CLOSING: Final = "What will you do, and by when?"
SHORT: Final = tuple(each.word for each in (Status.MISSED, Status.AT_RISK, Status.BEHIND))
"""Short of what was due, the furthest first: one figure is talked about, not six."""


def proposed_agenda(pre_read: PreRead, topics: str = "") -> str:
    """A line for each point; `topics` is what the agent wants to talk about, a line each."""
    return "\n".join(_points(pre_read, topics))


def _points(pre_read: PreRead, topics: str) -> Iterator[str]:
    own = [line.strip() for line in topics.splitlines() if line.strip()]
    yield from own or [OPENING]
    if pre_read.commitments:
        yield "What became of what you took on last time?"
    if pre_read.standouts.strengths:
        yield f"What works: {', '.join(each.name for each in pre_read.standouts.strengths)}. What do you do there that others could learn?"
    if gap := pre_read.standouts.gap:
        yield f"One thing to work on: {gap.name}. What makes it hard, and what would help?"
    behind = sorted((each for each in pre_read.pace if each.word in SHORT), key=lambda each: SHORT.index(each.word))
    if behind:
        yield f"The month so far: {behind[0].name} {behind[0].value}, {behind[0].due} due by now. What is in the way?"
    if pre_read.concerns:
        yield f"Deals: {', '.join(each.head for each in pre_read.concerns)}. What is the next step in each?"
    yield CLOSING
