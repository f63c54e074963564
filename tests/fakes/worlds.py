"""The outside world as fixtures: each counterpart listens on loopback for one test."""

from collections.abc import Iterator

import pytest

from tests.fakes.http import OutsideWorld, running
from tests.fakes.slack import Slack
from tests.fakes.telegram import Telegram
from tests.fakes.text_model import TextService
from tests.fakes.transcription import TranscriptionService


@pytest.fixture
def slack() -> Iterator[Slack]:
    world = Slack()
    with running(world):
        yield world


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    world = Telegram()
    with running(world):
        yield world


@pytest.fixture
def webhook() -> Iterator[OutsideWorld]:
    world = OutsideWorld()
    with running(world):
        yield world


@pytest.fixture
def transcription() -> Iterator[TranscriptionService]:
    world = TranscriptionService()
    with running(world):
        yield world


@pytest.fixture
def text_service() -> Iterator[TextService]:
    world = TextService()
    with running(world):
        yield world
