"""A recording is kept where it may be, heard by whoever may see its activity, and gone for good when it is deleted."""

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Activity, AuditEntry, Person, RecordingConsent
from data.sound_store import SoundStore
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.records import ActivityType, Role, TranscriptState
from domain.sound import MediaType
from services import recordings, retention
from services.access import Viewer, viewer
from services.activities import delete_activity
from services.recordings import Attached, Recorder
from tests import builders
from tests.builders import NOON
from tests.fakes import sounds


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    return Recorder(store=SoundStore(tmp_path), most_bytes=1_000_000, keep_days=90, has_transcripts=False)


@pytest.fixture
def agent(session: Session) -> Person:
    builders.organisation(session, country="US")
    session.add(RecordingConsent(jurisdiction="US", basis="one_party", set_at=NOON))
    return builders.person(session, on=builders.team(session))


@pytest.fixture
def call(session: Session, agent: Person) -> Activity:
    return builders.activity(session, agent)


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def attach(session: Session, recorder: Recorder, who: Person, call: Activity, content: bytes | None = None) -> Attached:
    with recorder.draft() as draft:
        draft.write(content or sounds.wav(2))
        return recordings.attach(session, recorder, as_viewer(session, who), call.id or 0, draft, NOON)


def files(recorder: Recorder) -> list[Path]:
    return [path for path in recorder.store.folder.rglob("*") if path.is_file()]


def test_a_recording_belongs_to_its_activity_and_tells_what_it_is(
    session: Session, recorder: Recorder, agent: Person, call: Activity
) -> None:
    attached = attach(session, recorder, agent, call)

    made = attached.recording
    assert attached.is_new
    assert (made.activity_id, made.agent_id, made.media_type, made.seconds) == (call.id, agent.id, MediaType.WAV, 2)
    assert (made.expires_on, made.transcript_state) == (date(2026, 6, 9), TranscriptState.NONE)
    assert recordings.recordings_of(session, as_viewer(session, agent), [call.id or 0, 999]) == {call.id: [made]}
    found = recordings.playable(session, recorder, as_viewer(session, agent), made.id)
    assert (found.path.read_bytes(), found.name) == (sounds.wav(2), f"recording-{made.id}.wav")


def test_the_same_sound_is_kept_once(session: Session, recorder: Recorder, agent: Person, call: Activity) -> None:
    first, again = (attach(session, recorder, agent, call) for _ in range(2))
    assert (again.is_new, again.recording) == (False, first.recording)
    assert len(files(recorder)) == 1


def test_with_a_service_it_waits_to_be_written_down(session: Session, tmp_path: Path, agent: Person, call: Activity) -> None:
    recorder = Recorder(store=SoundStore(tmp_path), most_bytes=1_000_000, keep_days=1, has_transcripts=True)
    assert attach(session, recorder, agent, call).recording.transcript_state is TranscriptState.WAITING


def test_without_a_basis_no_program_and_no_admin_can_attach_one(
    session: Session, recorder: Recorder, agent: Person, call: Activity
) -> None:
    session.delete(session.get_one(RecordingConsent, "US"))
    session.flush()
    for who in (agent, builders.person(session, role=Role.ADMIN)):
        with pytest.raises(AccessError) as refused:
            attach(session, recorder, who, call)
        assert refused.value.code == "no_consent_basis"
    assert files(recorder) == []


def test_an_agent_who_does_not_record_gets_none_attached_by_anybody(
    session: Session, recorder: Recorder, agent: Person, call: Activity
) -> None:
    agent.records_calls = False
    session.flush()
    with pytest.raises(AccessError) as refused:
        attach(session, recorder, builders.person(session, role=Role.ADMIN), call)
    assert (refused.value.code, files(recorder)) == ("agent_does_not_record", [])


def test_what_is_no_sound_or_no_talk_is_refused(session: Session, recorder: Recorder, agent: Person, call: Activity) -> None:
    with pytest.raises(InputError, match="not a recording"):
        attach(session, recorder, agent, call, b"<script>alert(1)</script>")
    with pytest.raises(InputError) as refused:
        attach(session, recorder, agent, builders.activity(session, agent, type=ActivityType.EMAIL))
    assert (refused.value.code, files(recorder)) == ("not_recordable", [])


def test_an_activity_has_five_recordings_at_most(session: Session, recorder: Recorder, agent: Person, call: Activity) -> None:
    for seconds in range(1, 6):
        attach(session, recorder, agent, call, sounds.wav(seconds))
    with pytest.raises(ConflictError):
        attach(session, recorder, agent, call, sounds.wav(0.5))
    assert len(files(recorder)) == 5


