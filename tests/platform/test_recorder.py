"""The settings decide where recordings lie, how large and old they may be, and who writes them down."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.openai_transcription import OpenAiTranscriber
from integrations.transcription import NoTranscriber
from recorder import recorder
from settings import settings
from transcriber import transcriber


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("PACESETTER_HOME", str(tmp_path))
    for cached in (settings, recorder, transcriber):
        cached.cache_clear()
    yield tmp_path
    for cached in (settings, recorder, transcriber):
        cached.cache_clear()


def test_as_installed_recordings_lie_at_home_for_a_quarter_and_stay_in_the_house(home: Path) -> None:
    made = recorder()
    assert (made.store.folder, made.most_bytes, made.keep_days, made.has_transcripts) == (home / "recordings", 64_000_000, 90, False)
    assert isinstance(transcriber(), NoTranscriber)


@pytest.mark.usefixtures("home")
def test_a_service_named_in_the_settings_writes_recordings_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACESETTER_TRANSCRIPTION_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("PACESETTER_RECORDING_DAYS", "7")
    assert (recorder().has_transcripts, recorder().keep_days) == (True, 7)
    assert isinstance(transcriber(), OpenAiTranscriber)
