"""Recordings of an activity, to be heard by whoever may see it; the sound comes from the API, which asks again who listens."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import streamlit as st

import clock
from database import database
from domain.formatting import day_text
from domain.local_time import wall_clock
from domain.records import TranscriptState
from recorder import recorder
from services import recordings
from services.access import Viewer
from services.recordings import RecordingEntry
from settings import settings
from ui.activity_words import duration_text
from ui.attempts import attempt
from ui.calls import what_was_said
from ui.wording import plain


def of_activities(viewer: Viewer, activity_ids: Iterable[int | None]) -> Mapping[int, list[RecordingEntry]]:
    """The recordings behind a list of activities, read at once."""
    wanted = {number for number in activity_ids if number is not None}
    with database().reading() as session:
        return recordings.recordings_of(session, viewer, wanted)


def show(found: Iterable[RecordingEntry], time_zone: str, *, key: str) -> None:
    """A way to each recording; nothing is loaded before it is opened. `key` tells the list it stands in from others on the screen."""
    for each in found:
        with st.popover("Recording", icon=":material/graphic_eq:", type="tertiary", key=f"{key}-recording-{each.id}"):
            _opened(each, time_zone, f"{key}-{each.id}")


def _opened(found: RecordingEntry, time_zone: str, key: str) -> None:
    made = wall_clock(found.created_at, time_zone)
    st.audio(_address(found.id), alt=f"Recording of {made:%d %B, %H:%M}")
    long = f"{duration_text(found.seconds)}. " if found.seconds else ""
    st.caption(f"{long}Stored {day_text(made.date())} at {made:%H:%M}, deleted {day_text(found.expires_on)}.")
    _transcript(found, key)
    _deletion(found, key)


def _address(recording_id: int) -> str:
    """Where the sound is, at the address the browser opened the product by."""
    seen = urlsplit(st.context.url or "")
    site = f"{seen.scheme}://{seen.netloc}" if seen.netloc else settings().address
    return f"{site}/api/v1/recordings/{recording_id}/audio"


def _transcript(found: RecordingEntry, key: str) -> None:
    match found.transcript_state:
        case TranscriptState.DONE if found.transcript:
            with st.container(height=180, border=True):
                st.text(found.transcript)
            what_was_said.show(found.transcript, key=key)
        case TranscriptState.DONE:
            st.caption("Nothing was said that could be written down.")
        case TranscriptState.WAITING:
            st.caption(plain(f"It waits to be written down. {found.transcript_error}"))
        case TranscriptState.FAILED:
            st.caption(plain(f"It could not be written down. {found.transcript_error}"))


def _deletion(found: RecordingEntry, key: str) -> None:
    """In two steps: there is no way back."""
    if st.checkbox("Delete this recording", key=f"{key}-delete"):
        st.button("Delete it for good", key=f"{key}-delete-sure", icon=":material/delete:", on_click=_delete, args=(found.id,))


def _delete(recording_id: int) -> None:
    key = attempt(lambda session, viewer: recordings.remove(session, viewer, recording_id, clock.now()))
    if key is not None:
        recorder().store.remove(key)
