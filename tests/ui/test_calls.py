"""The call on the Daily screen: started, found again, recorded where that is allowed, saved, heard; and where an admin allows it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Activity, OpenCall, Person, Recording, RecordingConsent, Team
from domain.calls import FORGOTTEN_AFTER
from domain.records import Outcome, Role, TranscriptState
from recorder import recorder
from tests import builders
from tests.fakes import sounds
from tests.ui.visits import opened
from ui.calls.words import OFF

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def team(live_database: Database) -> Team:
    live_database.write(lambda session: builders.organisation(session, country="US"))
    return live_database.write(lambda session: builders.team(session, name="North"))


@pytest.fixture
def lawful(live_database: Database, team: Team) -> None:
    del team
    live_database.write(lambda session: session.add(RecordingConsent(jurisdiction="US", basis="everybody_agrees", set_at=clock.now())))


def screen(app: Open, person: Person, name: str = "daily") -> AppTest:
    return opened(app(person), name)


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.error, *at.success, *at.text))


def everything(database: Database, model: type) -> list[object]:
    with database.reading() as session:
        return list(session.scalars(select(model)))


def open_call(database: Database, agent: Person, ago: timedelta) -> int:
    return database.write(lambda session: builders.open_call(session, agent, started_at=clock.now() - ago, client_name="*Ben*").id)


def save(at: AppTest, call_id: int, outcome: Outcome | None = None) -> AppTest:
    if outcome is not None:
        at.pills(key=f"call-{call_id}-outcome").set_value(outcome)
    at.text_area(key=f"call-{call_id}-notes").set_value("Wants a garden.")
    return at.button(key="call-save").click().run()


def test_a_call_is_started_with_a_tap_and_saved_with_its_outcome(app: Open, agent: Person, live_database: Database) -> None:
    at = screen(app, agent)
    at.button(key="call-start").click().run()
    assert not at.exception
    assert "Call under way" in words(at)
    assert "no administrator has set yet on what grounds they may be (United States)" in words(at).replace("\\", "")
    assert not at.get("audio_input")

    (call,) = everything(live_database, OpenCall)
    save(at, call.id, Outcome.CONNECTED)

    (done,) = everything(live_database, Activity)
    assert (done.outcome, done.notes, done.occurred_at) == (Outcome.CONNECTED, "Wants a garden.", call.started_at)
    assert everything(live_database, OpenCall) == []
    assert "Call logged at" in words(at)
    assert at.button(key="call-start").label == "Start call"


def test_a_reload_finds_the_call_again_with_its_clock(app: Open, agent: Person, live_database: Database) -> None:
    call_id = open_call(live_database, agent, timedelta(seconds=200))
    at = screen(app, agent)
    assert "Call under way** · \\*Ben\\*" in words(at)
    assert not any(each.key == "call-start" for each in at.button)
    save(at, call_id)
    (done,) = everything(live_database, Activity)
    assert 200 <= done.duration_seconds < 260


def test_a_forgotten_call_asks_how_long_it_took(app: Open, agent: Person, live_database: Database) -> None:
    call_id = open_call(live_database, agent, FORGOTTEN_AFTER + timedelta(hours=1))
    at = screen(app, agent)
    at.number_input(key=f"call-{call_id}-minutes").set_value(12)
    save(at, call_id)
    (done,) = everything(live_database, Activity)
    assert done.duration_seconds == 720


def test_a_call_started_by_mistake_leaves_nothing(app: Open, agent: Person, live_database: Database) -> None:
    open_call(live_database, agent, timedelta(0))
    screen(app, agent).button(key="call-drop").click().run()
    assert (everything(live_database, OpenCall), everything(live_database, Activity)) == ([], [])


@pytest.mark.usefixtures("lawful")
def test_where_it_is_allowed_the_recorder_is_there_at_once_and_its_sound_is_kept(app: Open, agent: Person, live_database: Database) -> None:
    call_id = open_call(live_database, agent, timedelta(seconds=5))
    at = screen(app, agent)
    assert "record only when everybody on the call has agreed" in words(at)

    at.get("audio_input")[0].set_value(("call.wav", sounds.wav(3), "audio/wav"))
    save(at, call_id)

    (stored,) = everything(live_database, Recording)
    assert (stored.seconds, stored.agent_id) == (3, agent.id)
    assert recorder().store.path(stored.storage_key) is not None
    assert "3 s. Stored" in words(at)


@pytest.mark.usefixtures("lawful")
def test_a_refused_recording_does_not_keep_the_call_open(app: Open, agent: Person, live_database: Database) -> None:
    call_id = open_call(live_database, agent, timedelta(seconds=5))
    at = screen(app, agent)
    at.get("audio_input")[0].set_value(("call.wav", b"no sound at all", "audio/wav"))
    save(at, call_id)
    assert (len(everything(live_database, Activity)), everything(live_database, Recording)) == (1, [])
    assert "This is not a recording" in words(at)


def test_a_recording_is_heard_with_what_was_said_and_deleted_in_two_steps(app: Open, agent: Person, live_database: Database) -> None:
    def recorded(session: Session) -> int:
        activity = builders.activity(session, agent, at=clock.now())
        said = {"transcript_state": TranscriptState.DONE, "transcript": "Hello <b>Ada</b>"}
        return builders.recording(session, agent, activity_id=activity.id, seconds=65, **said).id

    number = live_database.write(recorded)
    at = screen(app, agent)

    assert "Hello <b>Ada</b>" in [each.value for each in at.text]
    assert {each.proto.url for each in at.get("audio")} == {f"http://localhost:8501/api/v1/recordings/{number}/audio"}
    assert not any(each.key == f"day-{number}-delete-sure" for each in at.button)
    at.checkbox(key=f"day-{number}-delete").check().run()
    at.button(key=f"day-{number}-delete-sure").click().run()
    assert (everything(live_database, Recording), len(everything(live_database, Activity))) == ([], 1)


def test_what_was_said_is_told_once_it_is_opened(app: Open, agent: Person, live_database: Database) -> None:
    told = "Agent: Is a *garden* what you want?\nClient: Yes, but it is too expensive.\nClient: I'll call you on Monday.\n"

    def recorded(session: Session) -> int:
        activity = builders.activity(session, agent, at=clock.now())
        return builders.recording(session, agent, activity_id=activity.id, transcript_state=TranscriptState.DONE, transcript=told).id

    key = f"day-{live_database.write(recorded)}-said"
    at = screen(app, agent)
    assert "Next steps" not in words(at)

    at.session_state[key] = True
    at.run()
    said = words(at)
    assert not at.exception
    assert "**Price**: :gray[Client:] “Yes, but it is too expensive\\.”" in said
    assert "call you on Monday\\.” :gray-badge[:material/event: on Monday]" in said
    assert "Is a \\*garden\\* what you want?" in said
    assert "Client **65 %** · Agent **35 %**" in said
    assert "Which of them is the agent" not in said


def test_voices_that_are_only_told_apart_are_said_to_be(app: Open, agent: Person, live_database: Database) -> None:
    told = "Speaker 1: One two three.\nSpeaker 2: Four."

    def recorded(session: Session) -> int:
        activity = builders.activity(session, agent, at=clock.now())
        return builders.recording(session, agent, activity_id=activity.id, transcript_state=TranscriptState.DONE, transcript=told).id

    key = f"day-{live_database.write(recorded)}-said"
    at = screen(app, agent)
    at.session_state[key] = True
    at.run()
    assert not at.exception
    assert "Speaker 1 **75 %** · Speaker 2 **25 %**" in words(at)
    assert "Which of them is the agent, it does not know." in words(at)


def test_a_stranger_sees_neither_call_nor_recording(app: Open, agent: Person, live_database: Database) -> None:
    open_call(live_database, agent, timedelta(0))
    live_database.write(
        lambda session: builders.recording(session, agent, activity_id=builders.activity(session, agent, at=clock.now()).id)
    )
    at = screen(app, live_database.write(lambda session: builders.person(session, name="Sven")))
    assert "under way" not in words(at)
    assert not at.get("audio")


def test_an_agent_decides_whether_their_calls_are_recorded(app: Open, agent: Person, live_database: Database) -> None:
    at = screen(app, agent, "privacy")
    assert at.toggle(key="own_recording").value
    at.toggle(key="own_recording").set_value(False).run()
    assert "Your calls are not recorded" in words(at)
    with live_database.reading() as session:
        assert not session.get_one(Person, agent.id).records_calls


def test_an_admin_allows_recording_in_a_country_and_ends_it(app: Open, agent: Person, live_database: Database) -> None:
    admin = live_database.write(lambda session: builders.person(session, name="Boss", role=Role.ADMIN, password_hash="x"))
    at = screen(app, admin, "settings")
    assert OFF in str([table.value for table in at.table])
    at.selectbox(key="basis_country").set_value("US")
    at.text_input(key="basis_note").set_value("Counsel, 3 March")
    at.button(key="basis_save").click().run()

    (basis,) = everything(live_database, RecordingConsent)
    assert (basis.jurisdiction, basis.basis, basis.note, basis.set_by) == ("US", "everybody_agrees", "Counsel, 3 March", admin.id)
    at.button(key="basis_end_US").click().run()
    assert everything(live_database, RecordingConsent) == []
    assert agent.id != admin.id
