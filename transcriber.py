"""Who writes recordings down in this installation, made once from the settings.

Only the jobs process asks, and where a service is set: its client takes a second to load, at every start.
"""

from functools import cache

from integrations.transcription import NoTranscriber, Transcriber
from settings import settings


@cache
def transcriber() -> Transcriber:
    """The service the settings name, or none."""
    chosen = settings()
    if chosen.transcription_url is None:
        return NoTranscriber()
    from integrations.openai_transcription import OpenAiTranscriber  # noqa: PLC0415 - where there is none, it is not loaded

    key = chosen.transcription_key.get_secret_value() if chosen.transcription_key else ""
    return OpenAiTranscriber(chosen.transcription_url, key, chosen.transcription_model)
