"""What a team's screen on the wall shows: how far the month is, who is ahead, what was just done.

Everybody who walks by reads it, so it is stricter than any screen somebody signs in to: people are named only where they chose it, only
the upper half of the team is listed, and a team too small to hide anybody in shows no figures at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.coaching.celebration import Rung
from domain.formatting import share_text, value_text
from domain.metrics.definition import Definition
from domain.metrics.ranking import MIN_PEERS, Place
from domain.metrics.reading import Reading

FEWEST: Final = MIN_PEERS
"""With fewer people a team's figures tell what one of them did."""
MOST_LINES: Final = 5
"""As many as are read from across a room."""
MOST_THERMOMETERS: Final = 3
MOST_WINS: Final = 3
SOMEBODY: Final = "Somebody on the team"


class TvTheme(StrEnum):
    """How the screen looks: for a bright room, or for a dark one."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thermometer:
    """A figure of the whole team on its way to its target."""

    name: str
    value: str
    target: str
    due: str
    """What was due by now."""
    filled: float
    """From 0 to 1, of the target."""
    due_at: float
    """Where on the way the due mark stands, from 0 to 1."""
    share: str
    status: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody who is ahead and wants to be named."""

    place: str
    name: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Win:
    """Something worth a moment of joy; `who` is empty for somebody who is not named."""

    who: str
    rung: Rung
    is_deal: bool

    @property
    def sentence(self) -> str:
        """The news in a few words, about somebody else."""
        return f"{self.who or SOMEBODY} {_DEAL_WORDS[self.rung] if self.is_deal else _WORK_WORDS[self.rung]}"


_RECORDS: Final = {
    Rung.TEAM_RECORD: "the team's {} in 30 days",
    Rung.PERSONAL_RECORD: "their {} in 30 days",
    Rung.PERSONAL_WEEK_RECORD: "their {} in a week",
}
_DEAL_WORDS: Final = MappingProxyType(
    {rung: f"closed {words.format('largest sale')}" for rung, words in _RECORDS.items()}
    | {Rung.FIRST_DEAL_OF_YEAR: "closed their first sale of the year", Rung.FASTEST_CLOSE: "closed their fastest sale in a year"}
)
_WORK_WORDS: Final = MappingProxyType({rung: f"had {words.format('best day')}" for rung, words in _RECORDS.items()})
"""What is worth a whole room's attention; a streak is private, and a fifth call is a word for oneself."""


def is_news(rung: Rung, *, is_deal: bool) -> bool:
    """Whether the wall tells it at all."""
    return rung in (_DEAL_WORDS if is_deal else _WORK_WORDS)


def thermometers(readings: Iterable[Reading], people: int, currency: str) -> tuple[Thermometer, ...]:
    """The figures that add up and have a target, in their order; none for a team of too few people."""
    if people < FEWEST:
        return ()
    asked = [each for each in readings if each.metric.prorated and each.target and not each.metric.lower_is_better]
    return tuple(_thermometer(each, currency) for each in asked[:MOST_THERMOMETERS])


def _thermometer(reading: Reading, currency: str) -> Thermometer:
    metric, target = reading.metric, reading.target or 1.0
    share = (reading.value or 0.0) / target
    value, asked, due = (_whole(metric, each, currency) for each in (reading.value, reading.target, reading.expected))
    return Thermometer(
        name=metric.name,
        value=value,
        target=asked,
        due=due,
        filled=_within(share),
        due_at=_within((reading.expected or 0.0) / target),
        share=share_text(share),
        status=reading.status.value,
        word=reading.status.word,
    )


def _whole(metric: Definition, value: float | None, currency: str) -> str:
    """Whole, because a tenth of a call is read by nobody across a room."""
    return value_text(metric, None if value is None else round(value), currency, compact=True)


def _within(share: float) -> float:
    return round(min(1.0, max(0.0, share)), 3)


def lines(ranked: Sequence[tuple[Place, float]], named: Mapping[int, str]) -> tuple[Line, ...]:
    """The upper half of the board, best first, as far as people chose to be named; nobody where too few are ranked.

    More than `FEWEST`, as on everybody's own leaderboard: each of them then has enough others beside them.
    """
    if len(ranked) <= FEWEST:
        return ()
    upper = ranked[: len(ranked) // 2]
    told = [Line(place=place.text, name=named[place.agent_id], score=f"{score:,.0f}") for place, score in upper if place.agent_id in named]
    return tuple(told[:MOST_LINES])


def wins(done: Iterable[tuple[int, Rung, bool]], members: Iterable[int], named: Mapping[int, str]) -> tuple[Win, ...]:
    """The news of these members, latest first; of those who are not named only where they are enough not to be recognised."""
    team = frozenset(members)
    hides = len(team - named.keys()) >= FEWEST
    told = [
        Win(who=named.get(agent_id, ""), rung=rung, is_deal=is_deal)
        for agent_id, rung, is_deal in done
        if agent_id in team and (agent_id in named or hides) and is_news(rung, is_deal=is_deal)
    ]
    return tuple(told[:MOST_WINS])
