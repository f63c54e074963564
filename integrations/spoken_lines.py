"""What a service that tells voices apart has heard, as a transcript: a line a turn, each with who speaks."""

from collections.abc import Iterable
from typing import Final, TypeAlias

Heard: TypeAlias = tuple[str, str]
"""The service's label of a voice and what it said, in order."""
SPEAKER: Final = "Speaker {}"
"""Neutral: a service knows which voices are the same, and not whose they are."""


def spoken_lines(heard: Iterable[Heard]) -> str:
    """One line for everything a voice says in a row, voices numbered as they come in; a single voice stands without a label."""
    turns: list[tuple[str, list[str]]] = []
    for voice, words in heard:
        said = " ".join(words.split())
        if said and turns and turns[-1][0] == voice:
            turns[-1][1].append(said)
        elif said:
            turns.append((voice, [said]))
    numbers = {voice: number for number, voice in enumerate(dict.fromkeys(voice for voice, _ in turns), start=1)}
    if len(numbers) < 2:  # noqa: PLR2004 - one voice is nobody to tell from another
        return " ".join(" ".join(said) for _, said in turns)
    return "\n".join(f"{SPEAKER.format(numbers[voice])}: {' '.join(said)}" for voice, said in turns)
