"""Facts that may answer a question about one team or one agent, in columns."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Integers: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One row a fact: whose it is, on which day (ordinal), in which segment of the hypothesis, what it came to (0 or 1, or a number)."""

    agents: Integers
    days: Integers
    segments: Integers
    values: Numbers

    def __len__(self) -> int:
        """How many facts there are."""
        return len(self.values)

    def of(self, chosen: npt.NDArray[np.bool_]) -> "Sample":
        """The chosen facts."""
        return Sample(agents=self.agents[chosen], days=self.days[chosen], segments=self.segments[chosen], values=self.values[chosen])


def sample(rows: list[tuple[int, int, int, float]]) -> Sample:
    """The facts given as agent, day, segment and value."""
    agents, days, segments, values = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Sample(
        agents=np.array(agents, np.int64),
        days=np.array(days, np.int64),
        segments=np.array(segments, np.int64),
        values=np.array(values, np.float64),
    )
