"""Medians of interleaved runs: what is compared is measured in turn, so that a busy machine slows both alike."""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter


def milliseconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000


def interleaved(works: Sequence[Callable[[], object]], *, rounds: int, repeats: Sequence[int] | None = None) -> list[float]:
    """The median of each work over the rounds, on a warm database; `repeats` says how often each runs in a round."""
    times = repeats or [1] * len(works)
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for number, work in enumerate(works):
            taken[number].extend(milliseconds(work) for _ in range(times[number]))
    return [median(each) for each in taken]
