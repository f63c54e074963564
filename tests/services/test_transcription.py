"""What waits is written down once, in spite of faults; what never can be is said, and nothing is told of what was said."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Person, Recording
from data.sound_store import SoundStore
from data.writes import recordings as writes
from domain.records import TranscriptState
from integrations import openai_transcription as client
from integrations.openai_transcription import OpenAiTranscriber
from services.transcription import GIVE_UP_AFTER, SOUND_MISSING, write_down_waiting
from tests import builders
from tests.builders import NOON
from tests.fakes import sounds
from tests.fakes.http import Response
from tests.fakes.transcription import KEY, MODEL, WORDS, TranscriptionService, error

Turn = Callable[..., int]
SLOW_DOWN = {"Retry-After": "0"}


@pytest.fixture
def store(tmp_path: Path) -> SoundStore:
    return SoundStore(tmp_path)


@pytest.fixture
def turn(fresh_database: Database, store: SoundStore, transcription: TranscriptionService) -> Turn:
    """One turn of the loop, so long after NOON."""

    def taken(*, after: timedelta = timedelta(0), stopping: bool = False) -> int:
        way = OpenAiTranscriber(f"{transcription.url}/v1", KEY, MODEL, silence_seconds=5, whole_seconds=5)
        return write_down_waiting(fresh_database, store, way, lambda: NOON + after, lambda: stopping)

    return taken


@pytest.fixture
def recorded(fresh_database: Database, store: SoundStore) -> Callable[..., int]:
    """A recording that waits to be written down."""

    def made(**fields: object) -> int:
        with store.draft(most=1_000_000) as draft:
            draft.write(sounds.wav(0.1))
            key = store.keep(draft)

        def added(session: Session) -> int:
            agent: Person = builders.person(session)
            plain = {"storage_key": key, "transcript_state": TranscriptState.WAITING}
            return builders.recording(session, agent, **plain | fields).id or 0

        return fresh_database.write(added)

    return made


def state(database: Database, recording_id: int) -> tuple[TranscriptState, str, str]:
    with database.reading() as session:
        found = session.get_one(Recording, recording_id)
        return found.transcript_state, found.transcript, found.transcript_error


def test_everything_that_waits_is_written_down_once(
    fresh_database: Database, turn: Turn, recorded: Callable[..., int], transcription: TranscriptionService
) -> None:
    waiting = [recorded() for _ in range(3)]
    quiet = recorded(transcript_state=TranscriptState.NONE)

    assert (turn(), turn()) == (3, 0)

    assert [state(fresh_database, each) for each in waiting] == [(TranscriptState.DONE, WORDS, "")] * 3
    assert state(fresh_database, quiet) == (TranscriptState.NONE, "", "")
    assert len(transcription.requests) == 3


def test_trouble_waits_and_is_over_when_the_service_is_back(
    fresh_database: Database, turn: Turn, recorded: Callable[..., int], transcription: TranscriptionService
) -> None:
    waiting = recorded()
    transcription.say(*[error(503, "down", None, **SLOW_DOWN)] * 2)
    assert turn() == 0
    assert state(fresh_database, waiting) == (TranscriptState.WAITING, "", "The transcription service is in trouble (503).")
    assert turn(after=GIVE_UP_AFTER) == 1
    assert state(fresh_database, waiting) == (TranscriptState.DONE, WORDS, "")


def test_after_a_day_of_trouble_it_failed_and_says_why(
    fresh_database: Database, turn: Turn, recorded: Callable[..., int], transcription: TranscriptionService
) -> None:
    waiting = recorded()
    transcription.say(*[error(429, "quota", "insufficient_quota", **SLOW_DOWN)] * 2)
    assert turn(after=GIVE_UP_AFTER + timedelta(seconds=1)) == 1
    assert state(fresh_database, waiting) == (TranscriptState.FAILED, "", client._OF_STATUS[429])


def test_what_cannot_be_read_failed_at_once(
    fresh_database: Database, turn: Turn, recorded: Callable[..., int], transcription: TranscriptionService
) -> None:
    broken, gone, fine = recorded(), recorded(storage_key="f" * 64), recorded()
    transcription.say(error(400, "Audio file might be corrupted", None))
    assert turn() == 3
    assert state(fresh_database, broken) == (TranscriptState.FAILED, "", client.UNREADABLE)
    assert state(fresh_database, gone) == (TranscriptState.FAILED, "", SOUND_MISSING)
    assert state(fresh_database, fine)[0] is TranscriptState.DONE


def test_one_troublesome_recording_does_not_keep_the_others(
    fresh_database: Database, turn: Turn, recorded: Callable[..., int], transcription: TranscriptionService
) -> None:
    poison = [recorded() for _ in range(3)]
    fine = recorded()
    transcription.say(*[Response(200, "{}", {"Content-Type": "application/json"})] * 3)
    assert turn() == 0
    assert turn() == 4
    assert [state(fresh_database, each)[0] for each in (*poison, fine)] == [TranscriptState.DONE] * 4
    assert len(transcription.requests) == 7


def test_what_somebody_else_writes_down_is_left_to_them(
    fresh_database: Database, turn: Turn, recorded: Callable[..., int], transcription: TranscriptionService
) -> None:
    waiting = recorded()
    with Session(fresh_database.writer) as other, other.begin():
        assert writes.try_lock_transcript(other, waiting)
        assert turn() == 0
    assert transcription.requests == []
    assert turn() == 1


def test_a_process_that_ends_begins_nothing_more(turn: Turn, recorded: Callable[..., int], transcription: TranscriptionService) -> None:
    recorded()
    assert (turn(stopping=True), transcription.requests) == (0, [])
