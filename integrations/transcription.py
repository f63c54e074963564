"""Recordings written down: what every way has in common, and the way of an installation that has none."""

from pathlib import Path
from typing import Final, Protocol

NOT_SET_UP: Final = "No transcription service is set up."


class TranscriptionError(Exception):
    """The recording could not be written down; the message is a sentence for people, without key, address or what was said."""


class TranscriptionLaterError(TranscriptionError):
    """Not now: the same recording may well be written down later."""


class TranscriptionRefusedError(TranscriptionError):
    """Never: trying this recording again changes nothing."""


class Transcriber(Protocol):
    """A way to write a recording down."""

    def transcribe(self, sound: Path, *, name: str) -> str:
        """What is said in the file, in its own language; raises a TranscriptionError. `name` tells the kind by its ending: `sound.wav`."""


class NoTranscriber:
    """The way of an installation without a transcription service: everything waits."""

    def transcribe(self, sound: Path, *, name: str) -> str:
        """Raise TranscriptionLaterError."""
        del sound, name
        raise TranscriptionLaterError(NOT_SET_UP)
