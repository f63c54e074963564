"""What has changed about a team's alerts since it was last told, as one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.alerts.finding import Priority
from domain.alerts.words import PRIORITY_WORDS

REPEAT_AFTER: Final = MappingProxyType(
    {Priority.URGENT: timedelta(hours=4), Priority.HIGH: timedelta(hours=24), Priority.MEDIUM: timedelta(days=7)}
)
"""What nobody has taken on is told again after so long; what somebody has is not."""


class News(StrEnum):
    """Why an alert is in the message, in its order."""

    NEW = "new"
    STILL = "still"
    """Nobody has taken it on."""
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One alert of the message."""

    news: News
    priority: Priority
    name: str
    sentence: str
    link: str

    @property
    def head(self) -> str:
        """`Urgent: Partner lists past due`."""
        word = {
            News.NEW: PRIORITY_WORDS[self.priority],
            News.STILL: f"Still {PRIORITY_WORDS[self.priority].lower()}",
            News.RESOLVED: "Resolved",
        }
        return f"{word[self.news]}: {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The message."""

    title: str
    body: str
    sections: tuple[tuple[str, str, str], ...]
    """For receivers that show more than words: head, sentence and link of each alert."""


def digest(team: str, lines: Sequence[Line]) -> Digest | None:
    """The message about these alerts, new ones first and the most pressing of them on top; None where there is no news."""
    if not lines:
        return None
    order = sorted(lines, key=lambda line: (list(News).index(line.news), list(Priority).index(line.priority), line.name))
    return Digest(
        title=f"{team}: {_counted(order)}",
        body="\n".join(f"{line.head}. {line.sentence}" for line in order),
        sections=tuple((line.head, line.sentence, line.link) for line in order),
    )


def _counted(lines: Sequence[Line]) -> str:
    count = {news: sum(line.news is news for line in lines) for news in News}
    new = f"{count[News.NEW]} new alert{'' if count[News.NEW] == 1 else 's'}" if count[News.NEW] else ""
    still = f"{count[News.STILL]} still waiting" if count[News.STILL] else ""
    resolved = f"{count[News.RESOLVED]} resolved" if count[News.RESOLVED] else ""
    return ", ".join(part for part in (new, still, resolved) if part)
