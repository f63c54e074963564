"""Who writes recordings down in this installation, made once from the settings; only the jobs process loads the client."""

from functools import cache

from integrations.openai_transcription import OpenAiTranscriber
from integrations.transcription import NoTranscriber, Transcriber
from settings import settings


@cache
def transcriber() -> Transcriber:
    """The service the settings name, or none."""
    chosen = settings()
    if chosen.transcription_url is None:
        return NoTranscriber()
    key = chosen.transcription_key.get_secret_value() if chosen.transcription_key else ""
    return OpenAiTranscriber(chosen.transcription_url, key, chosen.transcription_model)
