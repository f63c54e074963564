"""A text as what each speaker said, sentence by sentence; who speaks is known only where the text itself says so."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from domain.conversations.languages import LANGUAGES
from domain.metrics.measures import Ratio

LEAST_TURNS: Final = 2
"""A label that is the name of nobody known must come back: "Price: high" heads a line of a note once."""
MOST_SPEAKERS: Final = 12
"""More labels than sit at a table are headings."""
_CLOCK: Final = r"[ \t]*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]*[-–]?[ \t]*)?"
_LABEL: Final = re.compile(_CLOCK + r"(?P<label>[^\W\d_][\w .'’-]{0,30}?)[ \t]*:(?=[ \t])")
_BETWEEN: Final = re.compile(r"(?<=[.!?…])\s+|[\r\n]+")
_WORD: Final = re.compile(r"[\w'’]+")
_SIDES: Final = frozenset().union(*(each.sellers | each.clients for each in LANGUAGES.values()))
_SELLERS: Final = frozenset().union(*(each.sellers for each in LANGUAGES.values()))
_NUMBERED: Final = re.compile(r"(?:speaker|спикер|говорящий) ?\w{1,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as it stands in the text."""

    text: str
    speaker: str | None
    """The label at the beginning of its line; None where there is none."""

    @property
    def is_sellers(self) -> bool:
        """Whether the label says that the company's own side speaks."""
        return self.speaker is not None and self.speaker.lower() in _SELLERS

    @property
    def is_question(self) -> bool:
        """Whether it asks."""
        return self.text.endswith("?")


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences in order, each within one line."""
    for speaker, said in _turns(text):
        yield from (Sentence(text=part.strip(), speaker=speaker) for part in _BETWEEN.split(said) if part.strip())


def talk_shares(transcript: str) -> dict[str, Ratio] | None:
    """Whose words how many of all were, who spoke most first; None where the transcript does not say who speaks.

    Counted are words, not time: a transcript has no clock. A line without a label goes on with what the speaker before it said.
    """
    words: Counter[str] = Counter()
    for speaker, said in _turns(transcript):
        if speaker is None:
            return None
        words[speaker] += len(_WORD.findall(said))
    whole = words.total()
    return {speaker: Ratio(count, whole) for speaker, count in words.most_common()} if whole else None


def are_numbered(speakers: Iterable[str]) -> bool:
    """Whether the labels only tell voices apart, and not whose they are."""
    return all(_NUMBERED.fullmatch(each) for each in speakers)


def _turns(text: str) -> Iterator[tuple[str | None, str]]:
    """Speaker and what they said, line by line; without lines of at least two speakers nobody is named."""
    lines = [line for line in text.splitlines() if line.strip()]
    speakers = _speakers(lines)
    speaker = None
    for line in lines:
        found = _LABEL.match(line) if speakers else None
        if found is not None and _plain(found["label"]) in speakers:
            speaker, line = speakers[_plain(found["label"])], line[found.end() :]  # noqa: PLW2901 - what is left of it
        yield speaker, line


def _speakers(lines: list[str]) -> dict[str, str]:
    """Labels as first written, by their plain form; none unless there are two and each is a side of a talk or comes back."""
    labels = [found["label"].strip() for line in lines if (found := _LABEL.match(line))]
    times = Counter(map(_plain, labels))
    spoken = {
        _plain(label): label
        for label in reversed(labels)
        if times[_plain(label)] >= LEAST_TURNS or _plain(label) in _SIDES or _NUMBERED.fullmatch(label)
    }
    return spoken if 1 < len(spoken) <= MOST_SPEAKERS else {}


def _plain(label: str) -> str:
    return label.strip().lower()