def test_strangers_cannot_attach_hear_list_or_delete(session: Session, recorder: Recorder, agent: Person, call: Activity) -> None:
    made = attach(session, recorder, agent, call).recording
    team = builders.team(session)
    for stranger in (builders.person(session, on=team), builders.manager(session, of=team)):
        who = as_viewer(session, stranger)
        attempts: list[Callable[[], object]] = [
            lambda who=stranger: attach(session, recorder, who, call),
            lambda who=who: recordings.recording(session, who, made.id),
            lambda who=who: recordings.playable(session, recorder, who, made.id),
            lambda who=who: recordings.remove(session, who, made.id, NOON),
        ]
        for attempt in attempts:
            with pytest.raises(NotFoundError):
                attempt()
        assert recordings.recordings_of(session, who, [call.id or 0]) == {}


def test_a_manager_hears_the_days_an_agent_was_on_the_team(session: Session, recorder: Recorder) -> None:
    builders.organisation(session, country="US")
    session.add(RecordingConsent(jurisdiction="US", basis="one_party", set_at=NOON))
    team = builders.team(session)
    agent, manager = builders.person(session, on=team, since=NOON.date()), builders.manager(session, of=team)
    before, since = builders.activity(session, agent, at=NOON - timedelta(days=1)), builders.activity(session, agent)
    hidden, shown = (attach(session, recorder, agent, each).recording.id for each in (before, since))

    assert recordings.recording(session, as_viewer(session, manager), shown).id == shown
    with pytest.raises(NotFoundError):
        recordings.playable(session, recorder, as_viewer(session, manager), hidden)


def test_a_deleted_recording_is_written_down_and_its_file_can_go(
    session: Session, recorder: Recorder, agent: Person, call: Activity
) -> None:
    made = attach(session, recorder, agent, call).recording

    recorder.store.remove(recordings.remove(session, as_viewer(session, agent), made.id, NOON))

    assert files(recorder) == []
    with pytest.raises(NotFoundError):
        recordings.remove(session, as_viewer(session, agent), made.id, NOON)
    (entry,) = session.scalars(select(AuditEntry)).all()
    assert (entry.action, entry.subject, entry.details) == (
        "recording_removed",
        f"recording:{made.id}",
        {"activity": call.id, "agent": agent.id},
    )


def test_a_missing_file_is_said(session: Session, recorder: Recorder, agent: Person, call: Activity) -> None:
    made = attach(session, recorder, agent, call).recording
    files(recorder)[0].unlink()
    with pytest.raises(NotFoundError) as refused:
        recordings.playable(session, recorder, as_viewer(session, agent), made.id)
    assert refused.value.code == "sound_missing"


def test_files_go_with_their_activity_and_their_day_and_no_others(
    session: Session, recorder: Recorder, agent: Person, call: Activity
) -> None:
    kept = attach(session, recorder, agent, builders.activity(session, agent)).recording
    over = attach(session, recorder, agent, builders.activity(session, agent)).recording
    attach(session, recorder, agent, call)
    now = datetime.fromtimestamp(max(path.stat().st_mtime for path in files(recorder)), NOON.tzinfo)

    delete_activity(session, as_viewer(session, agent), call.id or 0, NOON)
    session.execute(Activity.__table__.delete().where(Activity.__table__.c.id == over.activity_id))  # type: ignore[attr-defined]
    assert recordings.sweep(session, recorder.store, now) == 0
    assert recordings.sweep(session, recorder.store, now + timedelta(hours=2)) == 2

    found = recordings.playable(session, recorder, as_viewer(session, agent), kept.id)
    assert files(recorder) == [found.path]


def test_the_day_a_recording_expires_it_is_pruned(session: Session, recorder: Recorder, agent: Person, call: Activity) -> None:
    attach(session, recorder, agent, call)
    os.utime(files(recorder)[0], (0, 0))
    last, next_day = datetime(2026, 6, 8, 23, 59, tzinfo=NOON.tzinfo), datetime(2026, 6, 9, 3, 10, tzinfo=NOON.tzinfo)
    assert retention.prune(session, last)["recording"] == 0
    assert recordings.sweep(session, recorder.store, last) == 0
    assert retention.prune(session, next_day)["recording"] == 1
    assert (recordings.sweep(session, recorder.store, next_day), files(recorder)) == (1, [])
