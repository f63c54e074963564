"""How this installation keeps recordings, made once from the settings; for entry points: screens, the API and the jobs process."""

from functools import cache
from typing import Final

from data.sound_store import SoundStore
from services.recordings import Recorder
from settings import settings

MEGABYTE: Final = 1_000_000


@cache
def recorder() -> Recorder:
    """The recorder the settings describe."""
    chosen = settings()
    return Recorder(
        store=SoundStore(chosen.recordings_folder),
        most_bytes=chosen.recording_megabytes * MEGABYTE,
        keep_days=chosen.recording_days,
        has_transcripts=chosen.transcription_url is not None,
    )
