"""What both read before a 1:1, as finished words: what is kept with a talk that was held must not change with the figures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from domain.one_on_ones.standouts import Standout, Standouts
from domain.week_digest.content import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePoint:
    """The performance index of a week."""

    label: str
    points: float
    is_unfinished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something that asks for help: a deal, and why."""

    head: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreRead:
    """Pace, where the score is going, two strengths, one gap, what warns, and what was promised last."""

    made_on: date
    month: str
    pace: tuple[Figure, ...]
    """What is asked this month; empty without targets."""
    scores: tuple[ScorePoint, ...]
    score_sentence: str
    standouts: Standouts
    concerns: tuple[Concern, ...]
    more_concerns: int
    """How many further deals ask for attention."""
    commitments: tuple[str, ...]
    """Each with where it stands."""

    def as_record(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self) | {"made_on": self.made_on.isoformat()}

    @classmethod
    def from_record(cls, kept: Mapping[str, Any]) -> Self:
        """As it was stored."""
        told = kept["standouts"]
        return cls(
            made_on=date.fromisoformat(kept["made_on"]),
            month=kept["month"],
            pace=tuple(Figure(**each) for each in kept["pace"]),
            scores=tuple(ScorePoint(**each) for each in kept["scores"]),
            score_sentence=kept["score_sentence"],
            standouts=Standouts(
                strengths=tuple(Standout(**each) for each in told["strengths"]),
                gap=Standout(**told["gap"]) if told["gap"] else None,
                untold=tuple(told["untold"]),
            ),
            concerns=tuple(Concern(**each) for each in kept["concerns"]),
            more_concerns=kept["more_concerns"],
            commitments=tuple(kept["commitments"]),
        )
